"""A limit in seconds on work that looks at no clock."""

from __future__ import annotations

import itertools
import signal
import threading

import pytest

from newsdesk.analysis.limit import OutOfTime, limit


def test_work_without_end_is_ended() -> None:
    with pytest.raises(OutOfTime), limit(0.01):
        for _ in itertools.count():
            pass


def careless() -> None:
    for _ in itertools.count():
        try:
            int("1")
        except Exception:  # what careless code does
            continue


def test_no_handler_of_faults_holds_it_up() -> None:
    with pytest.raises(OutOfTime), limit(0.01):
        careless()


def test_what_is_done_in_time_leaves_nothing_behind() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with limit(60):
        pass
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_another_thread_works_without_a_limit() -> None:
    done = []

    def work() -> None:
        with limit(0.001):
            done.append(sum(range(200_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [sum(range(200_000))]
