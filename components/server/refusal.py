"""What a script is told when a request cannot be answered."""

from collections.abc import Iterable

import orjson
from flask import Response


def refuse(status: int, error: str, reasons: Iterable[str] = ()) -> Response:
    """Answer with a small JSON object; nothing of it is kept by browsers.

    Args:
        status: HTTP status.
        error: What is wrong, in a sentence.
        reasons: What was expected, or each thing that was not understood.
    """
    response = Response(refusal_body(error, reasons), status=status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def refusal_body(error: str, reasons: Iterable[str] = ()) -> bytes:
    """Write the object that ``refuse`` sends.

    Args:
        error: What is wrong, in a sentence.
        reasons: What was expected, or each thing that was not understood.
    """
    listed = list(reasons)
    return orjson.dumps({"error": error, **({"reasons": listed} if listed else {})})
