"""Which verdicts depend on the choice of neighbours: every testable claim under each choice."""

from collections import Counter
from typing import Final

import pandas as pd

from analytics.claims.claim import Check, Claim
from analytics.claims.registry import claims_of
from analytics.claims.status import RULES, Status
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.verdict_words import TOO_FEW_TO_TELL
from analytics.findings.measures.claim_answers import CheckedClaim
from analytics.findings.measures.claims import CHECKED, check_claim, pinned, rows_of, settled
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import Average, Comparator
from analytics.selection.follows import COMPARISON
from analytics.selection.selection import Selection
from analytics.text.wording import counted, listed, lower_first, upper_first
from analytics.text.words import Words, technical_line
from data.neighbour_lists import FORMED_SINCE, NEIGHBOUR_LISTS, keys_words, many
from data.programmes.programme import Programme
from data.schema import Column, ColumnKind, hidden_key, key_text, text
from data.sources.source import Kind

_FIGURES: Final = ("low", "high", "t_low", "t_high", "n", "p", "p_adjusted")

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
    key_text("model_key", "List, as a key", about="Which list of neighbours.", in_table=False),
    hidden_key("average_key", about="Which average of neighbours."),
    hidden_key("measure_key", about="The indicator or ratio of the figures."),
    hidden_key("status_key", about="What became of the claim."),
    Column(name="t_low", label="95% t interval, lower"),
    Column(name="t_high", label="95% t interval, upper"),
    text("found", "What was found"),
    text("technical", "For statisticians"),
    key_text("judged", "Judged on this", about="yes where claims are judged on this choice."),
    hidden_key("certain", about="How sure the figures are."),
)


def _tested(of: Programme) -> list[Claim]:
    return [claim for claim in claims_of(of).values() if claim.check is not Check.NONE]


def check_under_choices(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Check the testable claims under each list of neighbours and each average.

    All else is what claims are judged on: the pilots, the years and the adjustment.

    Args:
        tables: The tables of ``CHECKED`` by key.
        selection: What the reader chose; its list and average are marked.
    """
    rows, judged = list[dict[str, object]](), pinned(selection)
    tested = _tested(selection.programme)
    near = selection.compare is Comparator.NEIGHBOURS
    for model in NEIGHBOUR_LISTS:
        for average in Average:
            one = judged.with_neighbours(model=model, average=average)
            held = rows_of(tables, one)
            mine = near and (selection.model, selection.average) == (model, average)
            marks = {"chosen": "yes" if mine else "no", "judged": "yes" if one == judged else "no"}
            rows += [{**_row(claim, check_claim(claim, held), one), **marks} for claim in tested]
    frame = pd.DataFrame(rows, columns=[column.name for column in COLUMNS])
    order = {claim.id: place for place, claim in enumerate(tested)}
    return frame.sort_values("id", key=lambda ids: ids.map(order), kind="stable").reset_index(
        drop=True
    )


def _row(claim: Claim, given: CheckedClaim, selection: Selection) -> dict[str, object]:
    status = settled(claim, given)
    return {
        "id": claim.id,
        "claim": claim.statement,
        "model": selection.model.label,
        "model_key": selection.model.key,
        "average": selection.averaged,
        "average_key": selection.average.value,
        "status": status.label,
        "status_key": status.value,
        "measure": given.measure,
        "measure_key": given.key,
        "unit": given.unit,
        "scale": given.scale.value,
        "estimate": given.figures["gap"],
        **{name: given.figures[name] for name in _FIGURES},
        "found": given.found,
        "technical": given.technical,
        "certain": given.certain.value,
        "link": claim.link,
    }


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say which claims depend on the choice of neighbours, in three layers."""
    known = claims_of(selection.programme)
    by_claim = {
        name: frame.loc[frame["id"] == name, "status_key"].tolist()
        for name in dict.fromkeys(frame["id"].tolist())
    }
    silent = {Status.UNTESTABLE.value, Status.UNANSWERED.value}
    other = [name for name, found in by_claim.items() if len(set(found)) > 1]
    same = [name for name in by_claim if name not in other]
    tried = len(frame) // len(by_claim)
    many = upper_first(counted(len(other)))
    verb = "depends" if len(other) == 1 else "depend"
    verdict = f"{many} of {counted(len(by_claim))} claims {verb} on the choice of neighbours"
    if not other:
        verdict = "No claim depends on the choice of neighbours"
    if set(frame["status_key"]) <= silent:
        verdict = TOO_FEW_TO_TELL
    plain = [f"{known[name].short}: {_ways(by_claim[name])}." for name in other[:2]]
    if same:
        names = listed([lower_first(known[name].short) for name in same])
        plain.append(f"The same under all {counted(tried)} ways: {names}.")
    return Words(
        verdict=verdict,
        plain=tuple(plain),
        technical=technical_line(
            *(f"{name} {_spread(by_claim[name])} of {tried}" for name in other),
            _by_status(same, by_claim),
        ),
    )


def _ways(statuses: list[str]) -> str:
    """Say under how many ways each status is found, as a sentence does."""
    (first, many), *others = Counter(statuses).items()
    ways = f"{counted(many)} way{'' if many == 1 else 's'}"
    said = [f"{Status(status).label} under {counted(count)}" for status, count in others]
    return listed([f"{Status(first).label} under {ways}", *said])


def _spread(statuses: list[str]) -> str:
    """Say how often each status is found, in figures."""
    every = Counter(statuses).items()
    return listed([f"{Status(status).label} under {count}" for status, count in every])


def _by_status(names: list[str], by_claim: dict[str, list[str]]) -> str:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(by_claim[name][0], []).append(name)
    return ", ".join(f"{listed(group)} {Status(status).label}" for status, group in groups.items())


def _notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    mine, judged = (selection.model, selection.average), pinned(selection)
    return (
        (
            f"All but the list and the average is what claims are judged on: {judged.pilot_words}, "
            f"{judged.period_words}, tests counted by {judged.adjust.label}."
        ),
        *(one.claims_note for one in NEIGHBOUR_LISTS if one.claims_note),
        (
            f"Lists of {keys_words(FORMED_SINCE)} hold authorities formed since; they have no "
            "figures for these years, so some averages are of fewer neighbours."
        ),
        *(
            ["The list and the average that you chose are marked."]
            if mine != (judged.model, judged.average)
            else []
        ),
    )


def _method(selection: Selection) -> Facts:
    return (
        *RULES[:6],
        *facts(
            pinned(selection),
            estimand="The same as for the claims, under each list of neighbours and each average.",
            unit="That of each measure.",
        ),
    )


choices: Final = register(
    Finding(
        key="claims-choices",
        follows=COMPARISON,
        title="Which verdicts depend on the choice of neighbours",
        subtitle=lambda s: (
            f"{many().capitalize()} lists, mean or median · {pinned(s).pilot_words} · "
            f"{pinned(s).period_words}"
        ),
        sources=CHECKED,
        columns=COLUMNS,
        pinned=True,
        analyse=check_under_choices,
        words=_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        applies=lambda of: bool(_tested(of)),
        about=f"Status of each testable claim under {many()} neighbour lists, mean and median.",
    )
)
