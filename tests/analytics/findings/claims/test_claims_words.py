"""What is said of claims where none can be judged, none differs or there is no room."""

import pandas as pd

from analytics.claims.registry import claims_of
from analytics.claims.status import Status
from analytics.evaluation.verdict_words import TOO_FEW_TO_TELL
from analytics.findings.claims import claims, claims_choices, triangulation
from analytics.findings.measures.claims import conflict
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from analytics.text.wording import MOST_WORDS

ALL = from_search("")
KNOWN = claims_of(HOME)
TESTED = list(KNOWN)[:5]


def live(*statuses, grew="no"):
    ids = TESTED[: len(statuses)]
    return pd.DataFrame({"id": ids, "status_key": [str(one) for one in statuses], "grew": grew})


def test_claims_that_cannot_be_tested_are_too_few_to_tell():
    assert claims._verdict(live(Status.UNTESTABLE, Status.UNANSWERED), KNOWN) == TOO_FEW_TO_TELL


def test_statuses_without_room_in_one_sentence_take_one_each():
    frame = live(Status.REPRODUCED, Status.BEFORE, Status.PARTLY, Status.NOT, Status.UNTESTABLE)
    said = claims._status_sentences(frame, KNOWN)
    assert len(said) == 5
    assert len(" ".join(said).split()) > MOST_WORDS
    assert len(claims._status_sentences(frame.head(1), KNOWN)) == 1


def test_gaps_that_grew_are_named_only_where_there_are_any():
    assert claims._grown(live(Status.BEFORE), KNOWN) == []
    assert claims._grown(live(Status.NOT, grew="yes"), KNOWN) == []
    (said,) = claims._grown(live(Status.BEFORE, grew="yes"), KNOWN)
    assert said.endswith("also grew clearly after the start.")


def choices(*statuses):
    rows = [(name, str(one)) for name in TESTED[:2] for one in statuses]
    made = pd.DataFrame(rows, columns=["id", "status_key"])
    return made.assign(technical="", choice="one", name="one", status="")


def test_claims_that_no_choice_of_neighbours_changes_are_said_so():
    words = claims_choices._words(choices(Status.NOT, Status.NOT), ALL)
    assert words.verdict == "No claim depends on the choice of neighbours"


def test_claims_that_no_choice_can_answer_are_too_few_to_tell():
    words = claims_choices._words(choices(Status.UNTESTABLE, Status.UNANSWERED), ALL)
    assert words.verdict == TOO_FEW_TO_TELL


def test_strands_that_agree_are_said_so():
    frame = triangulation.grid.publish(ALL).frame.assign(conflict="")
    words = triangulation._words(frame, ALL)
    assert words.verdict == "No strand of evidence speaks against another"


def test_a_tested_claim_that_is_not_reproduced_meets_the_official_figures():
    claim = KNOWN[TESTED[0]]
    assert conflict(claim, Status.NOT, HOME).startswith("Not borne out by the official figures.")
    assert "Not borne out" not in conflict(claim, Status.PARTLY, HOME)
