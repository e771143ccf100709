"""GET /metrics, as whatever the program has started answers it."""

from typing import TYPE_CHECKING

from .moment import moment

if TYPE_CHECKING:
    from .process import Process

PLAIN = "text/plain; charset=utf-8"

NOT_EXPOSED = (
    "nothing answers GET /metrics: add start_http_server(8000) from prometheus_client, or put make_wsgi_app() at "
    "/metrics of the app"
)


def endpoints(process: Process) -> list:
    """Apps that may answer, those that do nothing else first."""
    service = process.service
    return [*process.endpoints, *([service] if service is not None and service.kind != "handle" else [])]


def targets(process: Process) -> list[dict]:
    return [{"port": endpoint.port, "path": "/metrics"} for endpoint in endpoints(process)]


def scrape(process: Process, accept: str, target: dict | None) -> tuple:
    """Status, content type, body and problems. `target` is a dict of port and path, or None for the first there is."""
    listening = [app for app in endpoints(process) if target is None or app.port == target["port"]]
    if not listening:
        return 404, PLAIN, NOT_EXPOSED.encode(), [{"message": NOT_EXPOSED, "severity": "error"}]
    headers = [("Accept", accept), ("Accept-Encoding", "identity"), ("User-Agent", "Prometheus/3.14.0")]
    status, named, body = listening[0].get(target["path"] if target else "/metrics", headers)
    content_type = next((value for name, value in named.items() if name.lower() == "content-type"), "")
    problems = process.instance.log.take_problems(moment.now)
    if status == 404 and not problems:
        problems = [{"message": NOT_EXPOSED, "severity": "error"}]
    return status, content_type, body, problems


def failed(problem: dict) -> tuple:
    """The page of a server whose program raised an exception."""
    return 500, PLAIN, problem["message"].encode("utf-8", "replace"), [problem]
