# Counts in the except and again in the finally.
import re

from prometheus_client import Counter, start_http_server
from shop import process_request

REQUEST_COUNT = Counter(
    "http_requests_total",
    "Total HTTP requests",
    ["method", "endpoint", "status"],
)


def handle(request):
    """Called once for every request of every user."""
    status = 500
    try:
        if is_unknown_product(request.path):
            status = 404
            return status
        status = process_request(request)
        return status
    except Exception:
        REQUEST_COUNT.labels(request.method, request.endpoint, 500).inc()
        raise
    finally:
        REQUEST_COUNT.labels(request.method, request.endpoint, status).inc()


def is_unknown_product(path):
    """The shop sells the products 1 to 900."""
    product = re.fullmatch(r"/api/products/(\d+)", path)
    return product is not None and int(product[1]) > 900


start_http_server(8000)
