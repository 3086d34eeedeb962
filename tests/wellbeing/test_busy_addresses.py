"""Which addresses of calendars are asked at all: https, and the public internet alone."""

import socket
from typing import Any

import pytest

from tests.wellbeing.calendar_server import refusal
from wellbeing.busy_fetch import fetching
from wellbeing.busy_fetch.fetching import Network
from wellbeing.busy_fetch.public_addresses import is_public

ADDRESSES = [
    ("http://calendar.example/a.ics", "must begin with https://"),
    ("webcal://calendar.example/a.ics", "must begin with https://"),
    ("file:///a.ics", "must begin with https://"),
    ("ftp://calendar.example/a.ics", "must begin with https://"),
    ("calendar.example/a.ics", "must begin with https://"),
    ("https:///a.ics", "not a web address"),
    ("https://", "not a web address"),
    ("https://[::1", "not a web address"),
    ("https://calendar.example:99999/", "not a web address"),
    ("https://calendar..example/", "not a web address"),
    ("https://calendar.example/" + "a" * 2000, "not a web address"),
    ("https://calendar.example/\x00", "not a web address"),
    ("https://calendar.example/\ud800", "not a web address"),
    ("https://calendar.example/a\r\nHost: b", "not a web address"),
    ("https://me:secret@calendar.example/a.ics", "user name or password"),
    ("https://me@calendar.example/a.ics", "user name or password"),
]


@pytest.mark.parametrize(("address", "sentence"), ADDRESSES)
def test_what_is_no_https_address_is_not_asked(address: str, sentence: str) -> None:
    def asks(host: str, port: int) -> list[str]:
        raise AssertionError("resolved")

    assert sentence in refusal(address, Network(resolve=asks))


NOT_PUBLIC = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
    "::ffff:0:8.8.8.8", "fe80::1", "fe80::1%eth0", "2a00:1450::1%eth0", "fec0::1", "fc00::1",
    "fd00:ec2::254", "ff02::1", "2001:db8::1", "3fff::1", "2001::1", "2001:20::1", "100::1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "2002:7f00:1::1",
    "2002:a00:1::1", "5f00::1", "4000::1", "localhost", "",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "172.32.0.1", "2a00:1450:4009::8a", "64:ff9b::808:808", "2002:808:808::1"]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_not_connected_to(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connects(*args: Any, **more: Any) -> Any:
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "create_connection", connects)
    for found in ([address], ["8.8.8.8", address], [address, "8.8.8.8"]):
        network = Network(resolve=lambda host, port, found=found: found)  # type: ignore[misc]
        assert refusal("https://calendar.example/", network) == fetching.NOT_PUBLIC
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)
