"""Exceptions as problems with a place in the learner's files."""

import itertools
import traceback
from typing import TYPE_CHECKING

from .imports import BLOCKED

if TYPE_CHECKING:
    from types import TracebackType

LONGEST_MESSAGE = 500
MOST_KNOWN = 200
LONGEST_TRACEBACK = 40


class Stopped(Exception):
    """The program was ended from outside, or ended itself. `place` is where it was, `output` what it had printed."""

    def __init__(self, place: dict | None, output: list) -> None:
        self.place = place
        self.output = output


def exception_problem(
    error: BaseException, files: dict[str, str], circumstance: str = "", fallback: dict | None = None
) -> dict:
    """A problem as `Problem` in engine/model has it, as a dict. `fallback`: its place when no learner's file ran."""
    message = shorten(in_words(error, files)) + circumstance + advice_on(error)
    place = place_of(error, files) or fallback or {}
    return {"message": message, "severity": "error", **place}


class Problems:
    """Makes problems of the exceptions of one program. The same exception is often raised again, and described once."""

    def __init__(self, files: dict[str, str]) -> None:
        self._files = files
        self._known = {}
        self._raised = set()

    def is_new(self, error: BaseException) -> bool:
        """Whether no exception of its type was raised at its place before."""
        at = innermost_of(error, self._files)
        raised = (type(error), at and (at.tb_frame.f_code, at.tb_lasti))
        if raised in self._raised or len(self._raised) >= MOST_KNOWN:
            return False
        self._raised.add(raised)
        return True

    def of(self, error: BaseException, circumstance: str = "", fallback: dict | None = None) -> dict:
        at = innermost_of(error, self._files)
        try:
            key = (type(error), str(error), at and (at.tb_frame.f_code, at.tb_lasti), circumstance)
        except Exception:
            # Its own description fails.
            return exception_problem(error, self._files, circumstance, fallback)
        if key not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = exception_problem(error, self._files, circumstance, fallback)
        return self._known[key]


def traceback_lines(error: BaseException, files: dict[str, str]) -> list[str]:
    """What Python writes to standard error, from the first frame of the program on."""
    at = error.__traceback__
    while at is not None and at.tb_frame.f_code.co_filename not in files:
        at = at.tb_next
    described = traceback.TracebackException(type(error), error, at, compact=True)
    lines = "".join(described.format()).rstrip("\n").split("\n")
    if len(lines) <= LONGEST_TRACEBACK:
        return lines
    half = LONGEST_TRACEBACK // 2
    return [*lines[:half], "  …", *lines[-half:]]


def in_words(error: BaseException, files: dict[str, str]) -> str:
    if isinstance(error, ModuleNotFoundError) and error.name and error.name not in BLOCKED:
        return (
            f"ModuleNotFoundError: No module named '{error.name}': here you can import prometheus_client, flask, shop, "
            "the standard library and the files beside this one"
        )
    if isinstance(error, SystemExit):
        return "SystemExit: the program ended itself, and a service stays up: take the call of exit() away"
    if isinstance(error, SyntaxError) and error.filename in files:
        return f"{type(error).__name__}: {error.msg}"
    described = traceback.TracebackException(type(error), error, error.__traceback__, limit=0, compact=True)
    return "".join(described.format_exception_only()).strip()


def advice_on(error: BaseException) -> str:
    """What to do about exceptions whose own words do not say it."""
    if isinstance(error, RecursionError):
        return ": the function calls itself without an end, so give it a case in which it returns"
    if isinstance(error, MemoryError):
        return ": the program wants more memory than there is, so keep less, or put a bound on what grows"
    if type(error).__name__ == "DuplicateTimeseries":
        return ". Make each metric once, where the program starts"
    return ""


def shorten(text: str) -> str:
    return text if len(text) <= LONGEST_MESSAGE else f"{text[:LONGEST_MESSAGE]}… ({len(text):,} characters)"


def place_of(error: BaseException, files: dict[str, str]) -> dict | None:
    """Where in the learner's files it was raised."""
    if isinstance(error, SyntaxError) and error.filename in files:
        return syntax_place(error, files)
    innermost = innermost_of(error, files)
    return innermost and frame_place(innermost, files)


def innermost_of(error: BaseException, files: dict[str, str]) -> TracebackType | None:
    """The innermost frame that lies in one of the files."""
    innermost = None
    at = error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename in files:
            innermost = at
        at = at.tb_next
    return innermost


def syntax_place(error: BaseException, files: dict[str, str]) -> dict:
    line = error.lineno or 1
    text = line_of(files[error.filename], line)
    start = max((error.offset or 1) - 1, 0)
    end = max((error.end_offset or 0) - 1, start + 1) if error.end_lineno in (None, line) else len(text)
    return span(error.filename, line, utf16(text[:start]), utf16(text[:end]))


def frame_place(at: TracebackType, files: dict[str, str]) -> dict:
    code = at.tb_frame.f_code
    line, end_line, start, end = next(itertools.islice(code.co_positions(), at.tb_lasti // 2, None))
    if line is None or start is None:
        return {"file": code.co_filename, "line": at.tb_lineno}
    text = line_of(files[code.co_filename], line)
    # Python counts bytes here.
    encoded = text.encode()
    until = encoded[:end] if end_line == line else encoded
    return span(code.co_filename, line, utf16(encoded[:start].decode()), utf16(until.decode()))


def span(file: str, line: int, start: int, end: int) -> dict:
    return {"file": file, "line": line, "column": start + 1, "endLine": line, "endColumn": max(end, start + 1) + 1}


def line_of(text: str, line: int) -> str:
    lines = text.split("\n")
    return lines[line - 1] if line <= len(lines) else ""


def utf16(text: str) -> int:
    """Length as JavaScript and the editors count it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
