"""Each page follows the parameters that the registry says, and no other."""

import sys

import pytest

import app
from analytics.publication.published import ADDRESSES
from analytics.selection.parameter import Kind, Page
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import OF_A_PROGRAMME, from_search
from components.card.card import Card

#: Another value of each parameter, beside what makes it count.
SAMPLES = {
    "band": "?band=beginner", "pilots": "?pilots=E06000023", "compare": "?compare=england",
    "model": "?model=2025", "k": "?k=5", "average": "?average=median",
    "weights": "?model=2025&weights=closeness", "with-pilots": "?with-pilots=1",
    "years": "?years=2014-2019", "vintage": "?vintage=first", "adjust": "?adjust=none",
    "margin": "?margin=20", "area": "?area=E08000035", "indicator": "?indicator=referrals_rate",
    "ratio": "?about=ratio&ratio=early_years_share", "item": "?item=assessment_quality",
    "about": "?about=ratio", "base": "?base=2013", "outcome": "?outcome=log", "fte": "?fte=2",
    "plan-councils": "?plan-councils=9", "plan-before": "?plan-before=1",
    "plan-after": "?plan-after=1",
}  # fmt: skip
BEFORE = {"weights": "?model=2025", "ratio": "?about=ratio"}
PAGES = {page: sys.modules[f"pages.{page}"] for page in Page}
assert app


#: What the path of a page says, which its query then does not.
NAMED = {Page.COUNCIL: "area=E09000012"}


def shown(page, query):
    """What the cards of a page hold: rows without addresses, sentences and reasons."""
    if page in NAMED and "area=" not in query:
        query = f"{query}&{NAMED[page]}"
    cards = [one for one in vars(PAGES[page]).values() if isinstance(one, Card)]
    for card in cards:
        published = card.finding.publish(from_search(query))
        rows = published.frame.drop(columns=ADDRESSES & set(published.frame.columns))
        yield published.summary, published.withheld, rows.to_csv()


@pytest.mark.sampled(6)
@pytest.mark.parametrize("page", Page)
def test_a_page_follows_its_parameters_alone(page):
    plain = {before: list(shown(page, before)) for before in {"", *BEFORE.values()}}
    follows = {
        name
        for name, query in SAMPLES.items()
        if list(shown(page, query)) != plain[BEFORE.get(name, "")]
    }
    assert follows == {name for name in SAMPLES if page in PARAMETERS[name].pages}


def test_every_parameter_is_tried_but_the_one_that_lays_pages_out():
    amounts = {name for name, one in PARAMETERS.items() if one.kind is Kind.AMOUNT}
    whole = {"evidence", *OF_A_PROGRAMME, "release", "mark"}
    assert set(SAMPLES) | amounts | whole == set(PARAMETERS)
    assert {name for name, one in PARAMETERS.items() if not one.pages} == whole - {"evidence"}
