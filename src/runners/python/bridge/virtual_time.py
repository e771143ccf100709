"""The clocks of Python, reading and moving the virtual one."""

import datetime
import queue
import threading
import time
import timeit

from .moment import moment

# Taken before anything is replaced.
gmtime, strftime, asctime, ctime = time.gmtime, time.strftime, time.asctime, time.ctime
REAL_DATETIME, REAL_DATE = datetime.datetime, datetime.date


def now() -> float:
    """Seconds since the epoch."""
    return moment.now / 1000.0


def now_ns() -> int:
    return round(moment.now * 1e6)


def monotonic() -> float:
    """Seconds since the instance was started: counted from there, short durations keep all their digits."""
    return (moment.now - moment.origin) / 1000.0


def monotonic_ns() -> int:
    return round((moment.now - moment.origin) * 1e6)


def sleep(seconds: float, /) -> None:
    """Waits on the virtual clock."""
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    moment.wait(seconds * 1000.0)


def no_work() -> float:
    """Of the time of a processor nothing passes in a simulation."""
    return 0.0


def clock_gettime(clock):
    return now() if clock == time.CLOCK_REALTIME else monotonic()


REPLACEMENTS = {
    "time": now,
    "time_ns": now_ns,
    "monotonic": monotonic,
    "monotonic_ns": monotonic_ns,
    "perf_counter": monotonic,
    "perf_counter_ns": monotonic_ns,
    "process_time": no_work,
    "process_time_ns": lambda: 0,
    "thread_time": no_work,
    "thread_time_ns": lambda: 0,
    "clock_gettime": clock_gettime,
    "clock_gettime_ns": lambda clock: round(clock_gettime(clock) * 1e9),
    "sleep": sleep,
    # A tab of this simulation is in UTC, wherever its reader is.
    "gmtime": lambda seconds=None, /: gmtime(now() if seconds is None else seconds),
    "localtime": lambda seconds=None, /: gmtime(now() if seconds is None else seconds),
    "ctime": lambda seconds=None, /: ctime(now() if seconds is None else seconds),
    "asctime": lambda t=None, /: asctime(gmtime(now()) if t is None else t),
    "strftime": lambda text, t=None, /: strftime(text, gmtime(now()) if t is None else t),
}


def install_time() -> None:
    """Puts the virtual clocks in place; again before each load, since learner code may have changed them."""
    for name, function in REPLACEMENTS.items():
        setattr(time, name, function)
    timeit.default_timer = monotonic
    datetime.datetime, datetime.date = VirtualDatetime, VirtualDate
    threading._time = queue.time = monotonic
    threading.Condition.wait = wait_for_nobody


def wait_for_nobody(self, timeout=None):
    """Condition.wait where no other thread could notify: the time passes, and that is all."""
    if timeout is None:
        raise RuntimeError("this waits for another thread, and there is none here: it would wait for ever")
    moment.wait(timeout * 1000.0)
    return False


class InstanceOfReal(type(REAL_DATETIME)):
    """Dates that C code makes are of the real classes and count as these."""

    def __instancecheck__(cls, value):
        return isinstance(value, cls.real) if "real" in cls.__dict__ else super().__instancecheck__(value)

    def __subclasscheck__(cls, subclass):
        return issubclass(subclass, cls.real) if "real" in cls.__dict__ else super().__subclasscheck__(subclass)


class VirtualDatetime(REAL_DATETIME, metaclass=InstanceOfReal):
    """`datetime.datetime` whose now is the virtual clock's."""

    real = REAL_DATETIME

    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(moment.now / 1000.0, tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(moment.now / 1000.0, datetime.timezone.utc).replace(tzinfo=None)

    @classmethod
    def today(cls):
        return cls.now()

    def date(self):
        return VirtualDate(self.year, self.month, self.day)

    def __repr__(self):
        return f"datetime.{super().__repr__()}"


class VirtualDate(REAL_DATE, metaclass=InstanceOfReal):
    """`datetime.date` whose today is the virtual clock's."""

    real = REAL_DATE

    @classmethod
    def today(cls):
        return cls.fromtimestamp(moment.now / 1000.0)

    def __repr__(self):
        return f"datetime.{super().__repr__()}"


for virtual, name in ((VirtualDatetime, "datetime"), (VirtualDate, "date")):
    virtual.__name__ = virtual.__qualname__ = name
    virtual.__module__ = "datetime"
