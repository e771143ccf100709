"""What a gunicorn.conf.py gets to see of gunicorn: the server and the worker that hooks are called with."""

import time
from typing import TYPE_CHECKING

from .moment import moment

if TYPE_CHECKING:
    from .process import Process
    from .settings import Settings

# What hooks are most often interested in, when the file does not say.
DEFAULTS = {
    "chdir": "/home/learner",
    "keepalive": 2,
    "loglevel": "info",
    "max_requests": 0,
    "proc_name": "app:app",
    "threads": 1,
    "timeout": 30,
    "worker_class_str": "sync",
}


class Logger:
    """`server.log`: what it is told stands in the output, worded as gunicorn's own lines are."""

    def debug(self, message, *args, **kwargs):
        """Not shown at gunicorn's usual level."""

    def info(self, message, *args, **kwargs):
        say("log", "INFO", message, args)

    def warning(self, message, *args, **kwargs):
        say("warn", "WARNING", message, args)

    def error(self, message, *args, **kwargs):
        say("error", "ERROR", message, args)

    exception = error

    def critical(self, message, *args, **kwargs):
        say("error", "CRITICAL", message, args)


def say(level: str, name: str, message: object, args: tuple) -> None:
    try:
        text = str(message) % args if args else str(message)
    except (TypeError, ValueError):
        text = f"{message} {args}"
    when = time.strftime("[%Y-%m-%d %H:%M:%S +0000]")
    for line in f"{when} [{moment.process.pid}] [{name}] {text}".split("\n"):
        moment.instance.log.print(level, line)


class Config:
    """`server.cfg`: the settings as attributes."""

    def __init__(self, settings: Settings) -> None:
        known = {name: getattr(settings, name) for name in ("workers", "bind", "raw_env", "preload_app", "env")}
        self.settings = {**DEFAULTS, **settings.values, **known}

    def __getattr__(self, name):
        if name == "settings" or name not in self.settings:
            raise AttributeError(f"No configuration setting for: {name}")
        return self.settings[name]


class Arbiter:
    """The master, which hooks call `server`."""

    def __init__(self, settings: Settings, process: Process) -> None:
        self.cfg = Config(settings)
        self.log = Logger()
        self.pid = process.pid
        self.num_workers = settings.workers
        self.address = settings.addresses
        # By pid, as far as they are forked.
        self.WORKERS = {}


class Worker:
    """`age` counts from 1. It has a pid once it is forked."""

    def __init__(self, age: int, server: Arbiter) -> None:
        self.age = age
        self.pid = "[booting]"
        self.ppid = server.pid
        self.cfg = server.cfg
        self.log = server.log
        self.alive = True
        self.booted = False
        self.nr = 0

    def __str__(self):
        return f"<Worker {self.pid}>"
