"""The list of findings refuses one that would show what it must hide."""

from dataclasses import replace

import pytest
from pandas.testing import assert_frame_equal

from analytics.findings.indicators import kpis
from analytics.publication.declaration import EVERY
from analytics.publication.registry import FINDINGS, offered, register
from analytics.selection.cost_inputs import INPUTS
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from data.schema import text
from data.sources.source import Kind

#: Between them every parameter is changed, and with the figures of most of them shown.
TRIED = (
    (
        "band=two-years,over-two&compare=region&model=2021&weights=closeness&k=3&with-pilots=1&fte=2"
        "&years=2014-2016&vintage=first&adjust=bh&margin=5&area=E08000035&indicator=referrals_rate"
        "&item=assessment_quality&base=2013&outcome=log&plan-councils=9&plan-before=1"
    ),
    (
        "pilots=E06000023,E10000020,E08000036,E06000041&average=median&about=ratio&k=5&caseload=9"
        "&ratio=early_years_share&evidence=real&plan-after=1&annual-cost=40000"
    ),
)


def test_a_simulated_finding_cannot_hide_its_mark():
    one = replace(kpis.gaps, key="hidden", kind=Kind.SIMULATED, columns=(text("kind", "Kind"),))
    with pytest.raises(ValueError, match="hidden: a column kind would hide the mark"):
        register(one)
    assert "hidden" not in FINDINGS


def test_records_without_disclosure_control_are_refused():
    one = replace(kpis.gaps, key="open", kind=Kind.SIMULATED, hides=None)
    with pytest.raises(ValueError, match="open: found records without disclosure control"):
        register(one)
    assert "open" not in FINDINGS


def test_a_finding_that_follows_what_is_no_parameter_is_refused():
    one = replace(kpis.gaps, key="astray", follows=frozenset({"k", "colour"}))
    with pytest.raises(ValueError, match="astray: found colour among what it follows"):
        register(one)
    assert "astray" not in FINDINGS


def test_every_parameter_is_changed_in_what_is_tried():
    changed = set().union(*(from_search(query).to_pairs() for query in TRIED))
    assert EVERY - {"programme", "group", "start", "named"} - changed <= set(INPUTS)
    assert not changed.isdisjoint(INPUTS)


@pytest.mark.slow
@pytest.mark.parametrize("query", TRIED)
def test_a_finding_follows_no_parameter_but_those_it_says(query):
    """Made for all of a selection, its rows and words are as made for what it follows of it."""
    selection = from_search(query)
    for one in offered(HOME).values():
        if one.slow or selection.following(one.follows) == selection.unmarked:
            continue
        made, whole = (each.make(selection) for each in (one, replace(one, follows=EVERY)))
        assert_frame_equal(made.frame, whole.frame, check_exact=True, obj=one.key)
        said = (made.words, made.notes, made.withheld, made.suppressed)
        assert said == (whole.words, whole.notes, whole.withheld, whole.suppressed), one.key
