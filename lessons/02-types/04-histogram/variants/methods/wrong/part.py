import time

from prometheus_client import Histogram, start_http_server
from shop import process_request

RESPONSE_TIME = Histogram(
    "http_response_seconds",
    "Time to a response in seconds",
    ["method"],
    buckets=[0.1, 0.2, 0.4, 0.8],
)


def handle(request):
    """Called once for every request of every user."""
    check_login()
    # Raises when the work fails. The user then gets a 500.
    with RESPONSE_TIME.labels(method=request.method).time():
        return process_request(request)


def check_login():
    """Asks another service who this is, which takes 20 ms."""
    time.sleep(0.02)


start_http_server(8000)
