"""Takes the interpreter's own ways to JavaScript apart, once, before there is code of a learner's in it.

After `seal` no object of JavaScript is in reach of Python, and nothing that makes one: Pyodide's modules are empty, and
C code that is built into the interpreter is made here for the last time, without what leads out. What is left are
classes of Pyodide's that cannot be instantiated.

What cannot be closed from within Python: a program that breaks the interpreter's memory, with bytecode made by hand for
example, has all of WebAssembly's memory and with it the functions that are imported there. In a tab the thread is the
wall against that (workers/lockdown.ts). On the command line there is none: what runs there is run with the rights of
who calls it, as any program is.
"""

import _imp
import os
import posix
import sys
from importlib.machinery import ModuleSpec
from typing import TYPE_CHECKING

from .imports import BLOCKED

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

NO_LIBRARIES = "there are no native libraries here"


def seal() -> Callable[[], None]:
    """Done once; gives a function that puts the substitutes in place again, which learner code may have changed."""
    substitutes = importing()
    for name in substitutes:
        # Nobody keeps the original: whoever held it in a closure would hand it out with that.
        delattr(_imp, name)
    empty_pyodide()
    # Under Node they would start a program, or end the one that all of this runs in.
    for name in ("system", "kill", "_exit", "abort"):
        delattr(posix, name)
        delattr(os, name)

    def restore() -> None:
        vars(_imp).update(substitutes)

    restore()
    return restore


def importing() -> dict[str, Callable]:
    """Substitutes for the functions of _imp that make modules of C code."""
    built_in = {name: made(name) for name in sys.builtin_module_names if name not in BLOCKED}

    def create_builtin(spec: ModuleSpec) -> ModuleType:
        if spec.name not in built_in:
            raise ImportError(f"{spec.name} cannot be imported: {BLOCKED.get(spec.name, NO_LIBRARIES)}", name=spec.name)
        return built_in[spec.name]

    def create_dynamic(spec: ModuleSpec, file: object = None) -> None:
        raise ImportError(NO_LIBRARIES, name=spec.name)

    return {
        "create_builtin": create_builtin,
        "create_dynamic": create_dynamic,
        "is_builtin": lambda name: int(name in built_in),
    }


def made(name: str) -> ModuleType:
    """The module, or one that importlib will run when it is imported."""
    return sys.modules.get(name) or _imp.create_builtin(ModuleSpec(name, None))


def empty_pyodide() -> None:
    """Whoever finds a class or function of Pyodide's finds nothing through it."""
    for finder in sys.meta_path:
        getattr(finder, "jsproxies", {}).clear()
    # The functions of __main__ are those that brought this here.
    modules = [module for name, module in sys.modules.items() if is_pyodide(name) or name == "__main__"]
    # Modules that are objects of JavaScript have none of their own.
    names = [vars(module) for module in modules if hasattr(module, "__dict__")]
    for cls in {found for known in names for found in known.values() if isinstance(found, type)}:
        # Those of pyodide.ffi say how C code is to treat what is left of JavaScript, and hold nothing of it.
        if is_pyodide(cls.__module__) and cls.__module__ != "pyodide.ffi":
            strip(cls)
    for known in names:
        known.clear()


def is_pyodide(name: object) -> bool:
    return str(name).partition(".")[0] in ("pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "js")


def strip(cls: type) -> None:
    for name in list(vars(cls)):
        try:
            delattr(cls, name)
        except (AttributeError, TypeError):
            # Of C code, or what every class has.
            pass
