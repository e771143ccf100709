"""Collection of garbage at moments that depend on the requests alone, so that one seed gives one page."""

import gc

REQUESTS_PER_COLLECTION = 5000

real_stats = gc.get_stats


class Garbage:
    """Counts the requests of one instance and collects now and then."""

    def __init__(self) -> None:
        self._until_next = REQUESTS_PER_COLLECTION
        self._added = [dict.fromkeys(generation, 0) for generation in real_stats()]

    def begin(self) -> None:
        """A program is about to be loaded: nothing of others counts as its own."""
        gc.disable()
        gc.unfreeze()
        gc.collect()

    def loaded(self) -> None:
        """What was loaded stays, so collections need not look at it."""
        gc.collect()
        gc.freeze()

    def request(self) -> None:
        self._until_next -= 1
        if self._until_next == 0:
            self._until_next = REQUESTS_PER_COLLECTION
            before = real_stats()
            gc.collect()
            for added, old, new in zip(self._added, before, real_stats()):
                for key in added:
                    added[key] += new[key] - old[key]

    def stats(self) -> list[dict]:
        return [dict(generation) for generation in self._added]
