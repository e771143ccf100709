"""What an instance has to say, in order of virtual time: what it printed, and what went wrong."""

from .moment import moment

# Between two looks; the same as in service-host.ts.
MOST_PROBLEMS = 20
MOST_OUTPUT = 200
# Of lines and problems that wait for their moment.
MOST_AHEAD = 10_000


class Log:
    def __init__(self) -> None:
        self._output = []
        self._problems = []
        # While something is done that was said before.
        self.is_muted = False

    def print(self, level: str, text: str) -> None:
        if not self.is_muted and len(self._output) < MOST_AHEAD:
            self._output.append((moment.now, level, text))

    def report(self, problem: dict) -> None:
        if not self.is_muted and len(self._problems) < MOST_AHEAD:
            self._problems.append((moment.now, problem))

    def take(self, until: float) -> dict:
        """What was said up to that moment, as lists for JSON."""
        output, self._output = parted(self._output, until)
        return {"problems": self.take_problems(until), "output": output[:MOST_OUTPUT]}

    def take_problems(self, until: float) -> list[dict]:
        """A problem is said once."""
        problems, self._problems = parted(self._problems, until)
        once = {}
        for _, problem in problems:
            once.setdefault((problem["message"], problem.get("file"), problem.get("line")), problem)
        return list(once.values())[:MOST_PROBLEMS]


def parted(entries: list, until: float) -> tuple[list, list]:
    """What is due, in order of time, and what is not."""
    due = sorted((entry for entry in entries if entry[0] <= until), key=lambda entry: entry[0])
    return due, [entry for entry in entries if entry[0] > until]
