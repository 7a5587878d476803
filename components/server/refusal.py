"""What a script is told when a request cannot be answered."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

import orjson
from flask import Response, request

from analytics.selection.parameter import fault_of
from analytics.selection.parse import from_search
from analytics.selection.selection import Selection

PROBLEM: Final = "application/problem+json"


def refuse(status: int, error: str, reasons: Iterable[str] = ()) -> Response:
    """Answer with a small JSON object; nothing of it is kept by browsers.

    Args:
        status: HTTP status.
        error: What is wrong, in a sentence.
        reasons: What was expected, or each thing that was not understood.
    """
    response = Response(refusal_body(status, error, reasons), status=status, mimetype=PROBLEM)
    response.headers["Cache-Control"] = "no-store"
    return response


def selection_asked() -> Selection | Response:
    """Return the selection in the query of the request, or why it is refused."""
    selection = from_search(request.query_string.decode(errors="replace"))
    faults = tuple(f"{fault.name}: {fault.message}" for fault in selection.faults)
    if selection.notices or faults:
        said = (*map(fault_of, selection.notices), *faults)
        return refuse(400, "The query was not understood.", said)
    return selection


def refusal_body(status: int, error: str, reasons: Iterable[str] = ()) -> bytes:
    """Write the object that ``refuse`` sends, with the members of problem details.

    Args:
        status: HTTP status.
        error: What is wrong, in a sentence; in ``error`` as in ``detail``, where it once was alone.
        reasons: What was expected, or each thing that was not understood.

    Source:
        RFC 9457, Problem Details for HTTP APIs.
    """
    listed = list(reasons)
    told = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": error,
        "error": error,
    }
    return orjson.dumps(told | ({"reasons": listed} if listed else {}))
