"""The values behind metrics: what `prometheus_client.values.ValueClass` is here, the library's own extension point."""

import mmap
import os
import types
from typing import TYPE_CHECKING

from .journal import Assign
from .moment import moment

if TYPE_CHECKING:
    from types import ModuleType

    from .journal import Journal
    from .process import Process


# The number that it has on Linux.
NO_SUCH_FILE = 2


def patch_values(module: ModuleType, process: Process) -> None:
    """prometheus_client.values: what the metrics of a process make their values of. Follows get_value_class there."""
    journal = process.instance.journal
    if module.ValueClass is module.MutexValue:
        module.ValueClass = journaled_value(journal)
    else:
        module.ValueClass = journaled_file_value(module.MultiProcessValue(lambda: process.pid), process)


def patch_mmap(module: ModuleType, process: Process) -> None:
    """prometheus_client.mmap_dict: files that are seen by others as they are written."""
    module.mmap = types.SimpleNamespace(
        mmap=WrittenThrough, PAGESIZE=mmap.PAGESIZE, ACCESS_READ=mmap.ACCESS_READ, ACCESS_WRITE=mmap.ACCESS_WRITE
    )


def journaled_value(journal: Journal) -> type:
    """Follows MutexValue. One thread runs here, so there is no lock."""
    record = journal.batch.append

    class Value:
        _multiprocess = False
        __slots__ = ("_value", "_exemplar", "_metric")

        def __init__(self, typ, metric_name, name, labelnames, labelvalues, help_text, **kwargs):
            self._value = 0.0
            self._exemplar = None

        def inc(self, amount: float):
            # An amount that cannot be added is refused where the learner wrote it, not when it takes effect.
            probe = self._value
            probe += amount
            record((self, amount))

        def set(self, value, timestamp=None):
            record((None, Assign(self, "_value", value)))

        def set_exemplar(self, exemplar):
            record((None, Assign(self, "_exemplar", exemplar)))

        def get(self):
            return journal.read(self, "_value")

        def get_exemplar(self):
            return journal.read(self, "_exemplar")

        def belongs_to(self, metric: object) -> None:
            """The metric was made ahead of the clock; who writes before its moment brings that forward."""
            self._metric = metric
            self.__class__ = EarlyValue

    class EarlyValue(Value):
        __slots__ = ()

        def inc(self, amount: float):
            show_from_now(self._metric)
            Value.inc(self, amount)

        def set(self, value, timestamp=None):
            show_from_now(self._metric)
            Value.set(self, value)

    return Value


def show_from_now(metric: object) -> None:
    """A write to a metric that another request has made, at a later moment of its own: it is there from now on."""
    if moment.now < metric._born:
        metric._born = moment.now


def require_folder(pid: int, typ: str, *args, multiprocess_mode: str = "", **kwargs) -> None:
    """A folder that is missing is said where the value is made, and not when its moment comes."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR", os.environ.get("prometheus_multiproc_dir"))
    if not os.path.isdir(folder):
        prefix = f"{typ}_{multiprocess_mode}" if typ == "gauge" else typ
        raise FileNotFoundError(NO_SUCH_FILE, "No such file or directory", f"{folder}/{prefix}_{pid}.db")


def journaled_file_value(mmaped_value, process: Process) -> type:
    """Follows MmapedValue: the same files, written when their moment comes."""
    journal = process.instance.journal
    record = journal.batch.append

    class FileValue:
        _multiprocess = True

        def __init__(self, *args, **kwargs):
            require_folder(process.pid, *args, **kwargs)
            self._made_of = args, kwargs
            self._mmaped = None
            self._write(self._file)

        def _write(self, work) -> None:
            """In a rehearsal at once, whatever the moment: with it the files are gone, and what was written is, too."""
            if process.is_rehearsing:
                work()
            else:
                record((None, work))

        def _file(self):
            """The value in the file; there from the moment on at which it is first asked for."""
            if self._mmaped is None:
                args, kwargs = self._made_of
                self._mmaped = mmaped_value(*args, **kwargs)
            return self._mmaped

        def inc(self, amount: float):
            probe = 0.0
            probe += amount
            self._write(lambda: self._file().inc(amount))

        def set(self, value, timestamp=None):
            self._write(lambda: self._file().set(value, timestamp))

        def set_exemplar(self, exemplar):
            """As in the library, which has no exemplars in multi-process mode."""

        def get(self):
            journal.catch_up()
            return self._mmaped.get() if self._mmaped else 0.0

        def get_exemplar(self):
            return None

    return FileValue


class WrittenThrough(bytearray):
    """Memory of a file whose every change is in the file at once. Stands in for mmap, which in a tab is a copy."""

    def __init__(self, fileno, size, access=None):
        super().__init__(os.pread(fileno, size, 0).ljust(size, b"\0"))
        self._fileno = fileno

    def __setitem__(self, place, data):
        super().__setitem__(place, data)
        os.pwrite(self._fileno, data, place.start)

    def close(self) -> None:
        """The file is the owner's to close."""
