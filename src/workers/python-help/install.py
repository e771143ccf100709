"""Unpacks jedi and what it reads, and keeps it to that: nothing that is analysed is ever run."""

import importlib
import io
import os
import sys
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Jedi itself, out of sight of what it analyses.
TOOLS = "/lib/help"
# What programs import: the sources of packages.
PACKAGES = "/lib/packages"
# Where the learner's files lie.
HOME = "/home/learner"

BUILTINS = f"{TOOLS}/jedi/third_party/typeshed/stdlib/builtins.pyi"
CLIENT = f"{PACKAGES}/prometheus_client/__init__.py"

# What programs of learners use. Docstrings of the standard library come from its modules, not from jedi's stubs.
DOCUMENTED = (
    "asyncio collections contextlib dataclasses datetime enum functools itertools json logging math os random re "
    "statistics string sys threading time timeit typing uuid"
).split()


def unpack(archive: bytes, sources: Mapping[str, str]) -> None:
    """Unpacks jedi.zip, with further modules to be analysed beside its packages."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        for name in packed.namelist():
            is_tool = name.startswith(("jedi/", "parso/"))
            packed.extract(name, TOOLS if is_tool else PACKAGES)
    for name, text in sources.items():
        write(f"{PACKAGES}/{name}", text)
    os.makedirs(HOME, exist_ok=True)
    importlib.invalidate_caches()
    # It is there without an import in the tab.
    write(BUILTINS, read(BUILTINS) + "\nfrom shop import process_request as process_request\n")
    # The program that demonstrates the package would be offered with it, under names of one letter.
    write(CLIENT, read(CLIENT).partition("\nif __name__ ==")[0] + "\n")


def read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8", errors="replace", newline="") as file:
        file.write(text)


def restrict() -> None:
    """Takes from jedi what is of no use in a tab, and its way of running code: the import of what has no source."""
    import parso.cache
    from jedi import settings
    from jedi.inference.compiled import access

    for name in DOCUMENTED:
        __import__(name)
    load_module = access.load_module

    def load_known_module(inference_state, dotted_name, sys_path):
        if dotted_name not in sys.modules:
            return None
        return load_module(inference_state, dotted_name=dotted_name, sys_path=sys_path)

    access.load_module = load_known_module
    settings.auto_import_modules = []
    # Jedi wants three times as much, which the stack of a tab does not hold.
    sys.setrecursionlimit(1000)
    # There is one module of the learner's, and few others, which import it.
    settings.dynamic_params_for_other_modules = False
    # What is parsed stays in memory. A file system that is memory too would hold it twice, and is not there the next time.
    parso.cache._save_to_file_system = lambda *_, **__: None
