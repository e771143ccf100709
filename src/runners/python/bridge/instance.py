"""One running instance of a service: its processes, its workers, and the requests that it has taken."""

import builtins
import gc
import heapq
import io
import math
import sys
from collections import deque
from typing import TYPE_CHECKING

from . import output, scraping
from .garbage import Garbage
from .imports import Program
from .journal import Journal
from .log import Log
from .moment import KeepAlive, moment
from .problems import Problems, place_of
from .process import Process
from .scratch import Scratch
from .service import find_service
from .shop import Request, ShopError, process_request

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Coroutine

    from .shop import Work

# A top level that waits longer than this, in milliseconds, would wait for ever.
PATIENCE = 60_000

NOTHING_ANSWERS = (
    'nothing in {entry} answers requests: write a function "def handle(request):" that returns a status, or make a '
    "Flask app called app"
)
STOPPED_WAITING = (
    "the top level was left here, where it waits for ever: a loop that keeps the program alive is not needed, because "
    "requests come to handle"
)
NOT_AWAITED = "process_request() was not awaited, so its work was not done: write await process_request()"

WHILE_SCRAPED = " (while /metrics was made)"


class Stopped(Exception):
    """The program was ended from outside, or ended itself. `place` is where it was."""

    def __init__(self, place: dict | None) -> None:
        self.place = place


class Instance:
    """`options` are seed, workers, entry, processes and env, as of createPythonRunner."""

    def __init__(self, options: dict, number: int) -> None:
        self.seed = options["seed"]
        self.entry = options["entry"]
        self.environ = {"HOME": "/home/learner", "PATH": "/usr/bin", **options["env"]}
        self.now = self.origin = 0.0
        self.journal = Journal()
        self.log = Log()
        self.program = None
        self._problems = None
        self.scratch = Scratch(number)
        self._workers = options["workers"]
        self._process_count = options["processes"]
        self._processes = []
        self._garbage = Garbage()
        # When each worker is free: a heap. Workers that wait for a coroutine are not in it.
        self._free = []
        self._has_coroutines = False
        self._waiting = deque()
        self._responses = []
        self._turn = 0
        self._scrapes = 0

    def load(self, files: dict[str, str], at: float) -> dict:
        """Runs the files. Gives problems and output, as lists and dicts for JSON."""
        self.now = self.origin = at
        if self.entry not in files:
            return {"problems": [{"message": f"there is no file {self.entry}", "severity": "error"}], "output": []}
        self.program = Program(files, self.scratch.home)
        self._problems = Problems(files)
        self._garbage.begin()
        self.scratch.begin(files, self.environ)
        ready = at
        for number in range(self._process_count):
            process = Process(self, number)
            self._processes.append(process)
            self.enter(process, at)
            ready = max(ready, self._run(process, at))
        self._garbage.loaded()
        self._free = [ready] * self._workers
        return self.log.take(math.inf)

    def enter(self, process: Process, at: float) -> None:
        """Makes this instance, and a process of it, the one that runs, with its clock at that moment."""
        if moment.instance is not self:
            if moment.instance is not None:
                moment.instance.scratch.put_away()
            moment.instance = self
            self.scratch.enter()
            self.program.enlist()
        moment.journal = self.journal
        moment.origin = self.origin
        sys.stdin, sys.stdout, sys.stderr = io.StringIO(), output.STDOUT, output.STDERR
        builtins.process_request = process_request
        gc.get_stats = self._garbage.stats
        process.enter()
        moment.now = at

    def _run(self, process: Process, at: float) -> float:
        """Runs the top level of the entry file. Gives the moment at which it is done."""
        main = process.main
        main.__file__ = self.program.path_of(self.entry)
        sys.argv[:] = [self.entry]
        self.journal.begin(at)
        moment.patience = at + PATIENCE
        try:
            exec(self.program.code_of(self.entry), main.__dict__)
        except KeepAlive as error:
            moment.now = at
            place = place_of(error, self.program.files) or {}
            self.log.report({"message": STOPPED_WAITING, "severity": "warning", **place})
        except KeyboardInterrupt as error:
            raise Stopped(place_of(error, self.program.files)) from None
        except BaseException as error:
            self.log.report(self._problems.of(error))
            return moment.now
        finally:
            moment.patience = math.inf
            self._rest()
        process.service = find_service(process, self.entry)
        if process.service is None:
            message = NOTHING_ANSWERS.format(entry=self.entry)
            self.log.report({"message": message, "severity": "error", "file": self.entry, "line": 1, "column": 1})
        return moment.now

    def _rest(self) -> None:
        """Code came to rest."""
        output.finish_lines()
        self.journal.close(moment.now)

    def handle(self, rows: list, until: float) -> dict:
        """Lets the instance live until the given moment, with these requests arriving on the way, in order of time."""
        for identity, at, *request in rows:
            self._waiting.append((identity, max(at, self.now), Request(*request)))
        self.enter(self._processes[self._turn], self.now)
        while True:
            process = self._processes[self._turn]
            start = self._next_start(process)
            if self._has_coroutines and self._resume(min(start, until)):
                continue
            if start > until:
                break
            self._turn = (self._turn + 1) % len(self._processes)
            self._start(process, start)
        self.now = moment.now = until
        self.journal.settle(until)
        return {"responses": self._take_responses(until), **self.log.take(until)}

    def _next_start(self, process: Process) -> float:
        """When the first request that waits finds a worker."""
        if not self._waiting or not self._free:
            return math.inf
        return max(self._waiting[0][1], self._free[0], process.busy_until())

    def _resume(self, until: float) -> bool:
        """Lets the coroutines go on that are due next, if that is before the given moment or at it."""
        process = min(self._processes, key=Process.due)
        at = process.due()
        if at > until:
            return False
        self._begin(process, at)
        try:
            process.loop().run()
        except KeyboardInterrupt as error:
            raise Stopped(place_of(error, self.program.files)) from None
        finally:
            self._rest()
        return True

    def _begin(self, process: Process, at: float) -> None:
        """Learner code runs from that moment on."""
        process.enter()
        self.journal.begin(at)
        moment.now = at

    def _start(self, process: Process, at: float) -> None:
        """A worker takes a request. Code that blocks is run to its end, which may be ahead of the instance."""
        identity, _, request = self._waiting.popleft()
        heapq.heappop(self._free)
        self._begin(process, at)
        moment.request = request
        try:
            status = process.service.answer(request)
            if not isinstance(status, int):
                return self._start_coroutine(process, status, identity, request, at)
        except KeyboardInterrupt as error:
            raise Stopped(place_of(error, self.program.files)) from None
        except BaseException as error:
            self.fail(error)
            status = 500
        finally:
            self._rest()
            moment.request = None
        self._finish(identity, status, at)

    def _finish(self, identity: int, status: int, started: float) -> None:
        """The response goes out, and the worker is free."""
        heapq.heappush(self._free, moment.now)
        self._responses.append((moment.now, identity, status, started))
        self._garbage.request()

    def _start_coroutine(
        self, process: Process, coroutine: Coroutine, identity: int, request: Request, started: float
    ) -> None:
        """The worker is kept until the coroutine is done."""
        moment.request = None
        self._has_coroutines = True
        loop = process.loop()
        loop.start(coroutine, request, lambda task: self._finish(identity, self._result_of(task, request), started))
        loop.run()

    def _result_of(self, task: asyncio.Task, request: Request) -> int:
        """The status that a coroutine has answered with."""
        moment.request = request
        try:
            if request._pending is not None:
                self._report_unawaited(request._pending)
            return task.result()
        except BaseException as error:
            self.fail(error)
            return 500
        finally:
            moment.request = None

    def _report_unawaited(self, work: Work) -> None:
        place = {"file": work.file, "line": work.line} if work.file in self.program.files else {}
        self.log.report({"message": NOT_AWAITED, "severity": "warning", **place})

    def stray(self, context: dict) -> None:
        """An exception in a task that nobody waits for."""
        error = context.get("exception")
        if error is not None:
            self.log.report(self._problems.of(error, " (outside of any request)"))

    def fail(self, error: BaseException) -> None:
        """An exception left the handler: the user gets a 500."""
        request = moment.request
        if request is None:
            circumstance = WHILE_SCRAPED if moment.is_standing else ""
            self.log.report(self._problems.of(error, circumstance))
        elif isinstance(error, ShopError):
            self.log.print("error", f"500 {request.method} {request.path}: {error}")
        else:
            service = moment.process.service
            where = "handle" if service.kind == "handle" else "the app"
            circumstance = f" (in {where}, for {request.method} {request.endpoint}; the user got a 500)"
            place = service.place(self.program.files)
            self.log.report(self._problems.of(error, circumstance, place))

    def _take_responses(self, until: float) -> list[tuple]:
        """Of requests that were finished by then, in the order in which they were."""
        due = sorted((response for response in self._responses if response[0] <= until), key=lambda r: r[0])
        self._responses = [response for response in self._responses if response[0] > until]
        return [(identity, status, started, finished) for finished, identity, status, started in due]

    def targets(self) -> list[dict]:
        """Ports and paths where a scrape may be tried."""
        return scraping.targets(self._processes[0]) if self._processes else []

    def scrape(self, accept: str, target: dict | None) -> tuple:
        """What a process answers now, the next one at each scrape: status, content type, body and problems."""
        process = self._processes[self._scrapes % len(self._processes)]
        self._scrapes += 1
        self.enter(process, self.now)
        self.journal.begin(self.now)
        moment.is_standing = True
        try:
            return scraping.scrape(process, accept, target)
        except KeyboardInterrupt as error:
            raise Stopped(place_of(error, self.program.files)) from None
        except BaseException as error:
            return scraping.failed(self._problems.of(error, WHILE_SCRAPED))
        finally:
            self._rest()
            moment.is_standing = False
