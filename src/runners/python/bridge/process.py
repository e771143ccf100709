"""One process of an instance: the same program with modules, environment and chance of its own."""

import logging
import math
import os
import random
import sys
import types
from typing import TYPE_CHECKING

from .chance import seed_of
from .moment import moment
from .shop import shop_module
from .virtual_loop import ServiceLoop

if TYPE_CHECKING:
    from .instance import Instance


# As in a container: the program that it was started for is 1, and a few numbers are gone when that one forks.
MASTER_PID = 1
FIRST_PID = 7


class Process:
    """`number` counts from 0, and is None of a master; `names` are the modules that are its own."""

    def __init__(self, instance: Instance, number: int | None) -> None:
        self.instance = instance
        self.number = number
        self.program = instance.program
        if number is None:
            self.be_master()
        else:
            self.be_worker(number)
        # While it does again what another process did, for the sake of the memory that comes of it.
        self.is_rehearsing = False
        # Whether it is one of several workers behind a master that listens for them, or that master.
        self.is_one_of_several = False
        self.environ = {**instance.environ}
        self.main = types.ModuleType("__main__")
        self._loop = None
        # All loggers hang on these two.
        self._root_logger = logging.RootLogger(logging.WARNING)
        self._loggers = logging.Manager(self._root_logger)
        # What answers requests; None until the program has run.
        self.service = None
        # What answers scrapes in whichever process is asked.
        self.shared = []
        # Apps that the program wants served, with their ports, and servers of its own that answer scrapes alone.
        self.served = []
        self.endpoints = []
        self.names = {"__main__", "shop"}
        self._modules = {"__main__": self.main}
        if "shop" not in self.program.roots:
            self._modules["shop"] = shop_module()

    def be_master(self) -> None:
        self.parent_pid = 0
        self._identify(MASTER_PID, "the master", "master")

    def be_worker(self, number: int) -> None:
        self.parent_pid = MASTER_PID
        self._identify(pid_of_worker(number), f"worker {number + 1}", number)

    def _identify(self, pid: int, title: str, name: object) -> None:
        """`title` is for people; its chance depends on the name."""
        self.pid = pid
        self.title = title
        self.seed = seed_of(self.instance.seed, f"learner/{name}")
        self.random = random.Random(seed_of(self.instance.seed, f"os.urandom/{name}"))

    def fork(self, number: int) -> None:
        """From now on this is the worker of that number, with the memory that it has. It is the running process."""
        self.be_worker(number)
        # As gunicorn does, lest all workers draw the same numbers.
        if "random" in self.names:
            sys.modules["random"].seed(self.seed)

    def import_main(self, name: str) -> bool:
        """Makes the entry file a module of that name, in the running process. Whether it is still to be run."""
        if name in sys.modules:
            self.main = sys.modules[name]
            return False
        self.main = types.ModuleType(name)
        sys.modules[name] = self.main
        self.names.add(name)
        return True

    def listens_at(self, port: int) -> bool:
        """Whether a server that it has started for scrapes does."""
        return any(endpoint.port == port for endpoint in self.endpoints)

    def loop(self) -> ServiceLoop:
        """Of the coroutines that handle requests; made when there is the first one."""
        if self._loop is None:
            self._loop = ServiceLoop(self.instance.stray)
        return self._loop

    def busy_until(self) -> float:
        """Until then coroutines that block keep all others waiting."""
        return self._loop.time if self._loop else 0.0

    def due(self) -> float:
        """When a coroutine goes on."""
        return self._loop.due() if self._loop else math.inf

    def enter(self) -> None:
        """Makes this the running process. Nothing happens when it is."""
        if moment.process is self:
            return
        leave()
        moment.process = self
        sys.modules.update(self._modules)
        os.environ.clear()
        os.environ.update(self.environ)
        os.getpid = lambda: self.pid
        os.getppid = lambda: self.parent_pid
        logging.root = logging.Logger.root = self._root_logger
        logging.Logger.manager = self._loggers

    def put_away(self) -> None:
        self._modules = {name: sys.modules.pop(name) for name in self.names if name in sys.modules}
        self.environ = dict(os.environ)


def pid_of_worker(number: int) -> int:
    return FIRST_PID + number


def leave() -> None:
    """No process runs any more."""
    if moment.process is not None:
        moment.process.put_away()
        moment.process = None
