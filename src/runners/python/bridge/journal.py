"""Metric writes in order of virtual time.

A request is run to its end when a worker takes it, so its code is ahead of the instance's clock once it has waited for
something. Requests overlap, and a scrape may fall in between; so a write is not made at once but noted with its moment,
and takes effect when the instance gets there. A page at s shows exactly the writes with t' <= s, and how time is cut
into slices changes nothing, not even the last bit of a sum.
"""

from heapq import heappop, heappush

from .moment import moment


class Assign:
    """The write of a value that replaces what was there."""

    __slots__ = ("target", "name", "value")

    def __init__(self, target: object, name: str, value: object) -> None:
        self.target = target
        self.name = name
        self.value = value

    def __call__(self) -> None:
        setattr(self.target, self.name, self.value)


class Journal:
    """Writes of one instance that have not taken effect.

    A write is a pair: a value and what is added to it, or None and something to call. `batch` holds those of the
    present moment and is always the same list, so that the hot path can hold on to its `append`.
    """

    def __init__(self) -> None:
        self.batch = []
        # Closed batches as (moment, number, writes): a heap, in order of time and then of execution.
        self.ahead = []
        self.number = 0
        # Whether everything before the present moment is settled, and nothing that runs later can be earlier.
        self.is_frontier = True

    def begin(self, at: float) -> None:
        """Code starts to run at that moment, which is not before the start of any that ran until now."""
        if self.ahead and self.ahead[0][0] <= at:
            self.settle(at)
        self.is_frontier = True

    def close(self, at: float) -> None:
        """The present moment is over."""
        if self.is_frontier:
            self.catch_up()
            self.is_frontier = False
        elif self.batch:
            self.number += 1
            heappush(self.ahead, (at, self.number, self.batch.copy()))
            self.batch.clear()

    def catch_up(self) -> None:
        """Makes the writes of the present moment, if nothing can come before them."""
        if self.is_frontier and self.batch:
            apply(self.batch)
            self.batch.clear()

    def settle(self, until: float) -> None:
        """Makes the writes up to that moment."""
        ahead = self.ahead
        while ahead and ahead[0][0] <= until:
            apply(heappop(ahead)[2])

    def read(self, target: object, name: str) -> object:
        """A value as it is at the present moment. Nothing takes effect by being looked at."""
        self.catch_up()
        value = getattr(target, name)
        if not self.batch and (not self.ahead or self.ahead[0][0] > moment.now):
            return value
        for writes in [*(writes for at, _, writes in sorted(self.ahead) if at <= moment.now), self.batch]:
            for added_to, write in writes:
                if added_to is target and name == "_value":
                    value += write
                elif type(write) is Assign and write.target is target and write.name == name:
                    value = write.value
        return value


def apply(writes: list) -> None:
    for value, write in writes:
        if value is None:
            write()
        else:
            value._value += write
