"""What a program in a tab cannot do, each with a sentence that says what to do instead.

These walls are for people who are learning, and say things early and clearly. What keeps hostile code in is the worker
that all of this runs in, and before it the seal on the interpreter's own ways to JavaScript (seal.py).
"""

import builtins
import gc
import io
import os
import posix
import signal
import socket
import subprocess
import sys
import threading
import types
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from .process import Process

NO_NETWORK = (
    "there is no network here. Metrics leave a service by being fetched: start_http_server(8000) or an app that "
    "answers GET /metrics"
)
NO_THREADS = "there are no threads here: do the work in the handler itself; requests already run side by side"
NO_PROGRAMS = "there are no other programs here: do the work in Python"
NO_INPUT = "input() has nobody to ask: a service runs unattended. Put the value into the code"
NO_SIGNALS = "no signals reach a service here: take the handler away"
NO_EXIT = "would end the program, and a service stays up: let the handler raise an exception or answer with a 500"
NO_FILES = "a program has no files here but its own and those it makes in /tmp"
NO_OBJECTS = "objects cannot be looked through here"

# Taken before anything is replaced.
real_open, real_os_open, real_set_limit = io.open, os.open, sys.setrecursionlimit

# Deeper recursion than this would take the interpreter down instead of raising RecursionError.
DEEPEST = 1000


def refuse(exception: type[Exception], sentence: str) -> Callable:
    def refused(*args, **kwargs):
        raise exception(sentence)

    return refused


def is_scratch(path: str | bytes | os.PathLike) -> bool:
    """Only here files may be opened: the folder of the program, and /tmp."""
    real = os.path.realpath(os.fspath(path))
    if isinstance(real, bytes):
        real = os.fsdecode(real)
    folders = ("/tmp", os.getcwd(), os.path.realpath(os.path.expanduser("~")))
    return real == "/dev/null" or any(real == folder or real.startswith(f"{folder}/") for folder in folders)


def guarded(opening: Callable) -> Callable:
    def guarded_open(file, *args, **kwargs):
        if not isinstance(file, int) and not is_scratch(file):
            raise PermissionError(f"{NO_FILES}: {file!r}")
        return opening(file, *args, **kwargs)

    return guarded_open


def set_recursion_limit(limit: int, /) -> None:
    real_set_limit(min(limit, DEEPEST))


def install_walls() -> None:
    """Again before each load, since learner code may have changed something."""
    builtins.input = refuse(RuntimeError, NO_INPUT)
    builtins.breakpoint = refuse(RuntimeError, "breakpoint() has nobody to ask: print what you want to know")
    builtins.open = io.open = guarded(real_open)
    os.open = guarded(real_os_open)
    for module in (os, posix):
        for name in ("_exit", "abort"):
            setattr(module, name, refuse(RuntimeError, f"os.{name}() {NO_EXIT}"))
        for name in ("system", "fork", "forkpty", "posix_spawn", "posix_spawnp", "execv", "execve", "kill"):
            setattr(module, name, refuse(OSError, NO_PROGRAMS))
    os.popen = refuse(OSError, NO_PROGRAMS)
    subprocess.Popen.__init__ = refuse(OSError, NO_PROGRAMS)
    subprocess.Popen.__del__ = lambda self, **kwargs: None
    socket.socket.__init__ = refuse(OSError, NO_NETWORK)
    socket.socket.__del__ = lambda self: None
    for name in ("create_connection", "create_server", "getaddrinfo", "gethostbyname", "socketpair"):
        setattr(socket, name, refuse(OSError, NO_NETWORK))
    threading.Thread.start = refuse(RuntimeError, NO_THREADS)
    # asyncio.run takes a ValueError as a sign that signals are for others.
    for name in ("signal", "alarm", "setitimer", "pause", "raise_signal"):
        if hasattr(signal, name):
            setattr(signal, name, refuse(ValueError, NO_SIGNALS))
    for name in ("get_objects", "get_referrers", "get_referents"):
        setattr(gc, name, refuse(RuntimeError, NO_OBJECTS))
    sys.setrecursionlimit = set_recursion_limit
    real_set_limit(DEEPEST)


def refuse_processes(module: ModuleType, process: Process) -> None:
    """multiprocessing.context"""
    refused = refuse(RuntimeError, "there are no other processes here: do the work in the handler itself")
    module.process.BaseProcess.start = refused
    for name in dir(module.BaseContext):
        if name[0].isupper() and isinstance(vars(module.BaseContext).get(name), types.FunctionType):
            setattr(module.BaseContext, name, refused)
