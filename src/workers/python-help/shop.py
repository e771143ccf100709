"""The business behind the handler."""


class ShopError(Exception):
    """The work behind a request failed, as it sometimes does in the shop: not a mistake in the code."""


class Request:
    """A request as `handle` receives it."""

    method: str
    """GET, POST and the like."""

    path: str
    """As the user typed it: `/api/orders/17`."""

    endpoint: str
    """The route it belongs to: `/api/orders/{id}`."""

    user_id: int
    """Who asks."""


def process_request(request: Request = None, /) -> int:
    """Does the work of the request that is being handled: takes as long as it truly takes, on the virtual clock.

    Returns the status to answer with; raises ShopError when the work fails. In an async handler it is awaited. Also
    works at the top level of a file, where there is no request, and takes a tenth of a second.
    """
