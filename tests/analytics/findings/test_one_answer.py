"""No page calls clear what another calls not clear under the same selection.

Selections hold every pair of values of what the first page follows. Findings are compared where
they speak of the same estimand: a level over the period, or a change after the start.
"""

import pytest

import analytics.findings  # noqa: F401 - lists every finding
from analytics.claims.claim import Check
from analytics.claims.registry import claims_of
from analytics.claims.status import Status
from analytics.publication.registry import offered
from analytics.selection.choices import Comparator, Subject
from analytics.selection.parameter import Page
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from analytics.text.certainty import Certainty
from data.sources.source import Kind
from tests.followed import restricted

ABOUT = ("about=ratio&band=beginner", "about=ratio&model=2025&k=5&adjust=none")
SURE = {Certainty.CLEAR, Certainty.UNCOUNTED}
SELECTIONS = list(
    dict.fromkeys(
        from_search(query) for query in ("", *restricted(frozenset({Page.OVERVIEW})), *ABOUT)
    )
)
#: Same years before and after, so that a change since a base is the change of the period.
SAME_BASE = [
    from_search(query)
    for query in (
        "",
        "?years=2013-2020",
        "?years=2013-2025&compare=england",
        "?years=2014-2016&base=2014&adjust=holm",
        "?band=beginner&adjust=none",
        "?about=ratio",
        "?about=ratio&adjust=bh",
    )
]
each = pytest.mark.parametrize("selection", SELECTIONS, ids=lambda one: one.to_query() or "plain")


@pytest.fixture(autouse=True)
def cache_folder():
    """Nothing is replaced here: results are those of the pages, and kept where theirs are."""


def frame_of(key, selection):
    return offered(HOME)[key].publish(selection).frame


def certain(key, selection):
    """Return how sure a finding is of each measure, by key; empty where it is withheld."""
    frame = frame_of(key, selection)
    return dict(zip(frame["key"], frame["certain"], strict=True))


def clear(found):
    return {key for key, sure in found.items() if sure in SURE}


@each
def test_the_answer_is_that_of_the_indicators(selection):
    frame = frame_of("answer", selection)
    told = dict(iter(frame[frame["key"] != ""].groupby("step")))
    for step, key in (("differed", "kpis-gaps"), ("changed", "kpis-changes")):
        family = certain(key, selection)
        rows = told.get(step, frame.iloc[:0])
        assert set(rows["key"]) == clear(family)
        assert all(family[row["key"]] == row["certain"] for _, row in rows.iterrows())
    changes = certain("kpis-changes", selection)
    for _, row in told.get("ruled-out", frame.iloc[:0]).iterrows():
        assert changes[row["key"]] == row["certain"] == Certainty.NOT_CLEAR


@each
def test_what_the_summary_names_is_as_sure_as_among_all(selection):
    family = certain("kpis-gaps", selection)
    for key, sure in certain("kpis-named", selection).items():
        assert family[key] == sure


@each
def test_claims_are_as_sure_as_the_cards_they_link_to(selection):
    frame = frame_of("claims", selection).set_index("id")
    families = {
        Check.LEVELS: certain("kpis-gaps", selection),
        Check.SPEND: certain("expenditure-changes", selection),
    }
    plain = {
        Check.LEVELS: certain("kpis-gaps", from_search("")),
        Check.SPEND: certain("expenditure-changes", from_search("")),
    }
    for claim in claims_of(HOME).values():
        if claim.check is Check.NONE:
            continue
        row = frame.loc[claim.id]
        assert plain[claim.check][row["measure_key"]] == row["certain"]
        chosen = row["measure_chosen_key"]
        if chosen:
            assert families[claim.check][chosen] == row["certain_chosen"]
            agrees(claim, Status(row["status_chosen_key"]), families[claim.check])
        elif row["status_chosen_key"]:
            assert Status(row["status_chosen_key"]) in {Status.UNTESTABLE, Status.UNANSWERED}
        agrees(claim, Status(row["status_key"]), plain[claim.check])


def agrees(claim, status, family):
    """Check that a claim is reproduced only where its readings are clear."""
    keys = [one.key for one in claim.readings] or list(family)
    found = [Certainty(family[key]) for key in keys]
    if claim.check is Check.LEVELS and status in {Status.REPRODUCED, Status.BEFORE}:
        assert all(one in SURE for one in found)
    if claim.check is Check.SPEND:
        assert (status is Status.NOT) == any(one in SURE for one in found)
    if all(one is Certainty.UNTESTABLE for one in found):
        assert status in {Status.UNTESTABLE, Status.UNANSWERED}
    if status is Status.NOT:
        assert Certainty.UNTESTABLE not in found or claim.check is Check.SPEND


@each
def test_the_grid_says_that_something_changed_only_where_the_change_is_clear(selection):
    frame = frame_of("triangulation", selection)
    family = certain("kpis-changes", selection)
    official = frame[frame["kind"] == Kind.OFFICIAL]
    chosen = official["direction_chosen"].where(
        official["direction_chosen"] != "", official["direction"]
    )
    cells = "; ".join(chosen).lower()
    for claim in claims_of(HOME).values():
        if claim.check is Check.LEVELS:
            moved = any(f"{claim.short.lower()} {verb}" in cells for verb in ("fell", "rose"))
            assert moved == (claim.readings[0].key in clear(family))


@each
def test_the_choice_of_neighbours_in_hand_is_as_sure_as_its_page(selection):
    if selection.compare is not Comparator.NEIGHBOURS:
        pytest.skip("the pilots are compared with something else")
    frame = frame_of("neighbours-verdicts", selection)
    mine = frame[frame["yours"] == "yes"]
    key = "expenditure-gaps" if selection.about is Subject.RATIO else "kpis-gaps"
    family = certain(key, selection)
    for _, row in mine.iterrows():
        assert family[row["key"]] == row["verdict_key"]


@pytest.mark.parametrize("selection", SAME_BASE, ids=lambda one: one.to_query() or "plain")
def test_a_change_since_the_years_before_is_the_change_of_the_period(selection):
    before = tuple(year for year in selection.years if year <= HOME.last_before)
    assert before == selection.base.years
    key = "expenditure-changes" if selection.about is Subject.RATIO else "kpis-changes"
    family = certain(key, selection)
    frame = frame_of("change-verdict", selection)
    for _, row in frame[frame["place"].notna()].iterrows():
        assert family[row["key"]] == row["certain"]
