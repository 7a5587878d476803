"""Everything that is on every page: header, navigation, live announcements, footer, page frame."""

from collections.abc import Callable, Sequence
from json import dumps
from typing import Final

from dash import html, page_container, page_registry
from dash.development.base_component import Component

from analytics.programme import explorer_of, none_held
from analytics.selection.parameter import Page
from analytics.selection.selection import HOME, Selection
from analytics.text.wording import upper_first
from components.card.chart_frame import HINT
from components.frame.asked import programme_asked, programme_query
from components.frame.bar_words import page_of
from components.frame.cited import cited
from components.frame.controls import control_values, grammar
from components.frame.navigation import is_empty, menu, navigation
from components.frame.pair_address import compares
from components.frame.selection_bar import selection_bar
from components.frame.update_cards import stores
from components.html_attrs import follow, marked, part, without_clicks
from components.prefix import NAMED, at, named_by
from data.programmes.programme import Programme
from data.releases.release import release_of
from data.sources.source import ATTRIBUTION

NAME: Final = explorer_of(HOME)

#: ``data-patience`` is how many seconds the browser waits for an answer before it says so.
INDEX: Final = """<!DOCTYPE html>
<html lang="en-GB">
<head>
{%metas%}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{%title%}</title>
{%favicon%}
<!--plotly-->
<!--head-->
{%css%}
</head>
<body data-patience="15">
<!--no-script-->
{%app_entry%}
{%config%}
<!--first-look-->
<template id="later">{%scripts%}
{%renderer%}</template>
<!--early-->
</body>
</html>
"""


def name_windows() -> None:
    """Let the title of every page's window end in the name of the site, once pages are known.

    The registry keeps the page's own title as its ``heading``.
    """
    for entry in page_registry.values():
        own = entry.setdefault("heading", entry["title"])
        entry["title"] = _window(own)


def _window(own: str | Callable[..., str]) -> Callable[..., str]:
    """Return what makes the title of a page's window, for the programme that is asked about."""

    def title(**named: str) -> str:
        said = own if isinstance(own, str) else own(**named)
        return f"{said} – {explorer_of(programme_asked())}"

    return title


def shell() -> html.Div:
    """Return the frame that pages are shown in, for the programme of the request in hand."""
    of = programme_asked()
    frame = html.Div(
        [
            html.A("Skip to main content", href="#main", className="skip-link"),
            _header(of),
            html.Div([navigation(of), _refused(), page_container], className="frame wrap"),
            _footer(of),
            _live(),
            html.P(HINT, id="chart-hint", hidden=True),
            *stores(),
        ]
    )
    return without_clicks(frame)


def page(
    heading: str,
    selection: Selection,
    body: Sequence[Component],
    *,
    verdict: Component | None = None,
    lede: str = "",
    path: str,
) -> html.Main:
    """Frame a page: heading, selection bar, then its cards in reading order.

    Args:
        heading: The page's one first-level heading.
        selection: What the reader chose.
        body: Cards and prose.
        verdict: What the page found, in one line under the heading.
        lede: What the page shows, in one line: at most 110 characters.
        path: Address of the page. One that names an indicator or a council takes its place in the
            query. It says which parts of the selection the bar offers.
    """
    known = _followed(path, selection.programme)
    in_path = named_by(path)
    named = NAMED[in_path] if in_path else None
    held = (named.parameter,) if named else ()
    main = html.Main(
        [
            html.H1(heading, id="page-title", tabIndex=-1),
            *([verdict] if verdict else []),
            *([html.P(lede, className="lede")] if lede else []),
            *selection_bar(
                selection, page=known, compares=compares(path, known), is_named=named is not None
            ),
            *cited(selection, path),
            *body,
        ],
        id="main",
    )
    return marked(
        without_clicks(main),
        {
            "data-path": at(path),
            "data-page": known or "",
            "data-query": selection.to_query(without=held),
            "data-asked": selection.to_query(),
            "data-permalink": selection.to_permalink(known),
            "data-programme": programme_query(selection.programme),
            "data-holds": named.parameter if named else "",
            "data-controls": dumps(control_values(selection)),
            "data-grammar": dumps(grammar()),
            "data-faults": dumps({fault.name: fault.message for fault in selection.faults}),
        },
    )


def _followed(path: str, of: Programme) -> Page | None:
    """Return the page whose parts of the selection are offered: none where it is empty."""
    empty = (str(one["path"]) for one in page_registry.values() if is_empty(one, of))
    return None if path in empty else page_of(path)


def empty_page(heading: str, selection: Selection, what: str, *, path: str) -> html.Main:
    """Frame a page of which the programme has nothing; the navigation does not lead to it.

    Args:
        heading: The page's one first-level heading.
        selection: What the reader chose.
        what: What there is none of, in the plural.
        path: Address of the page.
    """
    said = html.P(none_held(what, selection.programme), className="withheld")
    return page(heading, selection, [said], path=path)


def plain_page(heading: str, *words: str | Component, after: Component | None = None) -> html.Main:
    """Frame a page that has nothing to select: an address that leads nowhere.

    Args:
        heading: The page's one first-level heading.
        words: What follows it, in one paragraph.
        after: What comes after that.
    """
    said = html.P(list(words))
    main = html.Main(
        [html.H1(heading, id="page-title", tabIndex=-1), said, *([] if after is None else [after])],
        id="main",
    )
    return marked(without_clicks(main), {"data-path": "", "data-query": "", "data-asked": ""})


def link(words: str, path: str) -> html.A:
    """Lead to another page, with the reader's selection."""
    return follow(html.A(words, href=at(path)))


def file_link(words: str, path: str) -> html.A:
    """Lead to a file that is made for the reader's selection; the browser saves it.

    Args:
        words: Of the link, with the kind of file.
        path: Of the file.
    """
    return follow(html.A(words, href=at(path), download=""))


def _refused() -> html.Div:
    """Return the bar that says what the server refused; the browser fills and shows it."""
    bar = html.Div(id="refused", className="refused", role="region", hidden=True)
    return marked(bar, {"aria-label": "What went wrong"})


def _live() -> html.Div:
    live = html.Div(id="live", className="visually-hidden", role="status")
    return marked(live, {"aria-live": "polite"})


def cards(*shown: Component, name: str = "") -> html.Div:
    """Set cards in a grid, two to a row where there is room; a card says what place it takes.

    Args:
        shown: The cards.
        name: Class of the grid beside its own, where a page sets it otherwise.
    """
    return html.Div(list(shown), className=f"cards {name}".strip())


def more(*shown: Component, heading: str = "More detail") -> html.Section:
    """Set cards that are folded to their verdicts under a heading.

    Args:
        shown: Cards that take the place "folded".
        heading: Its words.
    """
    return html.Section([html.H2(heading, className="more-title"), cards(*shown)], className="more")


def prose(heading: str, *paragraphs: str | Component) -> html.Section:
    """Set running words under a second-level heading, leaving out empty paragraphs.

    Args:
        heading: Its words.
        paragraphs: In reading order.
    """
    words = [html.P(one) if isinstance(one, str) else one for one in paragraphs if one != ""]
    return html.Section([html.H2(heading), *words], className="prose")


def _header(of: Programme) -> html.Header:
    name = [f"{upper_first(of.name)} ", html.Span("evaluation explorer")]
    header = html.Header(
        html.Div(
            [
                follow(html.A(name, href=at("/"), className="brand")),
                *_back(of),
                _search(),
                html.Button(
                    "Dark theme", id="theme-toggle", type="button", className="button-quiet"
                ),
                menu(),
            ],
            className="wrap",
        ),
        className="site-header",
        id="frame-programme",
    )
    return marked(header, {"data-programme": programme_query(of)})


def _back(of: Programme) -> list[Component]:
    """Return the way out of a programme that is not the process's: its frame is left with it."""
    if of == HOME:
        return []
    return [html.A("Change programme", href=at("/group"), className="brand-back")]


def _search() -> html.Div:
    """Return the place of the search, which the browser fills, and the button that opens it."""
    button = html.Button("Search", id="search-open", type="button", className="button-quiet")
    place = html.Div(className="search-place")
    return html.Div(
        [marked(button, {"aria-expanded": "false"}), place], className="search", role="search"
    )


def _release() -> html.P:
    """Name the release of the figures; pictures of cards print it too."""
    named = part(html.Span(release_of().label), "release")
    return html.P([named, ". ", link("Releases", "/data/releases")])


def _footer(of: Programme) -> html.Footer:
    return html.Footer(
        html.Div(
            [
                html.P(ATTRIBUTION),
                html.P(
                    [
                        (
                            f"{explorer_of(of)}. Not an official product of "
                            f"{of.sentences.not_official_of}. "
                        ),
                        link("Data and methods", "/data"),
                    ]
                ),
                _release(),
            ],
            className="wrap",
        ),
        className="site-footer",
    )
