"""One process of an instance: the same program with modules, environment and chance of its own."""

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


# As of a program that a container was started for, more or less.
FIRST_PID = 7


class Process:
    """`number` counts from 0; `names` are the modules that are its own."""

    def __init__(self, instance: Instance, number: int) -> None:
        self.instance = instance
        self.program = instance.program
        self.pid = FIRST_PID + number
        self.seed = seed_of(instance.seed, f"learner/{number}")
        self.random = random.Random(seed_of(instance.seed, f"os.urandom/{number}"))
        self.environ = {**instance.environ}
        self.main = types.ModuleType("__main__")
        self._loop = None
        # What answers requests; None until the program has run.
        self.service = None
        # Apps that the program wants served, with their ports, and those among them that answer scrapes alone.
        self.served = []
        self.endpoints = []
        self.names = {"__main__", "shop"}
        self._modules = {"__main__": self.main}
        if "shop" not in self.program.roots:
            self._modules["shop"] = shop_module()

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

    def put_away(self) -> None:
        self._modules = {name: sys.modules.pop(name) for name in self.names if name in sys.modules}
        self.environ = dict(os.environ)


def leave() -> None:
    """No process runs any more."""
    if moment.process is not None:
        moment.process.put_away()
        moment.process = None
