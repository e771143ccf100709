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
    if is_unknown_product(request.path):
        count(request, 404)
        return 404

    try:
        status = process_request(request)
    except Exception:
        count(request, 500)
        raise
    count(request, status)
    return status


def count(request, status):
    REQUEST_COUNT.labels(
        method=request.method, endpoint=request.endpoint, status=status
    ).inc()


def is_unknown_product(path):
    """The shop sells the products 1 to 900."""
    product = re.fullmatch(r"/api/products/(\d+)", path)
    return product is not None and int(product[1]) > 900


start_http_server(8000)
