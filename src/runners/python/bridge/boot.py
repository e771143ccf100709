"""The start of an instance: its program is run by itself, or as gunicorn does it when there is a gunicorn.conf.py."""

import functools
import math
import os
import sys
from typing import TYPE_CHECKING

from .master import Master
from .moment import KeepAlive, moment
from .problems import place_of
from .servers import AddressInUse
from .service import find_service, find_shared
from .settings import CONFIG, Refused, place_of_setting

if TYPE_CHECKING:
    from collections.abc import Callable

    from .instance import Instance
    from .process import Process

# A top level that waits longer than this, in milliseconds, would wait for ever.
PATIENCE = 60_000

NOTHING_ANSWERS = (
    'nothing in {entry} answers requests: write a function "def handle(request):" that returns a status, or make a '
    "Flask app called app. Simulated users send the requests here, so what a loop of your own does goes into handle"
)
STOPPED_WAITING = (
    "the top level was left here, where it had waited for a minute: a loop that keeps the program alive is not needed, "
    "because requests come to handle. What the loop itself measures stands still from now on"
)
WAITS_FOR_EVER = "gunicorn.conf.py waits for ever here, so gunicorn never starts: take the wait away"
PORT_TAKEN = (
    " (in {title} of {count}: {owner} has the port, and gunicorn gives up: Worker failed to boot. Every worker runs "
    "this, and a port can be had by one process only; {advice})"
)
PORT_OF_GUNICORN = (
    " ({place}gunicorn itself listens at port {port}, for its workers, so nothing else can: let them answer "
    "GET /metrics there, with metrics_app = make_wsgi_app() in {entry} instead, or take another port, such as 9100, "
    "which prometheus.yml then has to name)"
)
TAKEN_BY_MASTER = "take this server away, for the one that gunicorn.conf.py starts answers for all"
TAKEN_BY_WORKER = (
    "let the workers answer GET /metrics at gunicorn's port, with metrics_app = make_wsgi_app() instead, or start one "
    "server for all of them in when_ready of gunicorn.conf.py"
)
NO_FOLDER = (
    "; PROMETHEUS_MULTIPROC_DIR names a folder that is not there: make it before, with "
    'os.makedirs("{folder}", exist_ok=True) at the top of {file}'
)


def boot(instance: Instance, at: float) -> float:
    """Starts all processes. Gives the moment at which they are ready; what went wrong is reported."""
    if CONFIG in instance.program.files:
        return boot_gunicorn(instance, at)
    process = instance.add_process(0)
    if run(process, at, lambda: run_entry(process), lambda error: ""):
        find(process)
    return moment.now


def boot_gunicorn(instance: Instance, at: float) -> float:
    """Stops at the first process that fails, as gunicorn does."""
    master = Master(instance, run_entry)
    process = instance.add_process(None)
    if not run(process, at, lambda: master.start(process), lambda error: circumstance(error, master, process)):
        return moment.now
    ready = moment.now
    for number in range(master.settings.workers):
        worker = instance.add_process(number)
        start = functools.partial(master.start_worker, worker, number)
        if not run(worker, at, start, lambda error: circumstance(error, master, worker)) or not find(worker):
            break
        ready = max(ready, moment.now)
    return ready


def circumstance(error: BaseException, master: Master, process: Process) -> str:
    """Where gunicorn was when the process failed, and what to do about a port."""
    if not isinstance(error, AddressInUse):
        return master.stage
    count = master.settings.workers
    if error.owner is None:
        place = master.stage.strip(" ()") if process.number is None else f"in {process.title} of {count}"
        return PORT_OF_GUNICORN.format(place=place and f"{place}: ", port=error.port, entry=process.instance.entry)
    advice = TAKEN_BY_MASTER if error.owner.number is None else TAKEN_BY_WORKER
    return PORT_TAKEN.format(title=process.title, count=count, owner=error.owner.title, advice=advice)


def run(process: Process, at: float, work: Callable, circumstance: Callable[[BaseException], str]) -> bool:
    """Runs a program's beginning in a process, from that moment on. Whether it came to its end."""
    instance = process.instance
    instance.enter(process, at)
    instance.journal.begin(at)
    moment.patience = at + PATIENCE
    try:
        work()
        return True
    except KeyboardInterrupt as error:
        raise instance.stopped(error) from None
    except Refused as error:
        place = place_of_setting(error.name, instance.program.files[CONFIG])
        instance.log.report({"message": str(error), "severity": "error", **place})
    except KeepAlive as error:
        place = place_of(error, instance.program.files) or {}
        instance.log.report({"message": WAITS_FOR_EVER, "severity": "error", **place})
    except BaseException as error:
        instance.log.report(instance.problems.of(error, circumstance(error) + missing_folder(instance.program.files)))
    finally:
        moment.patience = math.inf
        instance.rest()
    return False


def missing_folder(files: dict[str, str]) -> str:
    """What to do when the folder is missing that the metrics of several processes are shared in."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if not folder or os.path.isdir(folder):
        return ""
    return NO_FOLDER.format(folder=folder, file=CONFIG if CONFIG in files else "the program")


def run_entry(process: Process) -> None:
    """Runs the entry file in the running process."""
    instance = process.instance
    process.main.__file__ = instance.program.path_of(instance.entry)
    sys.argv[:] = [instance.entry]
    began = moment.now
    moment.patience = began + PATIENCE
    try:
        exec(instance.program.code_of(instance.entry), process.main.__dict__)
    except KeepAlive as error:
        moment.now = began
        place = place_of(error, instance.program.files) or {}
        instance.log.report({"message": STOPPED_WAITING, "severity": "warning", **place})


def find(process: Process) -> bool:
    """Finds what answers requests and scrapes. Whether there is something that answers requests."""
    instance = process.instance
    process.service = find_service(process, instance.entry)
    if process.service is None:
        message = NOTHING_ANSWERS.format(entry=instance.entry)
        place = {"file": instance.entry, "line": 1, "column": 1}
        instance.log.report({"message": message, "severity": "error", **place})
        return False
    process.shared = find_shared(process)
    return True
