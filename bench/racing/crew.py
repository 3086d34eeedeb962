"""Processes that are started once and race again and again, each on a connection of its own."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from types import TracebackType
from typing import Any

from django.db import connections

from wellbeing.domain.refusals import Refused

# Every wait ends by then, so that a fault is an error and never a standstill.
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Job:
    """What one process does in a heat: the name of an act, and what it takes."""

    act: str
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went: `done` with what came back, `refused` with its code, or an `error`."""

    job: Job
    how: str
    value: Any
    began: float
    ended: float


# Gets everything ready and returns what is done when all start; takes a job and `meet`.
Ready = Callable[[Job, Callable[[], None]], Callable[[], Any]]


class Crew:
    """`race` sends each process its job; they start together, and it returns when all are done."""

    def __init__(self, size: int, ready: Ready) -> None:
        context = multiprocessing.get_context("fork")
        barrier = context.Barrier(size)
        connections.close_all()
        self.size = size
        self._ours: list[Connection] = []
        self._processes = []
        for _ in range(size):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, barrier, ready), daemon=True)
            process.start()
            theirs.close()
            self._ours.append(ours)
            self._processes.append(process)

    def race(self, jobs: Sequence[Job]) -> list[Outcome]:
        """One job a process, in order."""
        assert len(jobs) == self.size
        for pipe, job in zip(self._ours, jobs, strict=True):
            pipe.send(job)
        return [self._outcome(pipe) for pipe in self._ours]

    def _outcome(self, pipe: Connection) -> Outcome:
        if not pipe.poll(PATIENCE * 2):
            raise SystemExit("A process does not answer.")
        return pipe.recv()

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # A message, not an end of file: who was started later holds the same pipes open.
        for pipe in self._ours:
            pipe.send(None)
        for process in self._processes:
            process.join(timeout=5)
            if process.is_alive():
                process.terminate()


def _work(pipe: Connection, barrier: Barrier, ready: Ready) -> None:
    def meet() -> None:
        barrier.wait(timeout=PATIENCE)

    while (job := pipe.recv()) is not None:
        pipe.send(_run(job, ready, meet))
    connections.close_all()


def _run(job: Job, ready: Ready, meet: Callable[[], None]) -> Outcome:
    act = ready(job, meet)
    meet()
    began = time.perf_counter()
    try:
        how, value = "done", act()
    except Refused as refused:
        how, value = "refused", refused.code
    except Exception as error:
        how, value = "error", f"{type(error).__name__}: {error}".splitlines()[0]
    return Outcome(job, how, value, began, time.perf_counter())
