"""What the TypeScript side calls. Texts go in and come out, and no object of JavaScript gets in reach of Python.

That none is in reach from the start is what seal.py sees to.
"""

import asyncio
import builtins
import datetime
import functools
import io
import itertools
import json
import logging
import math
import os
import shutil
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING

from .chance import install_chance, patch_random
from .imports import install_imports
from .instance import Instance
from .metrics import patch_metrics
from .moment import moment
from .problems import Stopped
from .process import leave
from .seal import seal
from .servers import patch_exposition, patch_flask, patch_serving, patch_simple_server
from .values import patch_mmap, patch_values
from .virtual_loop import install_loop
from .virtual_time import install_time
from .walls import install_walls, refuse_processes

if TYPE_CHECKING:
    from collections.abc import Callable

PATCHES = {
    "random": patch_random,
    "prometheus_client.values": patch_values,
    "prometheus_client.metrics": patch_metrics,
    "prometheus_client.exposition": patch_exposition,
    "prometheus_client.mmap_dict": patch_mmap,
    "wsgiref.simple_server": patch_simple_server,
    "werkzeug.serving": patch_serving,
    "flask.app": patch_flask,
    "multiprocessing.context": refuse_processes,
}

SHARED = (asyncio, builtins, datetime, functools, io, json, logging, math, os, socket, threading, time)

# Modules that all programs share, and what was in them before the first one.
originals = []

restore_imports = restore_seal = None
instances = {}
numbers = itertools.count(1)
pages = {}


def install() -> None:
    """Turns an interpreter into a host of instances."""
    global restore_imports, restore_seal
    restore_seal = seal()
    restore_imports = install_imports(PATCHES)
    originals.extend((module, dict(vars(module))) for module in SHARED)
    os.chdir("/")
    for folder in ("/home/learner", "/home/pyodide", "/tmp"):
        shutil.rmtree(folder, ignore_errors=True)
    os.makedirs("/home", exist_ok=True)
    restore()


def restore() -> None:
    """Puts everything in place that learner code may have changed."""
    sys.settrace(None)
    sys.setprofile(None)
    restore_seal()
    restore_imports()
    for module, names in originals:
        vars(module).update(names)
    install_time()
    install_loop()
    install_chance()
    install_walls()


def add_packages(archive: str) -> None:
    """What the archive at that path holds can be imported from now on."""
    sys.path.append(archive)


def create(options: str) -> int:
    number = next(numbers)
    instances[number] = Instance(json.loads(options), number)
    return number


def answered(work: Callable[[], object]) -> str:
    """The result as JSON, or where the program was when it was stopped, and what it had printed."""
    try:
        return json.dumps(work())
    except Stopped as stop:
        return json.dumps({"stopped": stop.place or {}, "output": stop.output})


def load(number: int, files: str, at: float) -> str:
    leave()
    restore()
    return answered(lambda: instances[number].load(json.loads(files), at))


def handle(number: int, rows: str, until: float) -> str:
    return answered(lambda: instances[number].handle(json.loads(rows), until))


def scrape(number: int, accept: str, target: str) -> str:
    """Status, content type and problems as JSON; the body is left for `body_of`."""

    def work():
        status, content_type, body, problems = instances[number].scrape(accept, json.loads(target))
        pages[number] = body
        return {"status": status, "contentType": content_type, "problems": problems}

    return answered(work)


def body_of(number: int) -> bytes:
    return pages.pop(number)


def targets(number: int) -> str:
    return json.dumps(instances[number].targets())


def dispose(number: int) -> None:
    instance = instances.pop(number, None)
    if instance is None:
        return
    if moment.instance is instance:
        leave()
        instance.scratch.put_away()
        moment.instance = moment.journal = None
    instance.scratch.drop()
