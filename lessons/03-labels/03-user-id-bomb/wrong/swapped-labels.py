from prometheus_client import Counter, start_http_server
from shop import process_request

REQUEST_COUNT = Counter(
    "http_requests_total",
    "Total HTTP requests",
    ["method", "endpoint", "status", "plan"],
)


def handle(request):
    """Called once for every request of every user."""
    method, endpoint = request.method, request.endpoint
    status = 500
    try:
        status = process_request(request)
        return status
    finally:
        REQUEST_COUNT.labels(method, endpoint, plan_of(request.user_id), status).inc()


def plan_of(user_id):
    """What the user pays for: free, team or pro."""
    return ["free", "free", "team", "pro"][user_id % 4]


start_http_server(8000)
