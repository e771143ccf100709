import time

from prometheus_client import Histogram, start_http_server
from shop import process_request

REQUEST_DURATION = Histogram(
    "http_request_duration_seconds",
    "Request duration in seconds",
    ["endpoint"],
    buckets=[0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0],
)


def handle(request):
    """Called once for every request of every user."""
    with REQUEST_DURATION.labels(endpoint=request.endpoint).time():
        check_login()
        # Raises when the work fails. The user then gets a 500.
        return process_request(request)


def check_login():
    """Asks another service who this is, which takes 20 ms."""
    time.sleep(0.02)


start_http_server(8000)
