"""Shapes of what data addresses send, for their description."""

from collections.abc import Mapping
from typing import Final

Described = dict[str, object]

TEXT: Final[Described] = {"type": "string"}
_TEXTS: Final[Described] = {"type": "array", "items": TEXT}

_KIND: Final = {"value": TEXT, "words": TEXT}
_RELEASE: Final[dict[str, object]] = dict.fromkeys(
    ("id", "date", "tables", "version", "label"), TEXT
)
_COLUMN: Final = {"name": TEXT, "label": TEXT, "unit": TEXT, "kind": TEXT, "about": TEXT}
_SOURCE: Final[dict[str, object]] = dict.fromkeys(
    (
        *("key", "title", "publisher", "publication", "edition", "period"),
        *("kind", "licence", "citation", "sha256"),
    ),
    TEXT,
)


def schemas() -> Described:
    """Return what a finding in JSON and a refusal hold."""
    finding = {
        **dict.fromkeys(
            (
                *("key", "title", "subtitle", "unit", "sentence", "verdict", "plain", "technical"),
                *("selection", "query", "attribution", "version", "withheld", "release_asked"),
            ),
            TEXT,
        ),
        "parameters": {"type": "object", "additionalProperties": TEXT},
        "kind": _object(_KIND),
        "release": _object(_RELEASE),
        "sources": _array(_object(_SOURCE)),
        "method": _array(_object({"term": TEXT, "description": TEXT})),
        "notes": _TEXTS,
        "suppressed": {"type": "integer", "minimum": 0},
        "columns": _array(_object(_COLUMN)),
        "rows": _array({"type": "object"}),
    }
    problem = {
        "type": TEXT | {"format": "uri-reference"},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "error": TEXT,
    }
    told = _object(problem)
    return {
        "Finding": _object(finding),
        "Problem": told | {"properties": problem | {"reasons": _TEXTS}},
    }


def _object(properties: Mapping[str, object]) -> Described:
    return {"type": "object", "properties": dict(properties), "required": list(properties)}


def _array(items: Described) -> Described:
    return {"type": "array", "items": items}
