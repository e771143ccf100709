from prometheus_client import Counter, Gauge, Histogram, start_http_server
from shop import process_request

REQUEST_COUNT = Counter(
    "http_requests_total", "Total HTTP requests", ["method", "endpoint", "status"]
)

ACTIVE_CONNECTIONS = Gauge("active_connections", "Current active connections")

REQUEST_DURATION = Histogram(
    "http_request_duration_seconds",
    "Request duration in seconds",
    ["endpoint"],
    buckets=[0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0],
)


@ACTIVE_CONNECTIONS.track_inprogress()
def handle(request):
    """Called once for every request of every user. What it counts shows up in /metrics."""
    status = 500
    try:
        with REQUEST_DURATION.labels(request.endpoint).time():
            status = process_request(request)
        return status
    finally:
        REQUEST_COUNT.labels(request.method, request.endpoint, status).inc()


start_http_server(8000)
