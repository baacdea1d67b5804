"""A driver that outlives its terminal: what cannot be written any more is dropped."""

from __future__ import annotations

import contextlib
from typing import IO, Any

from textual.driver import Driver


class _Patient:
    """A stream whose other end may be gone.

    Textual writes in a thread of its own that ends with the first error; the application would then wait for
    room in its queue for good, and never hear that the terminal was closed.
    """

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError):
            return self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def patient(driver: type[Driver]) -> type[Driver]:
    """The driver class with a stream that drops what cannot be written."""

    class PatientDriver(driver):  # type: ignore[misc, valid-type]
        _suspended = False

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            stream: Any = getattr(self, "_file", None)
            if stream is not None:  # a headless one has none
                self._file: Any = _Patient(stream)

        def _sigtstp_application(self, *given: Any) -> None:
            self._suspended = True
            super()._sigtstp_application(*given)

        def _sigcont_application(self, *given: Any) -> None:
            # A terminal that is closed sends SIGHUP and SIGCONT: nothing is to be begun anew then.
            if self._suspended:
                self._suspended = False
                super()._sigcont_application(*given)

    return PatientDriver
