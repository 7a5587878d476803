"""The path that the explorer is served under, and addresses written below it.

Inside the explorer every address begins at "/". What a reader is sent begins with the prefix of
the request: nothing, or for example ``/explorer``. ``components.server.proxy`` finds the prefix.
"""

from flask import has_request_context, request

from analytics.publication.published import Published


def prefix() -> str:
    """Return the prefix of the request, without a slash at its end; "" at the root."""
    return request.script_root if has_request_context() else ""


def at(path: str) -> str:
    """Return an address of the explorer as the reader's browser must ask for it.

    Args:
        path: From the first slash, with any query.
    """
    return f"{prefix()}{path}"


def placed(published: Published) -> Published:
    """Return a finding whose rows hold addresses as the reader's browser must ask for them.

    Args:
        published: From ``Finding.publish``.
    """
    return published.under(prefix())
