"""Chance that learner code asks for: all of it comes from the seed."""

import hashlib
import os
import random
from typing import TYPE_CHECKING

from .moment import moment

if TYPE_CHECKING:
    from types import ModuleType

    from .process import Process


def random_bytes(size: int, /) -> bytes:
    """os.urandom from the seed of the running instance."""
    return moment.process.random.randbytes(size)


def seed_generators(module: ModuleType) -> None:
    """Generators that are made without a seed get one, too."""
    original = module.Random.seed

    def seed(self, a=None, version=2):
        original(self, int.from_bytes(random_bytes(32)) if a is None else a, version)

    module._urandom = random_bytes
    module.Random.seed = seed


# The `random` of modules that all processes share.
seed_generators(random)


def install_chance() -> None:
    os.urandom = random_bytes
    if hasattr(os, "getrandom"):
        os.getrandom = lambda size, flags=0: random_bytes(size)


def patch_random(module: ModuleType, process: Process) -> None:
    """A fresh `random` of a process."""
    seed_generators(module)
    # The functions of the module are methods of a generator that was made before.
    module.seed = module._inst.seed
    module.seed(process.seed)


def seed_of(seed: int, purpose: str) -> int:
    """Differs by purpose, so that a new consumer does not shift what another one sees."""
    return int.from_bytes(hashlib.sha256(f"{seed}/{purpose}".encode()).digest()[:8])
