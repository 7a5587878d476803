"""The releases of the tables in words and counts, and how to cite one."""

from dash import html
from dash.development.base_component import Component

from analytics.text.wording import counted, upper_first
from components.frame.shell import file_link, prose
from data.releases.release import Release, release_of, releases
from data.sources.registry import SOURCES

UNRELEASED = "These tables were not released. Their figures cannot be cited."
OWNED = (
    "Your data are in use. Figures of them are part of no release: they are not archived, and "
    "cannot be cited."
)
OTHERS = "The releases below are of the tables as the project has them."


def released() -> list[Component]:
    """Print every release with its date, its digest and what it changed, the newest first."""
    present, known = release_of(), releases()
    said = [] if present in known else [_unknown(present, some=bool(known))]
    first = known[-1] if known else None
    return [*said, *(_release(one, is_first=one is first) for one in known)]


def citing(*after: Component) -> html.Section:
    """Print how to cite the explorer, with its citation as files.

    Args:
        after: What follows, a paragraph each.
    """
    files = [("BibTeX", "/cite.bib"), ("RIS", "/cite.ris"), ("CSL-JSON", "/cite.csl.json")]
    links: list[Component | str] = ["The explorer as a reference: "]
    for words, path in files:
        links += [file_link(words, path), ", " if (words, path) != files[-1] else "."]
    return prose(
        "How to cite",
        "“Copy link” names the release and every choice, so that the link shows the same figures "
        "later, or says which rows changed.",
        "Under Copy, every card has its citation as a file.",
        html.P(links),
        *after,
    )


def _unknown(present: Release, *, some: bool) -> Component:
    said = OWNED if present.owned else UNRELEASED
    return html.P(" ".join([said, *([OTHERS] if some else [])]), className="caution")


def _release(release: Release, *, is_first: bool) -> Component:
    tables = counted(len(release.checksums))
    said = f"The first release: {tables} tables." if is_first else "No table changed."
    rows = [
        html.Li(f"{SOURCES[key].title}: {one.words}.")
        for key, one in release.changes.items()
        if key in SOURCES
    ]
    facts = f"{release.id} · version {release.version} · tables {release.tables}"
    return prose(
        upper_first(release.when),
        html.Ul(rows) if rows else said,
        html.Small(facts),
    )
