from prometheus_client import Histogram, start_http_server
from shop import process_request

REQUEST_DURATION = Histogram(
    "http_request_duration_seconds",
    "Request duration in seconds",
    ["endpoint"],
    buckets=[6.0, 7.0, 110.0, 170.0, 200.0, 280.0, 360.0, 30000.0],
)


def handle(request):
    """Called once for every request of every user."""
    with REQUEST_DURATION.labels(request.endpoint).time():
        return process_request(request)


start_http_server(8000)
