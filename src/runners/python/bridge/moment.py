"""What runs at this moment, and when that is. Everything that learner code sees of time reads and moves this one clock.

Times are in milliseconds, as everywhere in the simulation. Exactly one instance runs at a time; it sets the clock when
it is entered.
"""

import math


STANDING = "time stands still while /metrics is made: wait in handle instead"


class KeepAlive(BaseException):
    """Ends a top level that would wait for ever, as `while True: time.sleep(1)` does. Not for learners to catch."""


class Moment:
    """The running instance and its clock."""

    __slots__ = ("now", "origin", "journal", "instance", "process", "request", "is_standing", "patience")

    def __init__(self) -> None:
        self.now = 0.0
        # When the instance was started.
        self.origin = 0.0
        self.journal = None
        self.instance = None
        self.process = None
        self.request = None
        # While it is true nobody can wait: /metrics is made in no time.
        self.is_standing = False
        # Moving the clock beyond this ends the top level.
        self.patience = math.inf

    def wait(self, milliseconds: float) -> None:
        """Moves the clock on. What was written until now is kept for its own moment."""
        if milliseconds <= 0:
            return
        if self.is_standing:
            raise RuntimeError(STANDING)
        until = self.now + milliseconds
        if until > self.patience:
            raise KeepAlive
        self.journal.close(self.now)
        self.now = until


moment = Moment()
