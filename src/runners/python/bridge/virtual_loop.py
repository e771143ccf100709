"""The event loop of asyncio on the virtual clock."""

import asyncio
import contextvars
import math
import selectors
import threading
from asyncio import base_events, events
from typing import TYPE_CHECKING

from .moment import STANDING, moment
from .virtual_time import monotonic

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from .shop import Request

# The request that a task of a ServiceLoop belongs to.
REQUEST = contextvars.ContextVar("request", default=None)


class NoFiles(selectors.BaseSelector):
    """A selector without files: to wait is to let virtual time pass."""

    def select(self, timeout=None):
        if timeout is None:
            raise RuntimeError(
                "the code awaits something that never comes: nothing is scheduled, and nobody else runs here"
            )
        moment.wait(timeout * 1000.0)
        return []

    def register(self, fileobj, events, data=None):
        raise OSError("there is no network here")

    def unregister(self, fileobj):
        raise KeyError(fileobj)

    def get_map(self):
        return {}


class VirtualLoop(base_events.BaseEventLoop):
    def __init__(self) -> None:
        super().__init__()
        self._selector = NoFiles()
        # Timers that differ by less are one moment.
        self._clock_resolution = 1e-6

    def time(self):
        return monotonic()

    def _process_events(self, event_list):
        """There are none."""

    def _write_to_self(self):
        """Nobody is to be woken from another thread."""

    def run_in_executor(self, executor, func, *args):
        raise RuntimeError("there are no threads here: call the function itself instead of run_in_executor")

    async def getaddrinfo(self, *args, **kwargs):
        raise OSError("there is no network here")


class VirtualLoopPolicy(events._BaseDefaultEventLoopPolicy):
    _loop_factory = VirtualLoop


def install_loop() -> None:
    # Pyodide has put a loop and a run() of its own there, which wait for the page.
    events._set_running_loop(None)
    asyncio.run = asyncio.runners.run
    events._set_event_loop_policy(VirtualLoopPolicy())


class ServiceLoop:
    """The loop that the coroutines of one process share, as under an ASGI server: all of them wait side by side.

    It is driven from outside, one moment at a time. Code that blocks it, such as time.sleep, keeps all others waiting
    too, as in life; `time` is the moment until which it is busy.
    """

    def __init__(self, on_stray: Callable) -> None:
        self.time = moment.now
        self._loop = VirtualLoop()
        self._loop.set_exception_handler(lambda loop, context: on_stray(context))

    def start(self, coroutine: Coroutine, request: Request, done: Callable) -> None:
        """A request is handled from now on; `done` is called with the task."""
        context = contextvars.copy_context()
        context.run(REQUEST.set, request)
        task = self._loop.create_task(coroutine, context=context)
        task.add_done_callback(done)

    def due(self) -> float:
        """When there is something to do next."""
        if self._loop._ready:
            return self.time
        if self._loop._scheduled:
            return max(self.time, moment_of(self._loop._scheduled[0].when()))
        return math.inf

    def run(self) -> None:
        """Runs what is due, until everything waits for a later moment. Follows run_forever, which would do it once."""
        loop = self._loop
        loop._thread_id = threading.get_ident()
        # Then nothing is waited for.
        loop._stopping = True
        events._set_running_loop(loop)
        try:
            while loop._ready or self._is_timer_due():
                try:
                    loop._run_once()
                except SystemExit:
                    # The task has it too, and tells whom it concerns.
                    pass
        finally:
            events._set_running_loop(None)
            loop._thread_id = None
        self.time = moment.now

    def run_at_once(self, coroutine: Coroutine) -> object:
        """The result of a coroutine that must not wait."""
        task = self._loop.create_task(coroutine)
        self.run()
        if not task.done():
            task.cancel()
            self.run()
            raise RuntimeError(STANDING)
        return task.result()

    def _is_timer_due(self) -> bool:
        scheduled = self._loop._scheduled
        return bool(scheduled) and moment_of(scheduled[0].when()) <= moment.now


def moment_of(seconds: float) -> float:
    """A time of a loop as a moment. Sums of seconds are a few billionths off."""
    return moment.origin + round(seconds * 1000.0, 6)
