"""Requests made from the description of the data addresses: is each answered as described?"""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Err
from schemathesis.schemas import APIOperation

from analytics.selection.cost_input import UnusableError
from analytics.selection.cost_inputs import INPUTS
from tests.bench.report import Measure

GROUP = "described"
SHOWN = 10
STARTS = "start"  # begins slow work, of which there may be little at once
#: To each address of either kind, so that ten thousand or more are sent in all.
EACH = 750
DESCRIPTION = "/api/v1/openapi.json"
OK, REFUSED = 200, 400


@dataclass(slots=True)
class Described:
    """What became of the requests.

    Attributes:
        answers: Requests by status.
        mismatches: What was not as described, with the request.
    """

    answers: Counter[int] = field(default_factory=Counter)
    mismatches: list[str] = field(default_factory=list)


def ask(server: Flask, each: int, *, start: int = 0) -> Described:
    """Send requests to every described address, and compare the answers with the description.

    Half of them are as the description asks, half break it somewhere.

    Args:
        server: The explorer.
        each: Requests to an address of either kind, at most: an address without parameters has few.
        start: Seed of the requests.
    """
    found = Described()
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, server)
    for operation in schema.get_all_operations():
        if isinstance(operation, Err):
            raise operation.err()
        plain = operation.ok()
        if plain.definition.raw.get("operationId") == STARTS:
            continue
        _send(plain, GenerationMode.POSITIVE, each, start, found)
        if list(plain.query):  # without a query, nothing can be broken
            _send(plain, GenerationMode.NEGATIVE, each, start, found)
    return found


def measure(server: Flask, *, each: int = EACH) -> list[Measure]:
    """Count requests that were not answered as described.

    Args:
        server: The explorer.
        each: As for ``ask``.
    """
    logging.getLogger("schemathesis").setLevel(logging.ERROR)
    found = ask(server, each)
    sent = found.answers.total()
    name = f"answers not as described, of {sent:,}"
    more: dict[str, object] = {"shown": found.mismatches[:SHOWN], "answers": dict(found.answers)}
    value = len(found.mismatches)
    return [Measure(group=GROUP, name=name, value=value, unit="", target=0, n=sent, more=more)]


def _send(
    operation: APIOperation[Any, Any, Any, Any],
    mode: GenerationMode,
    each: int,
    start: int,
    found: Described,
) -> None:
    @seed(start)
    @settings(
        max_examples=each,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: schemathesis.Case[Any]) -> None:
        answer = case.call(headers={"Accept-Encoding": "identity"})
        found.answers[answer.status_code] += 1
        excluded = answer.status_code == REFUSED and _excludes(case.query or {})
        try:
            case.validate_response(answer)
        except (Failure, FailureGroup) as fault:
            for said in _faults(fault):
                kind = type(said).__name__
                if kind == "RejectedPositiveData" and excluded:
                    continue
                if kind == "AcceptedNegativeData" and _is_number(str(said), case.query or {}):
                    continue
                found.mismatches.append(f"{answer.request.url}: {said}")

    one()


def _excludes(query: Mapping[str, object]) -> bool:
    """Whether choices exclude each other, which a description of single parameters cannot say."""
    return {"band", "pilots"} <= query.keys() or query.get("weights") == "closeness"


def _is_number(fault: str, query: Mapping[str, object]) -> bool:
    """Whether what breaks the description is a number in another way of writing it.

    People's ways are read too: with more decimals than two, with commas, with "k".
    """
    names = re.findall(r"parameter `([\w-]+)` in query", fault)
    try:
        return bool(names) and all(INPUTS[name].read(str(query[name])) for name in names)
    except (KeyError, UnusableError):
        return False


def _faults(fault: Failure | FailureGroup) -> Iterator[BaseException]:
    yield from fault.exceptions if isinstance(fault, FailureGroup) else (fault,)
