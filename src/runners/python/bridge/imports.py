"""What `import` finds: the learner's files, modules that every process has of its own, and nothing that leads out.

Modules of a process's own (prometheus_client with its REGISTRY, random, the learner's files) are put into sys.modules
when the process is entered, and taken out when it is left; all others are shared and stay.
"""

import importlib.machinery
import importlib.util
import linecache
import sys
from typing import TYPE_CHECKING

from .moment import moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec
    from types import CodeType

    from .process import Process

# Made anew for every process, from code that is read once.
OWN = frozenset(("prometheus_client", "random", "secrets", "tempfile", "uuid"))

BLOCKED = {
    **dict.fromkeys(
        ("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "micropip"),
        "there is no way from here into the page: the code runs as on a host of its own",
    ),
    **dict.fromkeys(("ctypes", "_ctypes"), "there are no native libraries here"),
    "_multiprocessing": "there are no other processes here: do the work in the handler itself",
    "_posixsubprocess": "there are no other programs here",
    **dict.fromkeys(
        (
            *("_testbuffer", "_testcapi", "_testclinic", "_testclinic_limited", "_testinternalcapi"),
            *("_testlimitedcapi", "_remote_debugging", "_xxtestfuzz", "xxsubtype"),
        ),
        "it is there for the developers of Python",
    ),
}


class CodeLoader:
    """Runs code that is already compiled, and what is to be done after it."""

    def __init__(self, code: CodeType, after=None) -> None:
        self._code = code
        self._after = after

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self._code, module.__dict__)
        if self._after:
            self._after(module)

    def get_code(self, name):
        return self._code


class Finder:
    """First of the finders. `patches` are functions of a module and the process, by the module's name."""

    def __init__(self, patches: dict[str, Callable]) -> None:
        self._patches = patches
        self._known = {}

    def find_spec(self, name, path=None, target=None):
        root = name.partition(".")[0]
        if root in BLOCKED:
            raise ImportError(f"{name} cannot be imported: {BLOCKED[root]}", name=name)
        process = moment.process
        if process is None:
            return None
        spec = process.program.find_spec(name)
        if spec is None and (root in OWN or name in self._patches):
            spec = self._copy(name, path, process)
        if spec is not None and (root in OWN or root in process.program.roots):
            process.names.add(name)
        return spec

    def _copy(self, name: str, path: object, process: Process) -> ModuleSpec | None:
        if name not in self._known:
            found = importlib.machinery.PathFinder.find_spec(name, path)
            self._known[name] = found and (found.loader.get_code(name), found.origin, found.submodule_search_locations)
        if self._known[name] is None:
            return None
        code, origin, locations = self._known[name]
        patch = self._patches.get(name)
        loader = CodeLoader(code, patch and (lambda module: patch(module, process)))
        return importlib.util.spec_from_file_location(
            name, origin, loader=loader, submodule_search_locations=locations and list(locations)
        )


class Program:
    """The learner's files, compiled when they are imported."""

    def __init__(self, files: dict[str, str], folder: str) -> None:
        self.files = files
        self._folder = folder
        self._codes = {}
        self.roots = {name.removesuffix(".py").partition("/")[0] for name in files if name.endswith(".py")}

    def enlist(self) -> None:
        """Makes the lines known from which tracebacks quote."""
        for name, text in self.files.items():
            linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)

    def code_of(self, file: str) -> CodeType:
        if file not in self._codes:
            self._codes[file] = compile(self.files[file], file, "exec", dont_inherit=True)
        return self._codes[file]

    def path_of(self, file: str) -> str:
        return f"{self._folder}/{file}"

    def find_spec(self, name: str) -> ModuleSpec | None:
        place = name.replace(".", "/")
        for file in (f"{place}/__init__.py", f"{place}.py"):
            if file in self.files:
                return importlib.util.spec_from_file_location(
                    name,
                    self.path_of(file),
                    loader=FileLoader(self, file),
                    submodule_search_locations=[self.path_of(place)] if file.endswith("__init__.py") else None,
                )
        if any(file.startswith(f"{place}/") and file.endswith(".py") for file in self.files):
            spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
            spec.submodule_search_locations = [self.path_of(place)]
            return spec
        return None


class FileLoader:
    """Loads one of the learner's files. It is compiled when it runs, so that a syntax error says where it is."""

    def __init__(self, program, file: str) -> None:
        self._program = program
        self._file = file

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self._program.code_of(self._file), module.__dict__)

    def get_source(self, name):
        return self._program.files[self._file]


def install_imports(patches: dict[str, Callable]) -> Callable[[], None]:
    """Takes Pyodide's own ways into the page out of reach, and modules that every process is to make for itself.

    Gives a function that puts the finders back in place.
    """
    finders = [
        Finder(patches),
        *(finder for finder in sys.meta_path if finder.__module__.partition(".")[0] != "_pyodide"),
    ]
    for name in list(sys.modules):
        root = name.partition(".")[0]
        if root in BLOCKED or root in OWN:
            del sys.modules[name]

    def restore() -> None:
        sys.meta_path[:] = finders

    return restore
