"""What learner code prints, line by line and with its virtual time."""

import io

from .moment import moment

LONGEST_LINE = 2000


class Output(io.TextIOBase):
    """Stands in for sys.stdout or sys.stderr."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, level: str) -> None:
        self._level = level
        # What was printed since the last end of a line.
        self.line = ""

    def writable(self) -> bool:
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        *lines, self.line = (self.line + text).split("\n")
        for line in lines:
            self._emit(line)
        return len(text)

    def finish(self) -> None:
        self._emit(self.line)
        self.line = ""

    def _emit(self, line: str) -> None:
        shown = line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"
        moment.instance.log.print(self._level, shown)


STDOUT = Output("log")
STDERR = Output("error")


def finish_lines() -> None:
    """Code has come to rest: what it printed without an end is a line."""
    if STDOUT.line:
        STDOUT.finish()
    if STDERR.line:
        STDERR.finish()
