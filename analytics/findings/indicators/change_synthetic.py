"""Synthetic difference-in-differences: councils weighted to run alongside the pilots before."""

from functools import partial
from typing import Final

import pandas as pd

from analytics.evaluation.measure_families import TABLES, family_of, measure_of, unread
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.placebo_pool import TINY
from analytics.evaluation.placebo_words import share_of_groups
from analytics.evaluation.verdict_words import interval_words
from analytics.evaluation.years_before import FOR_SYNTHETIC, enough_years_before, years_before
from analytics.findings.measures.weighted import AGAINST, COLUMNS, DRAWS, SEED, weighted
from analytics.measures.measure import unit_heading
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.selection import Selection
from analytics.text.certainty import NOT_COUNTED
from analytics.text.wording import (
    ALPHA,
    listed,
    p_words,
    signed,
    significant,
)
from analytics.text.words import Words, technical_line
from data.sources.source import Kind
from data.wording import count_words


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    row = frame.iloc[0]
    places = max(significant(row["effect"]), 1)
    clear, draws = row["p_placebo"] < ALPHA, int(row["draws"])
    far = round(row["p_placebo"] * (draws + 1)) - 1  # p is (far + 1) / (all + 1)
    share = share_of_groups(far, draws)
    return Words(
        verdict=(
            "Pilots may have left the path of councils that ran alongside"
            if clear
            else "No clear change against councils that ran alongside before"
        ),
        plain=(
            *measure_of(selection).plain.moved(
                row["effect"],
                row["effect_low"],
                row["effect_high"],
                against=AGAINST,
                since="After the start",
            ),
            f"Of {draws:,} groups of councils that were no pilots, {share} moved as far.",
            *([NOT_COUNTED] if clear else []),
        ),
        technical=technical_line(
            f"n {int(row['n'])}, {int(row['councils'])} councils",
            f"synthetic difference-in-differences {signed(row['effect'], places)}",
            interval_words(row["effect_low"], row["effect_high"], places),
            f"placebo {p_words(row['p_placebo'])} ({draws:,} groups)",
            f"misfit before {row['fit']:.2g}",
            f"synthetic control {signed(row['control'], places)}",
            f"equal weights {signed(row['plain_did'], places)}",
            f"largest weights {row['largest']}",
        ),
    )


def _notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        (
            "Weights are chosen by the years before the start alone. They cannot make up for "
            "something that reached the pilots, and not the councils of large weight, at the same "
            "time."
        ),
        (
            "Pilots and councils without a figure in any of these years are left out. Councils "
            "are of every kind, the chosen comparator plays no part."
        ),
        (
            f"{listed(list(TINY.values()))} are not weighed: with so few children their figures "
            "swing too far."
        ),
        *family_of(selection).notes(frame, selection),
    )


def _subtitle(selection: Selection) -> str:
    return (
        f"{unit_heading(measure_of(selection))} · {selection.pilot_words} · councils that were no "
        "pilots, weighted"
    )


def _method(selection: Selection) -> Facts:
    many = len(years_before(selection.programme))
    common = facts(
        selection,
        estimand="The mean difference between pilots and weighted councils in the years after, "
        "less the same in the weighted years before.",
        unit=measure_of(selection).unit,
        test=False,
        period=f"{count_words(many)} years of figures before the start, and those after it in the "
        "period",
    )
    kept = tuple(fact for fact in common if fact[0] != "Comparator")
    return (
        *kept,
        (
            "Comparator",
            (
                "Councils that were no pilots, with weights (none below 0, sum 1) that make them "
                "run alongside the pilots before the start, up to a constant; years before are "
                "weighted to be like those after, among these councils (Arkhangelsky and others, "
                "2021, algorithm 1). Beside it: synthetic control, with weights of councils alone "
                "(Abadie, 2021), and equal weights."
            ),
        ),
        (
            "Test",
            (
                f"Placebo: {DRAWS:,} groups of as many councils that were no pilots, each against "
                "the others weighted anew (algorithm 4); p is (groups at least as far + 1) / "
                "(groups + 1), the interval the estimate less their quantiles (Conley and Taber, "
                "2011)."
            ),
        ),
        ("Seed", f"{SEED}, numpy.random.default_rng"),
    )


synthetic_change: Final = register(
    Finding(
        key="change-synthetic",
        title=lambda s: f"{measure_of(s).name}: against councils that ran alongside before",
        subtitle=_subtitle,
        own_comparator=True,
        unit=lambda s: measure_of(s).unit,
        measure=measure_of,
        scale=lambda s: measure_of(s).scale,
        sources=TABLES,
        unread=unread,
        columns=COLUMNS,
        analyse=weighted,
        words=_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="measure-neighbours",
        about="One measure: synthetic difference-in-differences, with placebo groups. Only for "
        "programmes with five years of figures before.",
        applies=partial(enough_years_before, least=FOR_SYNTHETIC),
    )
)
