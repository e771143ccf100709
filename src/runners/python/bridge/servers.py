"""Servers without sockets: what a program starts to listen is written down, and its apps are called in process."""

import operator
import threading
from typing import TYPE_CHECKING

from .moment import moment
from .service import App, served_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from .process import Process


# The number that it has on Linux.
ADDRESS_IN_USE = 98


class AddressInUse(OSError):
    """A port is taken. `owner` is the process whose program has it, and None where gunicorn itself listens there."""

    def __init__(self, port: int, owner: Process | None) -> None:
        super().__init__(ADDRESS_IN_USE, "Address already in use")
        self.port = port
        self.owner = owner


AddressInUse.__name__ = AddressInUse.__qualname__ = "OSError"
AddressInUse.__module__ = "builtins"


class Server:
    """What start_http_server and make_server return, as far as programs use it."""

    def __init__(self, host: str, port: int, app: Callable) -> None:
        claim(port)
        self.server_name = host or "0.0.0.0"
        self.server_port = port
        self.server_address = (self.server_name, port)
        self.application = app
        self.endpoint = None
        self._process = moment.process

    def serve_forever(self, poll_interval=0.5):
        """Returns at once: from then on requests reach the app."""
        served_app(self.application, self.server_port)

    handle_request = serve_forever

    def get_app(self):
        return self.application

    def set_app(self, app):
        self.application = app

    def is_listening(self):
        return self.endpoint in self._process.endpoints

    def shutdown(self):
        if self.is_listening():
            self._process.endpoints.remove(self.endpoint)

    server_close = shutdown

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.server_close()


class ServerThread(threading.Thread):
    """The thread that a server would run in. It lives until it is joined."""

    def __init__(self, server: Server) -> None:
        super().__init__(target=server.serve_forever, daemon=True)
        self._server = server

    def is_alive(self) -> bool:
        return self._server.is_listening()

    def join(self, timeout=None):
        """As of a thread that has ended."""


def claim(port: int) -> None:
    """A port can be had by one process; which of its apps answers there is its own affair."""
    process = moment.process
    if process.is_rehearsing:
        return
    if port in process.instance.bound:
        raise AddressInUse(port, None)
    for other in process.instance.processes():
        if other is not process and (other.listens_at(port) or any(served == port for _, served in other.served)):
            raise AddressInUse(port, other)


def port_of(port: int) -> int:
    number = operator.index(port)
    if not 0 <= number <= 65535:
        raise OverflowError("bind(): port must be 0-65535.")
    return number


def patch_exposition(module: ModuleType, process: Process) -> None:
    """start_http_server(8000) makes /metrics of this host; the arguments for TLS do nothing here."""

    def start_http_server(port, addr="0.0.0.0", registry=module.REGISTRY, *tls, **more_tls):
        """Starts a WSGI server for prometheus metrics as a daemon thread."""
        number = port_of(port)
        server = Server(addr, number, module.make_wsgi_app(registry))
        if moment.process.is_rehearsing:
            return server, ServerThread(server)
        if moment.process.listens_at(number):
            raise AddressInUse(number, moment.process)
        server.endpoint = App(server.application, number, moment.process)
        moment.process.endpoints.append(server.endpoint)
        return server, ServerThread(server)

    module.start_http_server = module.start_wsgi_server = start_http_server


def patch_simple_server(module: ModuleType, process: Process) -> None:
    """wsgiref.simple_server"""
    module.make_server = lambda host, port, app, *classes, **more: Server(host, port_of(port), app)


def patch_serving(module: ModuleType, process: Process) -> None:
    """werkzeug.serving: `app.run()` of Flask ends here too."""

    def run_simple(hostname, port, application, *args, **kwargs):
        claim(port_of(port))
        served_app(application, port_of(port))

    def make_server(host, port, app, *args, **kwargs):
        return Server(host, port_of(port), app)

    module.run_simple = run_simple
    module.make_server = make_server


def patch_flask(module: ModuleType, process: Process) -> None:
    """flask.app: an exception that Flask turns into a 500 is reported where it was raised, not as a long text."""

    def log_exception(self, exc_info):
        moment.instance.fail(exc_info[1])

    module.Flask.log_exception = log_exception
