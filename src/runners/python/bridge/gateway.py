"""Calls WSGI and ASGI apps as a web server would, in process."""

import io
import sys
from urllib.parse import unquote
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HOST = "localhost"


def call_wsgi(
    app: Callable, method: str, target: str, port: int, headers: list[tuple[str, str]], multiprocess: bool = False
) -> tuple:
    """The status, headers and body that the app answers with. `headers` are names and values."""
    path, _, query = target.partition("?")
    answer = []

    def start_response(status, response_headers, exc_info=None):
        if exc_info is None and answer:
            raise AssertionError("start_response was called twice")
        answer[:] = [status, response_headers]
        return body.append

    body = []
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path, "latin-1") if "%" in path else path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": HOST,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": "0",
        "HTTP_HOST": f"{HOST}:{port}",
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers},
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": multiprocess,
        "wsgi.run_once": False,
    }
    parts = app(environ, start_response)
    try:
        body.extend(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    if not answer:
        raise AssertionError("the app did not call start_response(status, headers)")
    return int(answer[0].split(" ", 1)[0]), dict(answer[1]), b"".join(body)


async def call_asgi(app: Callable, method: str, target: str, port: int, headers: list[tuple[str, str]]) -> tuple:
    """As `call_wsgi`, of an app that follows ASGI."""
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in [("host", f"{HOST}:{port}"), *headers]],
        "client": ("127.0.0.1", 50000),
        "server": (HOST, port),
    }
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    start = next((message for message in sent if message["type"] == "http.response.start"), None)
    if start is None:
        raise AssertionError("the app did not send http.response.start")
    body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    named = {name.decode("latin-1"): value.decode("latin-1") for name, value in start.get("headers", ())}
    return start["status"], named, body
