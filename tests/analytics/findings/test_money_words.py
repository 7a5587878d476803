"""The words of every finding on money: short, plain, and the same under any selection."""

import re

import pytest

import analytics.findings  # noqa: F401 (registers the findings)
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from analytics.text.wording import MOST_WORDS, VERDICT_WORDS

MONEY = [
    key for key in offered(HOME) if key.partition("-")[0] in {"expenditure", "costs", "resources"}
]
SEARCHES = [
    "", "?band=over-two", "?band=beginner,two-years&compare=pilots", "?pilots=E06000041",
    "?pilots=E09000005,E06000023&compare=region", "?compare=england&adjust=none",
    "?adjust=holm&pilots=E06000023,E06000041,E09000005,E10000018,E10000020,E10000011",
    "?years=2016-2016", "?years=2013-2025&margin=30", "?years=2020-2025", "?years=2012-2013",
    "?area=E09000012&fte=2&cost-years=3&training-people=300", "?area=E06000058&vintage=first",
    "?area=E06000053&years=2024-2025", "?fte=0&training-days=0", "?cost-years=0.5&swing=10",
    "?ratio=early_help_to_statutory&band=beginner", "?ratio=spend_per_looked_after_child_real",
    "?ratio=young_people_share&area=E06000058", "?ratio=spend_per_child_in_need&compare=region",
]  # fmt: skip
#: What only the technical line may say, and what no line of this app says.
BANNED = re.compile(
    r"\bp\b|\bn =|\bn \d|interval|\bCI\b|Holm|max-T|sign-flip|placebo|standardised|Hedges|median"
    r"|percentile|\blog\b|specification|adjust|hypothes|permutation|Wilson|\bFTE\b|251|\d %"
    r"|pounds \d|authorit|nought|\bbetter\b|\bworse\b|detect|\binf\b|\bnan\b|neighbour|  | ,|per £1"
    r"|by chance|(?<![\d,])1 (?:pilots|figures|years|totals|ratios)\b",
)


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("key", MONEY)
def test_words_are_few_and_plain(key, search):
    published = offered(HOME)[key].publish(from_search(search))
    words = published.words
    assert words.verdict
    assert len(words.verdict.split()) <= VERDICT_WORDS, words.verdict
    assert words.verdict[-1] not in ".;:,"
    assert words.verdict[0].isupper() or words.verdict[0].isdigit()
    assert not BANNED.search(words.verdict), words.verdict
    for sentence in words.plain:
        assert len(sentence.split()) <= MOST_WORDS, sentence
        assert sentence.endswith("."), sentence
        assert sentence[0].isupper() or sentence[0].isdigit(), sentence
        assert published.withheld or not BANNED.search(sentence), sentence
    assert len(words.plain) <= 4
    assert not re.search(r"nan|\binf\b|95 %|  ", words.technical), words.technical


@pytest.mark.parametrize("key", MONEY)
def test_every_verdict_is_made_from_the_frame(key):
    """A finding that shows numbers says another verdict, sentence or line where they differ."""
    said = {offered(HOME)[key].publish(from_search(search)).summary for search in SEARCHES}
    fixed = {"expenditure-checks", "costs-published"}
    assert (len(said) == 1) is (key in fixed)


@pytest.mark.parametrize("search", SEARCHES)
def test_what_is_clear_is_what_the_family_calls_clear(search):
    for key in ("expenditure-gaps", "expenditure-changes", "resources-gaps"):
        published = offered(HOME)[key].publish(from_search(search))
        frame = published.frame
        clear = frame["certain"].isin({"clear", "uncounted"}) & frame["withheld"].eq("")
        untold = ("No clear", "Too few", "Nothing to show", "Spending patterns changed by less")
        assert published.verdict.startswith(untold) == (not clear.any())
