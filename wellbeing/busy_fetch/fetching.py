"""Fetches a published calendar from the open internet, and from nowhere else.

https alone; a name is resolved once, every address it has is checked, and the connection
goes to one of those very addresses, with the certificate checked against the name. Each
redirect begins anew. 5 MB and 20 seconds in all. No proxy is used: it would resolve again.
"""

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import quote, urljoin, urlsplit

from wellbeing.domain.busy_file import LARGEST_BYTES
from wellbeing.domain.ical import clean
from wellbeing.domain.refusals import Refused

from .deadline import Deadline, TimedSocket
from .public_addresses import is_public

SECONDS = 20
REDIRECTS = 3
REDIRECTING = {301, 302, 303, 307, 308}
PIECE = 64 * 1024
LONGEST_ADDRESS = 2000
NOT_HTTPS = "The address of the calendar must begin with https://."
NOT_PUBLIC = "The address of the calendar is not on the public internet."
TOO_SLOW = f"The calendar did not arrive within {SECONDS} seconds."
TOO_LARGE = "The calendar is larger than 5 MB."
NO_CERTIFICATE = "The calendar’s server could not prove with a certificate who it is."
NOT_REACHED = "The calendar’s server could not be reached."
NOT_HTTP = "The calendar’s server gave an answer that is not understood."
CUT_OFF = "The calendar’s server broke off before the end."


def _resolve(host: str, port: int) -> list[str]:
    """Every address of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class Network:
    """How the network is reached. Only tests have another one."""

    resolve: Callable[[str, int], list[str]] = _resolve
    is_allowed: Callable[[str], bool] = is_public
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart: `target` is what is asked for."""

    host: str
    port: int
    target: str


def fetch(address: str, network: Network | None = None) -> bytes:
    """The bytes at an https address. Refused, with one sentence that does not repeat it."""
    network = network or Network()
    deadline = Deadline(network.seconds)
    try:
        for _ in range(REDIRECTS + 1):
            found = _ask(place_of(address), network, deadline)
            if isinstance(found, bytes):
                return found
            address = urljoin(address, found)
    except TimeoutError as late:
        raise Refused(TOO_SLOW) from late
    except ssl.SSLCertVerificationError as error:
        raise Refused(NO_CERTIFICATE) from error
    except (ValueError, HTTPException) as error:
        raise Refused(NOT_HTTP) from error
    except OSError as error:
        raise Refused(NOT_REACHED) from error
    raise Refused(
        f"The calendar’s address leads on to another one more than {REDIRECTS} times."
    )


def place_of(address: str) -> Place:
    """Takes an address apart. Refused where it is not a plain https address."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port or 443
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError as error:  # of idna too: UnicodeError is one
        raise Refused("This is not a web address.") from error
    if parts.scheme != "https":
        raise Refused(NOT_HTTPS)
    if not host or len(address) > LONGEST_ADDRESS or clean(address) != address:
        raise Refused("This is not a web address.")
    if "@" in parts.netloc:
        raise Refused("The address of the calendar must not hold a user name or password.")
    safe = "%/:=&?~#+!$,;'@()*[]"
    query = f"?{quote(parts.query, safe=safe)}" if parts.query else ""
    return Place(host, port, (quote(parts.path, safe=safe) or "/") + query)


def _ask(place: Place, network: Network, deadline: Deadline) -> bytes | str:
    """The calendar, or the address that the server sends one on to."""
    addresses = deadline.within(lambda: network.resolve(place.host, place.port))
    if not addresses or not all(map(network.is_allowed, addresses)):
        raise Refused(NOT_PUBLIC)
    sock = _connected(addresses, place, network, deadline)
    connection = HTTPConnection(place.host, place.port)
    connection.sock = TimedSocket(sock, deadline)
    try:
        # No Accept-Encoding: what is compressed could be larger than it looks.
        connection.putrequest("GET", place.target, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", _host_header(place))
        connection.putheader("Accept", "text/calendar, */*;q=0.5")
        connection.putheader("User-Agent", "calendar-reader/1.0")
        connection.putheader("Connection", "close")
        connection.endheaders()
        return _read(connection.getresponse())
    finally:
        sock.close()


def _host_header(place: Place) -> str:
    host = f"[{place.host}]" if ":" in place.host else place.host
    return host if place.port == 443 else f"{host}:{place.port}"


def _connected(
    addresses: list[str], place: Place, network: Network, deadline: Deadline
) -> ssl.SSLSocket:
    """TLS with the name's own certificate, at the first of these addresses that answers."""
    fault: OSError | None = None
    for tried, address in enumerate(addresses):
        # One that is silent leaves time for the others.
        share = deadline.left() / (len(addresses) - tried)
        try:
            sock = socket.create_connection((address, place.port), timeout=share)
        except OSError as error:
            fault = error
            continue
        try:
            sock.settimeout(deadline.left())
            return network.context.wrap_socket(sock, server_hostname=place.host)
        except BaseException:
            sock.close()
            raise
    assert fault is not None
    raise fault


def _read(response: HTTPResponse) -> bytes | str:
    if response.status in REDIRECTING:
        return response.getheader("Location") or ""
    if response.status != 200:
        raise Refused(
            f"The calendar’s server answered {response.status} in place of a calendar."
        )
    if response.getheader("Content-Encoding", "identity").strip().lower() != "identity":
        raise Refused("The calendar’s server sent it compressed, which was not asked for.")
    if (response.length or 0) > LARGEST_BYTES:
        raise Refused(TOO_LARGE)
    return _body(response)


def _body(response: HTTPResponse) -> bytes:
    body = bytearray()
    try:
        while piece := response.read(PIECE):
            body += piece
            if len(body) > LARGEST_BYTES:
                raise Refused(TOO_LARGE)
    except HTTPException as error:
        raise Refused(CUT_OFF) from error
    if response.length:
        raise Refused(CUT_OFF)
    return bytes(body)
