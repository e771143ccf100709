# count_exceptions() counts when something is raised, and at no other time.
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
        return 404

    with REQUEST_COUNT.labels(request.method, request.endpoint, 500).count_exceptions():
        return process_request(request)


def is_unknown_product(path):
    """The shop sells the products 1 to 900."""
    product = re.fullmatch(r"/api/products/(\d+)", path)
    return product is not None and int(product[1]) > 900


start_http_server(8000)
