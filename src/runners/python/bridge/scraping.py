"""GET /metrics, as whatever the program has started answers it."""

import os
from typing import TYPE_CHECKING

from .moment import moment
from .service import is_exposition

if TYPE_CHECKING:
    from .process import Process
    from .service import App

PLAIN = "text/plain; charset=utf-8"

NOT_EXPOSED = (
    "nothing answers GET /metrics: add start_http_server(8000) from prometheus_client, or put make_wsgi_app() at "
    "/metrics of the app"
)
NOT_EXPOSED_BY_WORKERS = (
    "nothing answers GET /metrics: in app.py write metrics_app = make_wsgi_app(), which each worker answers with, or "
    "put make_wsgi_app() at /metrics of the app. What stands under if __name__ == '__main__' does not run in a worker"
)


ELSEWHERE = (
    "nothing answers at port {port}, only at port {ports}: name that port in prometheus.yml, or let the program listen "
    "at {port}"
)
EMPTY = (
    "/metrics is empty: the registry that is served has no metrics. Make metrics without registry=, or give the same "
    "registry to what serves them"
)


def targets(processes: list[Process]) -> list[dict]:
    """Servers of a process first, then what all of them answer at; the last one is a worker."""
    apps = [*servers(processes), *processes[-1].shared]
    return [{"port": port, "path": "/metrics"} for port in dict.fromkeys(app.port for app in apps)]


def find(processes: list[Process], worker: Process, target: dict | None) -> App | None:
    """What answers at the port of the target, or first of all. The worker is the one whose turn it is."""
    apps = [*servers(processes), *worker.shared]
    return next((app for app in apps if target is None or app.port == target["port"]), None)


def advice_on(processes: list[Process], target: dict | None, advice: str) -> str:
    """What to do where nothing answers; the advice is for a program that answers nowhere."""
    ports = " and ".join(str(at["port"]) for at in targets(processes))
    return ELSEWHERE.format(port=target["port"], ports=ports) if target and ports else advice


def servers(processes: list[Process]) -> list[App]:
    return [endpoint for process in processes for endpoint in process.endpoints]


def scrape(app: App, accept: str, target: dict | None, advice: str) -> tuple:
    """Status, content type, body and problems. The advice is for when there are no metrics."""
    headers = [("Accept", accept), ("Accept-Encoding", "identity"), ("User-Agent", "Prometheus/3.14.0")]
    status, named, body = app.get(target["path"] if target else "/metrics", headers)
    content_type = next((value for name, value in named.items() if name.lower() == "content-type"), "")
    problems = moment.instance.log.take_problems(moment.now)
    if status == 404 and not problems:
        problems = [{"message": advice, "severity": "error"}]
    elif is_empty(status, content_type, body) and not moment.instance.is_known_empty:
        moment.instance.is_known_empty = True
        problems = [*problems, {"message": EMPTY, "severity": "warning"}]
    return status, content_type, body, problems


def is_empty(status: int, content_type: str, body: bytes) -> bool:
    """Whether a registry without metrics wrote the page. Files that several processes share are empty at first."""
    is_page = status == 200 and is_exposition(content_type) and "PROMETHEUS_MULTIPROC_DIR" not in os.environ
    return is_page and body in (b"", b"# EOF\n")


def unanswered(advice: str) -> tuple:
    """What stands in for a page where nobody answers."""
    return 404, PLAIN, advice.encode(), [{"message": advice, "severity": "error"}]


def failed(problem: dict) -> tuple:
    """The page of a server whose program raised an exception."""
    return 500, PLAIN, problem["message"].encode("utf-8", "replace"), [problem]
