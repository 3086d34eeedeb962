"""kill -9 of the worker and of the web server: nothing acknowledged is lost, all is delivered."""

import re
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests import factories as make
from tests.wellbeing.processes import answers, kill, running, send_form, until
from wellbeing.domain.local_time import local_day
from wellbeing.domain.messages import MessageKind
from wellbeing.models import Booking, Event, Message, Person
from wellbeing.queries.invariants import broken
from wellbeing.queries.messages import to_send

pytestmark = pytest.mark.django_db(transaction=True)
ID = re.compile(rb"^Message-ID: <([0-9a-f-]{36})@", re.MULTILINE)


@pytest.fixture(autouse=True)
def _short_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEASE_SECONDS", "2")


def letters(folder: Path) -> list[str]:
    return [i.decode() for f in folder.iterdir() for i in ID.findall(f.read_bytes())]


def test_worker_killed_again_and_again_loses_no_message(tmp_path: Path) -> None:
    now = timezone.now()
    people = [make.make_person() for _ in range(150)]
    for person in people:
        Message.objects.create(
            person=person, kind=MessageKind.OVERDUE, created_at=now, due_at=now
        )
    random, kills = Random(1), 0
    for _ in range(4):
        before = to_send().count()
        if not before:
            break
        with running(tmp_path, "manage.py", "work", "--interval", "0.1") as worker:
            until(lambda b=before: to_send().count() < b, "the worker sent nothing")  # type: ignore[misc]
            threading.Event().wait(random.random() / 20)
            kill(worker)
        kills += to_send().exists()
    assert kills > 0, "no worker was killed in the middle of it"
    with running(tmp_path, "manage.py", "work", "--interval", "0.1"):
        until(lambda: not to_send().exists(), "messages were left behind")
    wanted = {
        str(public_id) for public_id in Message.objects.values_list("public_id", flat=True)
    }
    assert set(letters(tmp_path)) == wanted
    assert Message.objects.filter(sent_at__isnull=False).count() == len(people)


def test_worker_once_does_all_there_is_and_stops(tmp_path: Path) -> None:
    person, now = make.make_person(), timezone.now()
    Message.objects.create(person=person, kind=MessageKind.OVERDUE, created_at=now, due_at=now)
    with running(tmp_path, "manage.py", "work", "--once") as worker:
        assert worker.wait(30) == 0
    assert len(letters(tmp_path)) == 1


SEATS, CLIENTS = 6, 12


@pytest.fixture
def session_of_tomorrow() -> Event:
    host = make.make_supervisor("Dr Tomorrow")
    on = local_day(timezone.now()) + timedelta(days=2)
    return make.make_event(host, on, capacity=SEATS)


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def post(port: int, event: Event, person: Person, token: str) -> str:
    """Where the answer leads; empty where there was none, or no booking."""
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    status, where = send_form(port, f"/sessions/{event.public_id}/book/", session, token)
    return where if status == 302 else ""


def test_booking_that_was_acknowledged_outlives_the_web_server(
    tmp_path: Path, session_of_tomorrow: Event, port: int
) -> None:
    """Clients send; the server is killed in the middle, and started again; they send again."""
    unit = make.make_unit()
    people = [make.make_staff(f"Client {i}", unit) for i in range(CLIENTS)]
    tokens = {p.pk: str(uuid4()) for p in people}
    serve = (
        "-m",
        "gunicorn",
        "wellbeing.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
    )
    acknowledged: dict[int, str] = {}

    def send_all() -> None:
        with ThreadPoolExecutor(4) as pool:
            ask = lambda p: (p.pk, post(port, session_of_tomorrow, p, tokens[p.pk]))  # noqa: E731
            acknowledged.update({pk: where for pk, where in pool.map(ask, people) if where})

    with running(tmp_path, *serve) as web:
        until(lambda: answers(f"http://127.0.0.1:{port}/healthz"), "the server did not start")
        threading.Timer(0.25, kill, [web]).start()
        send_all()
        web.wait(30)
    first = dict(acknowledged)
    with running(tmp_path, *serve):
        until(lambda: answers(f"http://127.0.0.1:{port}/healthz"), "the server did not start")
        send_all()
    booked = Booking.objects.filter(event=session_of_tomorrow, status="booked")
    places = {b.person_id: f"/bookings/{b.public_id}/" for b in booked}
    assert len(places) == SEATS
    assert {pk: where for pk, where in acknowledged.items() if places.get(pk) != where} == {}
    assert first.items() <= acknowledged.items()
    assert list(broken(timezone.now())) == []
    told = Message.objects.filter(kind=MessageKind.BOOKED).values_list("person", flat=True)
    assert sorted(told) == sorted(places)
