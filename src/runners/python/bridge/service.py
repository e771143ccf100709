"""Finds what answers requests in the learner's program: a WSGI app, an ASGI app, or a function `handle`."""

import functools
import inspect
from http import HTTPStatus
from typing import TYPE_CHECKING

from .gateway import call_asgi, call_wsgi
from .moment import moment
from .shop import Status, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from .process import Process
    from .shop import Request

# Where an app listens that does not say so.
DEFAULT_PORT = 8000

SHADOWED = (
    "{name} answered {method} {path} with metrics, and handle is never called: an app by that name gets all requests. "
    "Call it metrics_app, so that it answers scrapes alone"
)
NO_STATUS = "handle() must return a status such as 200, or (body, status); the user got a 500"


class Handle:
    """A function `handle(request)`, which may be async."""

    kind = "handle"

    def __init__(self, function: Callable, process: Process, entry: str) -> None:
        self._function = function
        self._instance = process.instance
        self._entry = entry

    def answer(self, request: Request) -> int | Coroutine:
        """The status, or a coroutine that will give it."""
        result = self._function(request)
        # What most handlers return, first.
        if type(result) is Status or type(result) is int and 100 <= result <= 599:
            return result
        return self._answer_later(result) if inspect.iscoroutine(result) else self._checked(result)

    async def _answer_later(self, coroutine: Coroutine) -> int:
        return self._checked(await coroutine)

    def _checked(self, result: object) -> int:
        status = status_of(result)
        if status is not None:
            return status
        if type(result) is not Work:
            place = self.place(self._instance.program.files) or {"file": self._entry}
            self._instance.log.report({"message": NO_STATUS, "severity": "warning", **place})
        return 500

    def place(self, files: dict[str, str]) -> dict | None:
        """Of the function, for an exception that is raised before its first line."""
        code = getattr(inspect.unwrap(self._function), "__code__", None)
        if code is None or code.co_filename not in files:
            return None
        return {"file": code.co_filename, "line": code.co_firstlineno}


class App:
    """A WSGI or ASGI app."""

    def __init__(self, app: Callable, port: int, process: Process) -> None:
        self.app = app
        self.port = port
        self.kind = "asgi" if is_asgi(app) else "wsgi"
        several = process.is_one_of_several
        self._call = call_asgi if self.kind == "asgi" else functools.partial(call_wsgi, multiprocess=several)
        self.process = process
        # Its name, if a function handle that stands beside it might be what is to answer requests.
        self.shadows_as = None

    def answer(self, request: Request) -> int | Coroutine:
        """The status, or a coroutine that will give it."""
        headers = [("X-User-Id", str(request.user_id))]
        response = self._call(self.app, request.method, request.path, self.port, headers)
        if self.kind == "asgi":
            return first_of(response)
        if self.shadows_as:
            self._tell_shadow(request, response[1])
        return response[0]

    def _tell_shadow(self, request: Request, headers: dict[str, str]) -> None:
        if any(name.lower() == "content-type" and is_exposition(value) for name, value in headers.items()):
            message = SHADOWED.format(name=self.shadows_as, method=request.method, path=request.path)
            self.shadows_as = None
            self.process.instance.log.report({"message": message, "severity": "warning"})

    def get(self, target: str, headers: list[tuple[str, str]]) -> tuple[int, dict[str, str], bytes]:
        """The status, headers and body of the response to GET, which is made in no time."""
        response = self._call(self.app, "GET", target, self.port, headers)
        return response if self.kind == "wsgi" else self.process.loop().run_at_once(response)

    def place(self, files: dict[str, str]) -> dict | None:
        return None


async def first_of(coroutine: Coroutine) -> int:
    return (await coroutine)[0]


def find_service(process: Process, entry: str) -> Handle | App | None:
    """The first of: an app that was served, one by the name of app or application, `handle`; or None."""
    names = vars(process.main)
    for app, port in process.served:
        if not is_metrics_app(app):
            return App(app, port, process)
    for name in ("app", "application"):
        app = names.get(name)
        if callable(app) and not is_metrics_app(app):
            service = App(app, next(iter(ports_of(process)), DEFAULT_PORT), process)
            service.shadows_as = name if callable(names.get("handle")) else None
            return service
    handle = names.get("handle")
    return Handle(handle, process, entry) if callable(handle) else None


def ports_of(process: Process) -> list[int]:
    """Where apps answer that do not say so: under several workers where gunicorn listens, and that may be nowhere."""
    return process.instance.bound if process.is_one_of_several else [DEFAULT_PORT]


def find_shared(process: Process) -> list[App]:
    """What answers scrapes in whichever process is asked: the app that answers requests, or one beside `handle`."""
    served = [app for app, _ in process.served]
    if process.service.kind == "handle":
        app = find_metrics_app(vars(process.main), served)
    elif process.service.app in served:
        return [process.service]
    else:
        app = process.service.app
    return [App(app, port, process) for port in ports_of(process)] if app else []


def find_metrics_app(names: dict[str, object], served: list[Callable]) -> Callable | None:
    """What stands beside `handle` to answer scrapes, and is not served already."""
    for name in ("metrics_app", "app", "application"):
        app = names.get(name)
        if callable(app) and app not in served and (name == "metrics_app" or is_metrics_app(app)):
            return app
    return None


def is_metrics_app(app: Callable) -> bool:
    """Whether prometheus_client made it, to answer scrapes and nothing else."""
    return getattr(app, "__qualname__", "").startswith(("make_wsgi_app.<locals>", "make_asgi_app.<locals>"))


def is_exposition(content_type: str) -> bool:
    """Of prometheus_client: text/plain; version=… or application/openmetrics-text."""
    return content_type.startswith(("text/plain; version=", "application/openmetrics-text"))


def is_asgi(app: Callable) -> bool:
    return inspect.iscoroutinefunction(app) or inspect.iscoroutinefunction(getattr(app, "__call__", None))


def status_of(result: object) -> int | None:
    """Of what a handler returned: a status, an object or dict with one, or a tuple that holds one."""
    if isinstance(result, tuple):
        return next((status for part in result if (status := status_of_part(part)) is not None), None)
    if isinstance(result, dict):
        result = result.get("status", result.get("status_code"))
    elif not isinstance(result, int):
        result = getattr(result, "status", getattr(result, "status_code", None))
    return status_of_part(result)


def status_of_part(part: object) -> int | None:
    if isinstance(part, (int, HTTPStatus)) and not isinstance(part, bool) and 100 <= part <= 599:
        return int(part)
    return None


def served_app(app: Callable, port: int) -> None:
    """An app that the program wants served on a port. What another process has done before is that one's to serve."""
    process = moment.process
    if process.is_rehearsing:
        return
    process.served.append((app, port))
    if is_metrics_app(app):
        process.endpoints.append(App(app, port, process))
