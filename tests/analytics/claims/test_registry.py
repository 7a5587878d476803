"""The registry: every claim of the product's list, and nothing that its tables do not hold."""

import re
from copy import deepcopy
from dataclasses import replace

import pytest

from analytics.claims.claim import Bearing, Check, Question, Strand, Strength
from analytics.claims.later import designs_of, together_of
from analytics.claims.registry import claims_of
from analytics.claims.status import Status, with_later
from analytics.measures.indicators.registry import INDICATORS
from analytics.selection.selection import HOME
from analytics.text.wording import MOST_WORDS
from data.load import load
from data.programmes.settings import ProgrammeError
from data.sources.registry import LATER_STUDIES, SIZES

IDS = [
    "KPI-1", "KPI-2", "KPI-3", "KPI-4", "EXP-1", "COST-1", "COST-2", "FAM-1", "FAM-2", "FAM-3",
    "FAM-4", "FAM-5", "REC-1", "REC-2", "REC-3", "PRO-1", "PRO-2", "SW-1", "SW-2", "SW-3", "SW-4",
    "SW-5", "REC-0",
]  # fmt: skip


def test_every_claim_is_there_once_by_its_id():
    assert list(claims_of(HOME)) == IDS


@pytest.mark.parametrize("claim", claims_of(HOME).values(), ids=lambda claim: claim.id)
def test_a_claim_says_what_it_must(claim):
    assert claim.statement.endswith(".")
    assert claim.printed.endswith(".")
    assert claim.needed.endswith(".")
    assert claim.source
    assert claim.link.startswith("/")
    assert claim.base or claim.base_words or claim.check is not Check.NONE
    assert bool(claim.readings) == (claim.check is Check.LEVELS)
    assert all(reading.key in INDICATORS for reading in claim.readings)
    assert claim.address in {"", f"/indicators/{claim.address.rpartition('/')[2]}",
                             claim.strand.address}  # fmt: skip


def test_the_figures_a_claim_names_are_in_the_table_of_sizes():
    facts = set(load(SIZES).frame["fact_key"])
    for claim in claims_of(HOME).values():
        assert {claim.fact, claim.base} - {""} <= facts


def test_five_claims_are_tested_and_the_others_are_not():
    strengths = {claim.id: claim.strength for claim in claims_of(HOME).values()}
    assert [one for one, found in strengths.items() if found is Strength.TESTED] == IDS[:5]
    assert [one for one, found in strengths.items() if found is Strength.FIGURE] == [
        "COST-1", "FAM-3", "REC-2",
    ]  # fmt: skip


def test_indicators_that_the_summary_names_are_those_that_are_tested():
    read = {reading.key for claim in claims_of(HOME).values() for reading in claim.readings}
    assert read == set(HOME.evaluation.named)


def test_every_later_topic_is_a_row_of_the_table_and_its_design_stands_there():
    frame = load(LATER_STUDIES).frame.fillna("")
    for topic in designs_of(HOME):
        row = frame[frame["topic_key"] == topic]
        assert len(row) == 1, topic
    named = {later.topic for claim in claims_of(HOME).values() for later in claim.later}
    assert named <= set(designs_of(HOME))


def test_strength_and_design_are_words_of_the_table():
    frame = load(LATER_STUDIES).frame.fillna("").set_index("topic_key")
    design = frame.loc["design", "finding"]
    for topic, one in designs_of(HOME).items():
        row = " ".join(frame.loc[topic])
        if topic.startswith("outcome-"):
            assert one.label in design
        if "strength" in one.strength:
            assert one.strength in row
    assert designs_of(HOME)["observation"].label in frame.loc["observation", "finding"]
    assert "similar authorities" in frame.loc["local-outcomes", "finding"]
    assert "inspected twice" in frame.loc["inspections", "finding"]


def test_a_later_study_of_change_does_not_contradict_a_claim_of_level():
    assert [claim.id for claim in claims_of(HOME).values() if claim.contrary] == []
    (later,) = claims_of(HOME)["KPI-2"].later
    assert later.bearing is Bearing.CHANGE
    row = load(LATER_STUDIES).frame.set_index("topic_key").loc[later.topic]
    assert row["finding"] == "duration of assessments"
    assert row["figure"].startswith("no impact")


def test_later_studies_are_told_in_words_that_a_newcomer_understands():
    jargon = re.compile(r"\b(CIN|LAC|NFA|CPPs?|DiD|App|SofS|WWCSC|pp?\d+)\b|difference-in")
    for one in designs_of(HOME).values():
        plain = f"{one.shown} {one.says} {one.how} {one.firm}"
        assert not jargon.search(plain), plain
        assert one.says.endswith(".")
        assert len(one.says.split()) <= MOST_WORDS
    for said in (together_of(HOME).verdict, *together_of(HOME).plain):
        assert not jargon.search(said)


def test_no_claim_without_open_data_is_contradicted():
    for claim in claims_of(HOME).values():
        if claim.check is Check.NONE:
            assert (
                with_later(Status.UNCHECKABLE, contrary=bool(claim.contrary)) is Status.UNCHECKABLE
            )


def test_every_strand_and_question_is_answered():
    assert {claim.strand for claim in claims_of(HOME).values()} == set(Strand)
    assert {claim.question for claim in claims_of(HOME).values()} == set(Question)
    assert {later.bearing for claim in claims_of(HOME).values() for later in claim.later} == set(
        Bearing
    ) - {Bearing.CONTRARY}


def spoiled(**change):
    """Claims of the programme, the first of them changed."""
    first, *others = deepcopy(HOME.claims)["claims"]
    return replace(HOME, claims={"claims": [first | change, *others]}, digest=repr(change))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"id": IDS[1]}, "expected each claim once"),
        ({"strand": "gossip"}, "expected one of"),
        ({"readings": [{"key": "nothing"}]}, "expected the key of an indicator"),
        ({"readings": [{"key": "icpc_rate", "side": "beside"}]}, "expected below or above"),
    ],
)
def test_a_claim_that_cannot_be_read_is_refused(change, expected):
    with pytest.raises(ProgrammeError, match=expected):
        claims_of(spoiled(**change))


def test_a_programme_that_does_not_sum_its_later_studies_up_has_its_own_sentence():
    without = {name: held for name, held in HOME.claims.items() if name != "studies"}
    said = together_of(replace(HOME, claims=without, digest="without"))
    assert said.verdict == "What later studies found"
    assert said.plain == (HOME.later.summary,)
