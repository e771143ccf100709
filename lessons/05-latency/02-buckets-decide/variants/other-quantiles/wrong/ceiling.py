from prometheus_client import Histogram, start_http_server
from shop import process_request

REQUEST_DURATION = Histogram(
    "http_request_duration_seconds",
    "Request duration in seconds",
    ["endpoint"],
    buckets=[0.006, 0.007, 0.11, 0.17, 0.2, 0.28, 0.36, 10.0],
)


def handle(request):
    """Called once for every request of every user."""
    with REQUEST_DURATION.labels(request.endpoint).time():
        return process_request(request)


start_http_server(8000)
