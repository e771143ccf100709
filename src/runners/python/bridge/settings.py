"""What gunicorn.conf.py says: which of its names count, what gunicorn accepts for them (gunicorn/config.py), and where
they are set. Names that are no settings are ignored, as there. So are settings that mean nothing here, such as timeout
and threads: how many requests are served at the same time is the world's to say. `bind` counts when there are several
workers.
"""

import ast
import inspect
from typing import TYPE_CHECKING

from .problems import shorten, span, utf16

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONFIG = "gunicorn.conf.py"

# All of them share one interpreter.
MOST_WORKERS = 16

# By hook: what it takes. gunicorn checks all of them when it starts; post_request may leave the last one or two out.
HOOKS = {
    "on_starting": ("server",),
    "on_reload": ("server",),
    "when_ready": ("server",),
    "pre_fork": ("server", "worker"),
    "post_fork": ("server", "worker"),
    "post_worker_init": ("worker",),
    "worker_int": ("worker",),
    "worker_abort": ("worker",),
    "pre_exec": ("server",),
    "pre_request": ("worker", "req"),
    "post_request": ("worker", "req", "environ", "resp"),
    "child_exit": ("server", "worker"),
    "worker_exit": ("server", "worker"),
    "nworkers_changed": ("server", "new_value", "old_value"),
    "on_exit": ("server",),
    "ssl_context": ("config", "default_ssl_context_factory"),
    "on_dirty_starting": ("arbiter",),
    "dirty_post_fork": ("arbiter", "worker"),
    "dirty_worker_init": ("worker",),
    "dirty_worker_exit": ("arbiter", "worker"),
}

ADVICE = {
    "workers": "write a whole number, such as workers = 4",
    "bind": 'write an address and a port, such as bind = "0.0.0.0:8000"',
    "raw_env": 'write a list of texts, such as raw_env = ["KEY=VALUE"]',
    "preload_app": "write preload_app = True or preload_app = False",
}

NO_WORKERS = "workers = 0 starts none, so nobody answers requests: write workers = 1 or more"
TOO_MANY_WORKERS = "workers = {count} are more than fit into a tab: write at most 16"
ASYNC_WORKERS = (
    "worker_class = {value} changes nothing here: every worker runs blocking code as it is, and awaits in async code"
)
OTHER_PORT = (
    "bind = {value} changes nothing here while there is one worker: app.py runs as if by itself, and its apps answer "
    "at port 8000"
)
NO_PORT = (
    "bind = {value} has no port: users reach the app all the same, but Prometheus cannot scrape it. Write "
    'bind = "0.0.0.0:8000"'
)
OTHER_APP = "wsgi_app = {value} changes nothing here: app.py is what runs, and its app, application or handle answers"
TOO_LATE = (
    "prometheus_client was imported before gunicorn sets raw_env, and had looked for PROMETHEUS_MULTIPROC_DIR by then: "
    "all workers inherit it and count in memory. Import it inside of when_ready, or set os.environ at the top of this "
    "file"
)


class Refused(Exception):
    """gunicorn does not start with this file. `name` is the setting that it is about, if it is about one."""

    def __init__(self, message: str, name: str | None = None) -> None:
        super().__init__(message)
        self.name = name


class Settings:
    """`values` are the names of the file. Raises Refused for the first one that gunicorn would not take."""

    def __init__(self, values: dict) -> None:
        self.values = values
        self.workers = 1
        self.bind = ["127.0.0.1:8000"]
        self.raw_env = []
        self.preload_app = False
        self.hooks = {}
        for name, value in values.items():
            try:
                self._set(name, value)
            except Refused:
                raise
            except Exception as error:
                advice = ADVICE.get(name) or f"write def {name}({', '.join(HOOKS[name])}):"
                said = "" if callable(value) else f" {shorten(str(value))}:"
                raise Refused(f"Invalid value for {name}:{said} {error}; {advice}", name) from None
        self.env = dict(self._env())
        self.addresses = [address_of(text) for text in self.bind]
        # Of TCP.
        self.ports = [address[1] for address in self.addresses if isinstance(address, tuple)]

    def _set(self, name: str, value: object) -> None:
        if name == "workers":
            self.workers = workers_of(value)
        elif name == "bind":
            self.bind = list_of_strings(value)
            for text in self.bind:
                address_of(text)
        elif name == "raw_env":
            self.raw_env = list_of_strings(value)
        elif name == "preload_app":
            self.preload_app = boolean(value)
        elif name in HOOKS:
            arity = len(HOOKS[name])
            self.hooks[name] = hook(value, (arity - 2, arity - 1, arity) if name == "post_request" else (arity,))

    def _env(self) -> Iterator[tuple[str, str]]:
        for entry in self.raw_env:
            key, equals, value = entry.partition("=")
            # The last two the operating system refuses.
            if not equals or not key or "\0" in entry:
                message = f"environment setting {entry!r} invalid: {ADVICE['raw_env']}"
                raise Refused(message, "raw_env")
            yield key, value

    def remarks(self) -> Iterator[tuple[str, str]]:
        """What is worth a warning: the name of a setting, and a message."""
        for name, is_known, message in (
            ("worker_class", is_blocking, ASYNC_WORKERS),
            ("bind", self._is_scraped, OTHER_PORT if self.workers == 1 else NO_PORT),
            ("wsgi_app", is_usual_app, OTHER_APP),
        ):
            if name in self.values and not is_known(self.values[name]):
                yield name, message.format(value=shorten(repr(self.values[name])))


    def _is_scraped(self, _: object) -> bool:
        """Whether a scrape finds the app where the addresses make one look for it."""
        return bool(self.ports) if self.workers > 1 else not self.bind or 8000 in self.ports


def workers_of(value: object) -> int:
    count = positive(value)
    if count == 0:
        raise Refused(NO_WORKERS, "workers")
    if count > MOST_WORKERS:
        raise Refused(TOO_MANY_WORKERS.format(count=count), "workers")
    return count


def positive(value: object) -> int:
    """Follows validate_pos_int: texts of numbers are numbers, and so is True."""
    number = int(value) if isinstance(value, int) else int(value, 0)
    if number < 0:
        raise ValueError(f"Value must be positive: {number}")
    return number


def list_of_strings(value: object) -> list[str]:
    """Follows validate_list_string."""
    if not value:
        return []
    return [string(entry) for entry in ([value] if isinstance(value, str) else value)]


def string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"Not a string: {value}")
    return value.strip()


def boolean(value: object) -> bool | None:
    """Follows validate_bool."""
    if value is None or isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise TypeError(f"Invalid type for casting: {value}")
    if value.lower().strip() not in ("true", "false"):
        raise ValueError(f"Invalid boolean: {value}")
    return value.lower().strip() == "true"


def hook(value: object, arities: tuple[int, ...]) -> Callable:
    """Follows validate_callable; arguments that are named or starred do not count, as there."""
    if isinstance(value, str):
        value = imported(value)
    if not callable(value):
        raise TypeError(f"Value is not callable: {value}")
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    if sum(parameter.kind in kinds for parameter in inspect.signature(value).parameters.values()) not in arities:
        raise TypeError(f"Value must have an arity of: {arities[-1]}")
    return value


def imported(path: str) -> object:
    """What a hook's text names, such as "hooks.on_starting"."""
    module, dot, name = path.rpartition(".")
    if not dot:
        raise TypeError(f"Value '{path}' is not import string. Format: module[.submodules...].object")
    try:
        return getattr(__import__(module, fromlist=[name]), name)
    except ImportError as error:
        raise TypeError(str(error)) from None
    except AttributeError:
        raise TypeError(f"Can not load '{name}' from '{module}'") from None


def is_blocking(value: object) -> bool:
    return value in ("sync", "gthread") or str(value).endswith((".SyncWorker", ".ThreadWorker"))


def address_of(text: str) -> tuple[str, int] | str:
    """Host and port; or a text, of what is no address of TCP. Follows parse_address."""
    if text.startswith(("unix:", "fd://")):
        return text
    text = text.removeprefix("tcp://")
    if "[" in text and "]" in text:
        host, port = text.split("]")[0][1:], (text.split("]:") + [""])[1]
    else:
        host, _, port = text.partition(":")
    try:
        return host.lower() or "0.0.0.0", int(port or 8000)
    except ValueError:
        raise ValueError(f"{port!r} is not a valid port number.") from None


def is_usual_app(value: object) -> bool:
    return value is None or str(value).partition(":")[0] == "app"


def place_of_setting(name: str | None, text: str) -> dict:
    """Where the file gives the name its value: the last such place, or its beginning."""
    nodes = [node for node in top_level(ast.parse(text).body) if name in names_of(node)]
    if not nodes:
        return {"file": CONFIG, "line": 1, "column": 1}
    node = nodes[-1]
    lines = text.split("\n")
    encoded = lines[node.lineno - 1].encode()
    until = encoded[: node.end_col_offset] if node.end_lineno == node.lineno else encoded
    return span(CONFIG, node.lineno, utf16(encoded[: node.col_offset].decode()), utf16(until.decode()))


def top_level(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run when the file does, in order."""
    for statement in statements:
        yield statement
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        for field in ("body", "handlers", "orelse", "finalbody"):
            yield from top_level(getattr(statement, field, []))


def names_of(node: ast.stmt) -> set[str]:
    """What a statement binds."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {alias.asname or alias.name for alias in node.names}
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    return {name.id for target in targets if target for name in ast.walk(target) if isinstance(name, ast.Name)}
