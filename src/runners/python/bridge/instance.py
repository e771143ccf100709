"""One running instance of a service: its processes, its workers, and the requests that it has taken."""

import builtins
import gc
import heapq
import io
import math
import sys
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

from . import output, scraping
from .boot import boot
from .garbage import Garbage
from .imports import Program
from .journal import Journal
from .log import Log
from .moment import moment
from .problems import Problems, Stopped, place_of, traceback_lines
from .process import Process
from .scratch import Scratch
from .shop import Request, ShopError, process_request

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Coroutine, Iterator

    from .shop import Work

NOT_AWAITED = "process_request() was not awaited, so its work was not done: write await process_request()"

WHILE_SCRAPED = " (while /metrics was made)"


class Instance:
    """`options` are seed, workers and entry, as of createPythonRunner."""

    def __init__(self, options: dict, number: int) -> None:
        self.seed = options["seed"]
        self.entry = options["entry"]
        self.environ = {"HOME": "/home/learner", "PATH": "/usr/bin"}
        self.now = self.origin = 0.0
        self.journal = Journal()
        self.log = Log()
        self.program = None
        self.problems = None
        self.scratch = Scratch(number)
        self._workers = options["workers"]
        # Ports where gunicorn listens for its workers, when there are several.
        self.bound = []
        # Of a program without a gunicorn.conf.py there is one process and no master.
        self._master = None
        self._processes = []
        self._garbage = Garbage()
        # When each worker is free: a heap. Workers that wait for a coroutine are not in it.
        self._free = []
        self._has_coroutines = False
        self._waiting = deque()
        self._responses = []
        # Whether it was said that /metrics is.
        self.is_known_empty = False
        self._turn = 0
        self._scrapes = 0

    def load(self, files: dict[str, str], at: float) -> dict:
        """Runs the files. Gives problems and output, as lists and dicts for JSON."""
        self.now = self.origin = at
        if self.entry not in files:
            return {"problems": [{"message": f"there is no file {self.entry}", "severity": "error"}], "output": []}
        self.program = Program(files, self.scratch.home)
        self.problems = Problems(files)
        self._garbage.begin()
        self.scratch.begin(files)
        self._free = [boot(self, at)] * self._workers
        self._garbage.loaded()
        return self.log.take(math.inf)

    @contextmanager
    def rehearsal(self, process: Process) -> Iterator[None]:
        """What a process does in here another one has done before it: nothing of it shows."""
        process.is_rehearsing = self.log.is_muted = True
        try:
            with self.scratch.fresh():
                yield
                output.finish_lines()
                self.journal.catch_up()
        finally:
            process.is_rehearsing = self.log.is_muted = False

    def add_process(self, number: int | None) -> Process:
        """A worker of that number, or the master for None."""
        process = Process(self, number)
        if number is None:
            self._master = process
        else:
            self._processes.append(process)
        return process

    def processes(self) -> list[Process]:
        """The master, if there is one, and the workers."""
        return [*([self._master] if self._master else []), *self._processes]

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

    def rest(self) -> None:
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
            raise self.stopped(error) from None
        finally:
            self.rest()
        return True

    def stopped(self, error: KeyboardInterrupt) -> Stopped:
        output.finish_lines()
        return Stopped(place_of(error, self.program.files), self.log.take(math.inf)["output"])

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
            raise self.stopped(error) from None
        except BaseException as error:
            self.fail(error)
            status = 500
        finally:
            self.rest()
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
            self.log.report(self.problems.of(error, " (outside of any request)"))

    def fail(self, error: BaseException) -> None:
        """An exception left the handler: the user gets a 500."""
        request = moment.request
        if request is None:
            circumstance = WHILE_SCRAPED if moment.is_standing else ""
            self.log.report(self.problems.of(error, circumstance))
        elif isinstance(error, ShopError):
            self.log.print("error", f"500 {request.method} {request.path}: {error}")
        else:
            service = moment.process.service
            where = "handle" if service.kind == "handle" else "the app"
            circumstance = f" (in {where}, for {request.method} {request.endpoint}; the user got a 500)"
            place = service.place(self.program.files)
            self.log.report(self.problems.of(error, circumstance, place))
            # In life each one is written out; here the first says how the program came there.
            if self.problems.is_new(error):
                for line in traceback_lines(error, self.program.files):
                    self.log.print("error", line)

    def _take_responses(self, until: float) -> list[tuple]:
        """Of requests that were finished by then, in the order in which they were."""
        due = sorted((response for response in self._responses if response[0] <= until), key=lambda r: r[0])
        self._responses = [response for response in self._responses if response[0] > until]
        return [(identity, status, started, finished) for finished, identity, status, started in due]

    def targets(self) -> list[dict]:
        """Ports and paths where a scrape may be tried."""
        return scraping.targets(self.processes()) if self._processes else []

    def scrape(self, accept: str, target: dict | None) -> tuple:
        """Status, content type, body and problems of the answer. Of workers it is the next one's at each scrape."""
        worker = self._processes[self._scrapes % len(self._processes)]
        app = scraping.find(self.processes(), worker, target)
        advice = scraping.NOT_EXPOSED if len(self._processes) == 1 else scraping.NOT_EXPOSED_BY_WORKERS
        if app is None:
            return scraping.unanswered(scraping.advice_on(self.processes(), target, advice))
        if app in worker.shared:
            self._scrapes += 1
        self.enter(app.process, self.now)
        self.journal.begin(self.now)
        moment.is_standing = True
        try:
            return scraping.scrape(app, accept, target, advice)
        except KeyboardInterrupt as error:
            raise self.stopped(error) from None
        except BaseException as error:
            return scraping.failed(self.problems.of(error, WHILE_SCRAPED))
        finally:
            self.rest()
            moment.is_standing = False
