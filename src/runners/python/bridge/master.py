"""gunicorn: a master that reads gunicorn.conf.py and forks workers, in the order of gunicorn/arbiter.py.

A fork copies the memory of a process. Here there is none, so the memory of a worker is made once more: everything that
the master did before the fork is done again in the same circumstances (clock, chance, files, pid), and without leaving
a trace. What the master had imported is so inherited, and what it had set; servers that it started stay its own.

Hooks that are called: nworkers_changed, on_starting, when_ready, pre_fork, post_fork, post_worker_init. Those about the
end of a worker (child_exit, worker_exit, worker_int, worker_abort, on_exit) are checked and never called: a new
deployment and a crash end all processes of an instance at once, and leave no files behind. Nor are those of single
requests (pre_request, post_request), of a reload, of TLS and of dirty workers.

With one worker the entry file runs as `__main__`, as it does by itself, and its servers and apps have their ports as
then; several import it by its name, as under gunicorn, whose own the ports of `bind` are then: apps answer there.
"""

import os
import sys
import types
from typing import TYPE_CHECKING

from .gunicorn import Arbiter, Worker
from .moment import moment
from .process import pid_of_worker
from .settings import CONFIG, TOO_LATE, Settings, place_of_setting

if TYPE_CHECKING:
    from collections.abc import Callable

    from .instance import Instance
    from .process import Process


class Master:
    """Of an instance whose files hold a gunicorn.conf.py."""

    def __init__(self, instance: Instance, run_entry: Callable[[Process], None]) -> None:
        self.settings = None
        # What is being done, for the problem that may come of it.
        self.stage = ""
        # Whether prometheus_client was there before the settings took effect, and counts in memory therefore.
        self._is_late = False
        self._instance = instance
        self._run_entry = run_entry

    def start(self, process: Process) -> None:
        """What the master does in its own process."""
        server = self._begin(process)
        self._remark(process)
        for number in range(self.settings.workers):
            self._fork(server, number)

    def start_worker(self, process: Process, number: int) -> None:
        """What a worker does in its own process; `number` counts from 0."""
        process.be_master()
        with self._instance.rehearsal(process):
            server = self._begin(process)
            for before in range(number):
                self._fork(server, before)
            worker = self._pre_fork(server, number)
        process.fork(number)
        worker.pid = process.pid
        self._hook("post_fork", server, worker)
        os.environ.update(self.settings.env)
        if not self.settings.preload_app:
            self._load()
        self._hook("post_worker_init", worker)

    def _begin(self, process: Process) -> Arbiter:
        """Everything before the first fork."""
        self.stage = ""
        self.settings = Settings(self._read(process))
        process.is_one_of_several = self.settings.workers > 1
        self._instance.bound = self.settings.ports if process.is_one_of_several else []
        server = Arbiter(self.settings, process)
        self._hook("nworkers_changed", server, self.settings.workers, None)
        os.environ.update(self.settings.env)
        if self.settings.preload_app:
            self._load()
        self._hook("on_starting", server)
        self._hook("when_ready", server)
        return server

    def _read(self, process: Process) -> dict:
        """Runs the file in a module of its own. Follows get_config_from_filename."""
        module = types.ModuleType("__config__")
        module.__file__ = process.program.path_of(CONFIG)
        sys.modules["__config__"] = module
        process.names.add("__config__")
        exec(process.program.code_of(CONFIG), module.__dict__)
        self._is_late = is_counting_in_memory()
        return vars(module)

    def _load(self) -> None:
        self.stage = ""
        process = moment.process
        # A hook or the file itself may have imported it already.
        if process.is_one_of_several and not process.import_main(self._instance.entry.removesuffix(".py")):
            return
        self._run_entry(process)

    def _fork(self, server: Arbiter, number: int) -> None:
        """What the master knows of a worker from then on."""
        worker = self._pre_fork(server, number)
        worker.pid = pid_of_worker(number)
        server.WORKERS[worker.pid] = worker

    def _pre_fork(self, server: Arbiter, number: int) -> Worker:
        worker = Worker(number + 1, server)
        self._hook("pre_fork", server, worker)
        return worker

    def _hook(self, name: str, *args) -> None:
        hook = self.settings.hooks.get(name)
        if hook is not None:
            self.stage = f" (in {name})"
            hook(*args)

    def _remark(self, process: Process) -> None:
        """What gunicorn takes without a word and is worth one."""
        text = process.program.files[CONFIG]
        remarks = list(self.settings.remarks())
        if self._is_late and "PROMETHEUS_MULTIPROC_DIR" in self.settings.env:
            remarks.append(("raw_env", TOO_LATE))
        for name, message in remarks:
            place = place_of_setting(name, text)
            self._instance.log.report({"message": message, "severity": "warning", **place})


def is_counting_in_memory() -> bool:
    """Whether prometheus_client is there and has decided against files."""
    values = sys.modules.get("prometheus_client.values")
    return values is not None and not values.ValueClass._multiprocess
