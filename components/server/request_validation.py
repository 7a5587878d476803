"""Whether the body of a callback request is one that the pages themselves could have sent."""

import json
import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NoReturn

from dash import Dash
from dash.dependencies import Output

DEEPEST: Final = 64  # levels; the JSON writer of a reply stops at 254
LARGEST: Final = 2**63 - 1  # the JSON writer of a reply takes no larger whole number
LONGEST_PATH: Final = 2_000
LONGEST_SEARCH: Final = 8_000
LOCATION: Final = "_pages_location"

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_MANY: Final = (["ALL"], ["ALLSMALLER"])


class MalformedError(ValueError):
    """No page sends this; says what was found."""


class UnknownCallbackError(LookupError):
    """There is no such callback on the server."""


def check(body: object, app: Dash) -> None:
    """Refuse a body that would fail inside Dash, and would be reported as our error.

    Values are not checked beyond being plain JSON: what they mean is for each callback to parse.

    Args:
        body: The parsed JSON.
        app: Holds the callbacks.

    Raises:
        MalformedError: The body has another shape than the callback it names.
        UnknownCallbackError: It names none.
    """
    if not isinstance(body, dict):
        _refuse("the body is not an object")
    check_plain(body)
    name = body.get("output")
    callback = app.callback_map.get(name) if isinstance(name, str) else None
    if callback is None or "callback" not in callback:
        msg = "no such callback"
        raise UnknownCallbackError(msg)
    for part in ("inputs", "state"):
        expected = [_dependency(one["id"], one["property"]) for one in callback[part]]
        _check_items(body.get(part, []), expected, part)
    if not callback["no_output"]:
        _check_outputs(body.get("outputs"), callback["output"])
    _check_changed(body.get("changedPropIds", []))
    _check_location(body.get("inputs", []))


def check_plain(body: object) -> None:
    """Refuse what JSON readers let in and JSON writers do not.

    Args:
        body: The parsed JSON.

    Raises:
        MalformedError: It is too deep, or holds a number or a text that cannot be written again.
    """
    level: list[object] = [body]
    for _ in range(DEEPEST):
        level = [part for value in level for part in _parts(value)]
        if not level:
            return
    _refuse("the body is too deep")


def _parts(value: object) -> list[object]:
    """Return what a value is made of, if it and its texts and numbers can be written again."""
    if isinstance(value, dict):
        return [*value, *value.values()]
    if isinstance(value, list):
        return value
    if isinstance(value, str) and not value.isascii() and _SURROGATE.search(value):
        _refuse("a text holds half a character")
    if isinstance(value, int) and abs(value) > LARGEST:
        _refuse("a number is too large")
    if isinstance(value, float) and not math.isfinite(value):
        _refuse("a number is not finite")
    return []


def _refuse(found: str) -> NoReturn:
    raise MalformedError(found)


Dependency = tuple[str, Mapping[str, object], str, bool]


@lru_cache(maxsize=2_048)
def _dependency(identity: str, name: str) -> Dependency:
    """Return an id as text, its pattern if it is one, its property, and whether it is a list."""
    pattern = json.loads(identity) if identity.startswith("{") else {}
    return identity, pattern, name, any(part in _MANY for part in pattern.values())


def _check_outputs(found: object, outputs: Output | list[Output]) -> None:
    single = isinstance(outputs, Output)
    expected = [
        _dependency(one.component_id_str(), one.component_property)
        for one in ([outputs] if single else outputs)
    ]
    _check_items([found] if single else found, expected, "outputs")


def _check_items(found: object, expected: list[Dependency], part: str) -> None:
    if not isinstance(found, list) or len(found) != len(expected):
        _refuse(f"{part}: not a list of {len(expected)}")
    for item, dependency in zip(found, expected, strict=True):
        many = dependency[3]
        if isinstance(item, list) is not many:
            _refuse(f"{part}: one where a list belongs, or a list where one does")
        for one in item if isinstance(item, list) else [item]:
            _check_item(one, dependency, part)


def _check_item(item: object, expected: Dependency, part: str) -> None:
    if not isinstance(item, dict):
        _refuse(f"{part}: an item is not an object")
    identity, pattern, name, _ = expected
    shown = item.get("property")
    if not isinstance(shown, str) or shown.split("@")[0] != name:
        _refuse(f"{part}: another property")
    found = item.get("id")
    if found != identity and not (pattern and _fits(found, pattern)):
        _refuse(f"{part}: another id")


def _fits(found: object, pattern: Mapping[str, object]) -> bool:
    if not isinstance(found, dict) or found.keys() != pattern.keys():
        return False
    return all(
        isinstance(found[key], str | int | float) if isinstance(part, list) else found[key] == part
        for key, part in pattern.items()
    )


def _check_changed(changed: object) -> None:
    if not isinstance(changed, list) or not all(isinstance(one, str) for one in changed):
        _refuse("changedPropIds: not a list of texts")
    for one in changed:
        identity, _, _ = one.rpartition(".")
        if identity.startswith("{") and not _is_object(identity):
            _refuse("changedPropIds: an id is not an object")


def _is_object(words: str) -> bool:
    try:
        found = json.loads(words)
        check_plain(found)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict)


def _check_location(inputs: list[object]) -> None:
    """Refuse what the router of Dash takes for an address and is none."""
    for item in inputs:
        if isinstance(item, dict) and item.get("id") == LOCATION:
            value = item.get("value")
            is_path = item["property"] == "pathname"
            if value is None and not is_path:
                continue
            longest, start = (LONGEST_PATH, "/") if is_path else (LONGEST_SEARCH, "")
            if not isinstance(value, str) or len(value) > longest or not value.startswith(start):
                _refuse("inputs: not an address")
