"""The head of the page: what two selections differ in, and which verdicts that changes."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from dash import html
from dash.development.base_component import Component

from analytics.publication.pair import Pair
from analytics.selection.differences import Choice
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import from_query
from analytics.selection.selection import Selection
from analytics.text.wording import none_of, pluralise, upper_first
from analytics.text.words import DOT
from components.card.card import Card
from components.frame.bar_words import PARTS
from components.frame.navigation import entry_of
from components.frame.pair_address import Compared, home_address, pair_address
from components.html_attrs import marked
from components.pair.columns import title_of
from components.prefix import CARDS_ALONE, at
from data.wording import count_words

#: Parameters whose values are offered for B while both selections are the same.
OFFERED: Final = ("band", "compare", "model")
_PAIR: Final = 2


def summary(
    shown: Compared,
    other: Selection,
    choices: tuple[Choice, ...],
    pairs: Sequence[tuple[Card, Pair]],
) -> list[Component]:
    """Say how many verdicts change, which, and what the two selections differ in.

    Args:
        shown: What is compared, with the pinned selection.
        other: The selection that the bar changes.
        choices: In which the two differ.
        pairs: Cards that are shown for both, in the order of the page.
    """
    if not choices:
        same = html.P("A and B are the same so far", className="pair-count", role="status")
        return [html.Div([same, *_offers(shown)])]
    changed = [(card, pair) for card, pair in pairs if pair.flips]
    found = [
        html.P(count_of(len(changed), len(pairs)), className="pair-count", role="status"),
        *([_changed(changed)] if changed else []),
        *_untried(shown, other, changed),
        _ways(shown, other),
    ]
    differ = [
        _table(choices, changed),
        html.P(shared_by(shown.one, other), className="pair-shared"),
    ]
    return [html.Div(found), html.Div(differ)]


def name_of(shown: Compared) -> str:
    """Return what is compared: the name of the page, or the title of the one card.

    Args:
        shown: What is compared.
    """
    if not shown.path.startswith(CARDS_ALONE):
        return str(entry_of(shown.page)["name"])
    [card] = shown.cards
    return f"{card.finding.title_for(shown.one)}{card.suffix}"


def count_of(changed: int, compared: int) -> str:
    """Say how many verdicts change: "One of 6 verdicts changes".

    Args:
        changed: Verdicts that are not the same in both.
        compared: All that are compared.
    """
    if not compared:
        return "Nothing on this page follows what differs"
    if compared == 1:
        return "The verdict changes" if changed else "The verdict does not change"
    if changed == compared:
        return "Both verdicts change" if compared == _PAIR else f"All {compared} verdicts change"
    many = upper_first(count_words(changed)) if changed else none_of(compared)
    verb = "change" if changed > 1 else "changes"
    return f"{many} of {compared} verdicts {verb}"


def _changed(changed: Sequence[tuple[Card, Pair]]) -> html.Ul:
    entries = [
        html.Li(
            [
                html.A(title_of(card, pair), href=f"#pair-{card.key}"),
                html.Span([html.B("A"), f" {pair.one.verdict}"]),
                html.Span([html.B("B"), f" {pair.other.verdict}"]),
            ]
        )
        for card, pair in changed
    ]
    return html.Ul(entries, className="pair-changed")


def _table(choices: tuple[Choice, ...], changed: Sequence[tuple[Card, Pair]]) -> html.Div:
    """List what the two differ in; of several choices, also how many verdicts each changes."""
    several = len(choices) > 1
    heads = ["What differs", "A", "B", *(["Enough by itself for"] if several else [])]
    rows = [
        html.Tr(
            [
                html.Th(choice.label, scope="row"),
                html.Td(choice.one),
                html.Td(choice.other),
                *([html.Td(enough_for(choice, changed))] if several else []),
            ]
        )
        for choice in choices
    ]
    table = html.Table(
        [
            html.Caption("What A and B differ in", className="visually-hidden"),
            html.Thead(html.Tr([html.Th(words, scope="col") for words in heads])),
            html.Tbody(rows),
        ],
        className="data pair-choices",
    )
    return html.Div(table, className="pair-choices-around")


def enough_for(choice: Choice, changed: Sequence[tuple[Card, Pair]]) -> str:
    """Count the changes of a verdict that a choice is enough for by itself: "3 of 4".

    Args:
        choice: In which the two selections differ.
        changed: Cards whose verdicts are not the same in both.
    """
    if not changed:
        return "None"
    enough = sum(choice in pair.alone for _, pair in changed)
    untried = sum(choice in pair.untried for _, pair in changed)
    tried = len(changed) - untried
    if not tried:
        return "Not tried"
    said = f"{enough or 'None'} of {tried}"
    return f"{said}, {untried} not tried" if untried else said


def _untried(
    shown: Compared, other: Selection, changed: Sequence[tuple[Card, Pair]]
) -> list[Component]:
    """Say that not every choice was tried alone; the browser then asks again, while that helps."""
    untried = sum(len(pair.untried) for _, pair in changed)
    if not untried:
        return []
    again = html.A("Try the rest", href=at(pair_address(shown.path, shown.one, other)))
    line = html.P(["Not every choice was tried alone yet. ", again], className="pair-shared")
    return [marked(line, {"data-untried": str(untried)})]


def shared_by(one: Selection, other: Selection) -> str:
    """Say what is the same in both, and how many pilots are in both where they are not the same.

    Args:
        one: The pinned selection.
        other: The one that the bar changes.
    """
    others = other.parts_with(other.period_words)
    same = [words for words in one.parts_with(one.period_words) if words in others]
    if one.chosen != other.chosen:
        both = len({pilot.code for pilot in one.chosen} & {pilot.code for pilot in other.chosen})
        same.append(f"{pluralise(both, 'pilot')} in both" if both else "no pilot in both")
    return f"The same in A and B: {DOT.join(same)}." if same else ""


def _ways(shown: Compared, other: Selection) -> html.P:
    """Return links: to change A, and to each selection by itself."""
    ways = (
        ("Change A: swap A and B", pair_address(shown.path, other, shown.one)),
        ("A by itself", home_address(shown, shown.one)),
        ("B by itself", home_address(shown, other)),
    )
    here = urlsplit(pair_address(shown.path, shown.one, other))
    pdf = urlunsplit(here._replace(path=f"{here.path}/briefing.pdf"))
    paper = html.A("A and B on two pages (PDF)", href=at(pdf), target="_blank")
    return html.P(
        [*(html.A(words, href=at(address)) for words, address in ways), paper],
        className="pair-ways",
    )


def _offers(shown: Compared) -> list[Component]:
    """Offer what B may be, one choice away from A, beside what the bar offers."""
    entries = [
        html.Li(html.A(words, href=at(pair_address(shown.path, shown.one, other))))
        for words, other in _others(shown)
        if other != shown.one
    ]
    return [
        html.P("Choose B in the bar above, or take one of these:", className="pair-choose"),
        html.Ul(entries, className="pair-offers"),
    ]


def _others(shown: Compared) -> list[tuple[str, Selection]]:
    pairs, of = shown.one.to_pairs(), shown.one.programme
    subject = {name for part in PARTS if part.key == "subject" for name in part.names} | {"area"}
    plain = from_query({name: value for name, value in pairs.items() if name in subject})
    found = [("The choices that a page opens with", plain)]
    for name in OFFERED:
        one = PARAMETERS[name]
        kept = {key: value for key, value in pairs.items() if key not in {name, one.excludes}}
        if shown.page in one.pages:
            found += [
                (f"{one.label_under(of)}: {words}", from_query({**kept, name: value}))
                for value, words in one.allowed(of).items()
            ]
    return found
