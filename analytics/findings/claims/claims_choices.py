"""Which verdicts depend on the choice of neighbours: every testable claim under each choice."""

from typing import Final

import pandas as pd

from analytics.claims.claim import Check, Claim
from analytics.claims.registry import CLAIMS
from analytics.claims.status import RULES, Status
from analytics.evaluation.method_card import Facts, facts
from analytics.findings.measures.claims import CHECKED, Answer, check_claim, rows_of, settled
from analytics.methods.refusal import NotEstimableError
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import Average, Comparator, Weights
from analytics.selection.selection import Selection
from analytics.text.wording import listed, pluralise
from data.neighbour_lists import FORMED_SINCE, NEIGHBOUR_LISTS, WITH_CLOSENESS, keys_words, many
from data.schema import Column, ColumnKind, hidden_key, key_text, text
from data.sources.source import Kind

TESTED: Final = tuple(claim for claim in CLAIMS.values() if claim.check is not Check.NONE)

COLUMNS: Final = (
    key_text("id", "Claim"),
    text("claim", "In our words"),
    text("model", "Neighbour list"),
    text("average", "Average of neighbours"),
    key_text("chosen", "Your choice", about="yes where it is the choice in the bar above."),
    text("status", "Status"),
    text("measure", "Measure of the figures"),
    text("unit", "Unit"),
    Column(name="estimate", label="Gap, or change of it"),
    Column(name="low", label="95% interval, lower"),
    Column(name="high", label="95% interval, upper"),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(name="p", label="p, sign-flip", decimals=3),
    Column(name="p_adjusted", label="p, adjusted", decimals=3),
    key_text("link", "Chart"),
    hidden_key("scale", about="What the unit measures on."),
    hidden_key("model_key", about="Which list of neighbours."),
    hidden_key("average_key", about="Which average of neighbours."),
    hidden_key("measure_key", about="The indicator or ratio of the figures."),
    hidden_key("status_key", about="What became of the claim."),
)


def check_under_choices(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Check the testable claims under each list of neighbours and each average.

    Args:
        tables: The tables of ``CHECKED`` by key.
        selection: What the reader chose; everything but list and average is kept.

    Raises:
        NotEstimableError: Pilots are not compared with statistical neighbours.
    """
    if selection.compare is not Comparator.NEIGHBOURS:
        msg = (
            f"Pilots are compared with {selection.faced}, so no list of neighbours is involved. "
            "Compare with statistical neighbours to see what depends on the list."
        )
        raise NotEstimableError(msg)
    rows = list[dict[str, object]]()
    for model in NEIGHBOUR_LISTS:
        for average in Average:
            one = selection.with_neighbours(model=model, average=average)
            held = rows_of(tables, one)
            mine = (selection.model, selection.average) == (model, average)
            rows += [_row(claim, check_claim(claim, held, one), one, mine=mine) for claim in TESTED]
    frame = pd.DataFrame(rows, columns=[column.name for column in COLUMNS])
    order = {claim.id: place for place, claim in enumerate(TESTED)}
    return frame.sort_values("id", key=lambda ids: ids.map(order), kind="stable").reset_index(
        drop=True
    )


def _row(claim: Claim, given: Answer, selection: Selection, *, mine: bool) -> dict[str, object]:
    status = settled(claim, given)
    return {
        "id": claim.id,
        "claim": claim.statement,
        "model": selection.model.label,
        "model_key": selection.model.key,
        "average": selection.averaged,
        "average_key": selection.average.value,
        "chosen": "yes" if mine else "no",
        "status": status.label,
        "status_key": status.value,
        "measure": given.measure,
        "measure_key": given.key,
        "unit": given.unit,
        "scale": given.scale.value,
        "estimate": given.figures["gap"],
        **{name: given.figures[name] for name in ("low", "high", "n", "p", "p_adjusted")},
        "link": claim.link,
    }


def _summary(frame: pd.DataFrame, _selection: Selection) -> str:
    by_claim = {
        name: frame.loc[frame["id"] == name, "status_key"].tolist()
        for name in dict.fromkeys(frame["id"].tolist())
    }
    same = [name for name, found in by_claim.items() if len(set(found)) == 1]
    other = [name for name in by_claim if name not in same]
    kept = f"{_by_status(same, by_claim)} under all {len(frame) // len(by_claim)}"
    if not other:
        return f"No status depends on the choice of neighbours: {kept}."
    spread = "; ".join(_spread(name, by_claim[name]) for name in other)
    return (
        f"The status of {pluralise(len(other), 'claim')} of {len(by_claim)} depends on the choice "
        f"of neighbours: {spread}{f'; {kept}' if same else ''}."
    )


def _spread(name: str, statuses: list[str]) -> str:
    counts = {status: statuses.count(status) for status in dict.fromkeys(statuses)}
    said = [f"{Status(status).label} under {count}" for status, count in counts.items()]
    return f"{name} {listed(said)}"


def _by_status(names: list[str], by_claim: dict[str, list[str]]) -> str:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(by_claim[name][0], []).append(name)
    return ", ".join(f"{listed(group)} {Status(status).label}" for status, group in groups.items())


def _notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    unknown = " or the ".join(one.listed for one in NEIGHBOUR_LISTS if not one.closeness)
    weighted = (
        f"Closeness weights the mean under the lists of {keys_words(WITH_CLOSENESS)}. It is not "
        f"known for the {unknown} "
        "and does not weight a median: there all neighbours count alike."
    )
    return (
        *(one.claims_note for one in NEIGHBOUR_LISTS if one.claims_note),
        (
            f"Lists of {keys_words(FORMED_SINCE)} hold authorities formed since; they have no "
            "figures for these years, so some averages are of fewer neighbours."
        ),
        *([weighted] if selection.weights is Weights.CLOSENESS else []),
    )


def _method(selection: Selection) -> Facts:
    return (
        *RULES[:4],
        *facts(
            selection,
            estimand="The same as for the claims, under each list of neighbours and each average; "
            "every other option as chosen.",
            unit="That of each measure.",
        ),
    )


choices: Final = register(
    Finding(
        key="claims-choices",
        title="Which verdicts depend on the choice of neighbours",
        subtitle=lambda s: (
            f"{many().capitalize()} lists, mean or median; all else as chosen · {s.label}"
        ),
        sources=CHECKED,
        columns=COLUMNS,
        analyse=check_under_choices,
        sentence=_summary,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        applies=bool(TESTED),
        about=f"Status of each testable claim under {many()} neighbour lists, mean and median.",
    )
)
