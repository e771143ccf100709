"""The business behind the handler: the same as `shop` in TypeScript."""

import asyncio
import sys
import types
from typing import TYPE_CHECKING

from .moment import moment
from .virtual_loop import REQUEST

if TYPE_CHECKING:
    from types import FrameType, ModuleType

# How long process_request() takes where there is no request, at the top level of a file, in milliseconds.
REHEARSAL = 100


class ShopError(Exception):
    """The work behind a request failed, as it sometimes does in the shop: not a mistake in the code."""


ShopError.__module__ = "shop"


class Request:
    """A request as the learner's `handle` receives it."""

    __slots__ = ("method", "path", "endpoint", "user_id", "_work", "_status", "_throws", "_pending")

    def __init__(
        self,
        method: str,
        path: str,
        endpoint: str,
        user: int,
        work: float,
        status: int | None,
        throws: str | None,
    ) -> None:
        self.method = method
        # As the user typed it: /api/orders/17.
        self.path = path
        # The route it belongs to: /api/orders/{id}.
        self.endpoint = endpoint
        self.user_id = user
        self._work = work
        self._status = status
        self._throws = throws
        # Work that was begun in a coroutine and not awaited yet.
        self._pending = None

    def __repr__(self):
        return f"<Request {self.method} {self.path}>"


Request.__module__ = "shop"


class Status(int):
    """A status that can be awaited, for coroutines that are run to their end."""

    def __await__(self):
        return self
        yield


class Work:
    """What process_request() gives to a coroutine of the service: to be awaited, while other requests go on.

    `file` and `line` are where it was asked for.
    """

    def __init__(self, request: Request, frame: FrameType) -> None:
        self.request = request
        self.file = frame.f_code.co_filename
        self.line = frame.f_lineno

    def __await__(self):
        self.request._pending = None
        yield from asyncio.sleep(self.request._work / 1000.0).__await__()
        return outcome(self.request)


def outcome(request: Request) -> Status:
    if request._throws is not None:
        raise ShopError(request._throws)
    return Status(request._status)


def process_request(request: Request = None, /) -> Status | Work:
    """Does the work of the request that is being handled: takes as long as it truly takes, on the virtual clock.

    Returns the status to answer with; raises ShopError when the work fails. In an async handler it is awaited. Also
    works at the top level of a file, where there is no request, and takes a tenth of a second.
    """
    current = moment.request
    if request is not None and type(request) is not Request:
        raise TypeError("process_request(request) wants the request that handle was given")
    if current is None:
        current = REQUEST.get()
        if current is None:
            moment.wait(REHEARSAL)
            return Status(200)
        current._pending = Work(current, sys._getframe(1))
        return current._pending
    moment.wait(current._work)
    return outcome(current)


process_request.__module__ = "shop"


def shop_module() -> ModuleType:
    module = types.ModuleType("shop", "The business behind the handler.")
    module.process_request = process_request
    module.ShopError = ShopError
    module.Request = Request
    return module
