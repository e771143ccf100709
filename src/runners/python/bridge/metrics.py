"""What of `prometheus_client.metrics` does not go through ValueClass, and follows virtual time all the same: labelled
children that come and go, Info, Enum, and the `_created` of a counter that is reset."""

import functools
import math
from typing import TYPE_CHECKING

from .journal import Assign
from .moment import moment
from .values import show_from_now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from .journal import Journal
    from .process import Process


def patch_metrics(module: ModuleType, process: Process) -> None:
    journal = process.instance.journal
    base = module.MetricWrapperBase
    follow_births(base, journal)
    follow_removals(base, journal)
    journal_attribute(module.Info, "info", "_value", journal)
    journal_attribute(module.Enum, "state", "_value", journal)
    journal_attribute(module.Counter, "reset", "_created", journal)
    refuse_huge_label_values(base)


def follow_births(base: type, journal: Journal) -> None:
    """A metric or child that is made by code which is ahead of the clock is not there before its moment."""
    construct, collect = base.__init__, base.collect
    base._born = -math.inf
    base._departed = ()

    @functools.wraps(construct)
    def __init__(self, *args, **kwargs):
        construct(self, *args, **kwargs)
        if not journal.is_frontier:
            self._born = moment.now
            for value in values_of(self):
                value.belongs_to(self)

    @functools.wraps(collect)
    def collect_born(self):
        return [] if self._born > moment.now else collect(self)

    def _multi_samples(self):
        now = moment.now
        present = {labels: child for labels, child in self._metrics.items() if child._born <= now}
        if self._departed:
            self._departed = [gone for gone in self._departed if gone[0] > now]
            present.update((labels, child) for _, labels, child in self._departed if child._born <= now)
        for labels, child in present.items():
            pairs = list(zip(self._labelnames, labels))
            for sample in child._samples():
                yield sample._replace(labels=dict(pairs + list(sample.labels.items())))

    base.__init__ = __init__
    base.collect = collect_born
    base._multi_samples = _multi_samples


def values_of(metric: object) -> Iterator:
    """What a metric made of ValueClass; Info and Enum make none."""
    for attribute in vars(metric).values():
        for value in attribute if type(attribute) is list else (attribute,):
            if hasattr(value, "belongs_to"):
                yield value


def follow_removals(base: type, journal: Journal) -> None:
    """A child that is removed ahead of the clock is shown until its moment."""

    def wrap(name: str) -> None:
        original = getattr(base, name)

        @functools.wraps(original)
        def removal(self, *args):
            before = dict(getattr(self, "_metrics", ()))
            original(self, *args)
            if journal.is_frontier:
                return
            gone = [(moment.now, labels, child) for labels, child in before.items() if labels not in self._metrics]
            self._departed = [*self._departed, *gone]

        setattr(base, name, removal)

    for name in ("remove", "remove_by_labels", "clear"):
        wrap(name)


def journal_attribute(cls, method: str, attribute: str, journal: Journal) -> None:
    """The method sets the attribute; from now on at its moment."""
    original = getattr(cls, method)

    @functools.wraps(original)
    def write(self, *args, **kwargs):
        show_from_now(self)
        before = getattr(self, attribute, None)
        original(self, *args, **kwargs)
        after = getattr(self, attribute)
        setattr(self, attribute, before)
        journal.batch.append((None, Assign(self, attribute, after)))
        journal.catch_up()

    setattr(cls, method, write)


LONGEST_LABEL_VALUE = 1_000_000


def refuse_huge_label_values(base: type) -> None:
    """It would make every scrape carry it, and end in the tab running out of memory."""
    construct = base.__init__

    @functools.wraps(construct)
    def __init__(self, *args, **kwargs):
        for label, value in zip(kwargs.get("labelnames") or (), kwargs.get("_labelvalues") or ()):
            if len(value) > LONGEST_LABEL_VALUE:
                raise ValueError(
                    f'the label "{label}" of {args[0]} was given a value of {len(value):,} characters. Prometheus '
                    "would store it whole in every series; here more than 1,000,000 are refused. Use short values "
                    "from a bounded set"
                )
        construct(self, *args, **kwargs)

    base.__init__ = __init__
