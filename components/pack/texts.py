"""What a pack says of itself for people: contents, method, citation, licence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import fill
from typing import Final

from analytics.programme import explorer_of
from analytics.publication.export import attribution
from analytics.publication.published import Published
from components.pack.csv_file import CsvFile
from data.programmes.programme import Programme
from data.releases.release import Release, release_of
from data.sources.source import OGL, OGL_ADDRESS, Kind, Source

_WIDTH: Final = 98
_SCRIPTS: Final = ("scripts/", "programs that work rows.csv out again from inputs/")
#: How ``Again.reasons`` are named in a sentence.
_IN: Final = {"python": " in Python", "r": " in R", "any": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """How the rows of a finding are made again.

    Attributes:
        commands: What to run, one a language; empty where no script does.
        reasons: Why no script of a language does, by ``python``, ``r`` or ``any``.
    """

    commands: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What to run, and what is not computed again, in sentences."""
        run = f"To work the figures out again: {', or '.join(self.commands)}."
        why = [f"Not worked out again{_IN[one]}: {why}." for one, why in self.reasons.items()]
        return " ".join([*([run] if self.commands else []), *why])


def readme(published: Published, files: Sequence[CsvFile], again: Again) -> str:
    """Say what a pack of a finding is, and what is in it.

    Args:
        published: The finding.
        files: The CSV files of the pack: the rows, the whole table where there is one, the inputs.
        again: How its rows are made again.
    """
    own = [source.title for source in published.sources if source.kind is Kind.OWN]
    return _text(
        published.title,
        published.subtitle,
        published.summary,
        f"{published.kind.label}. {_made(published.release, published.author)}",
        "WHAT IS IN THIS PACK",
        _listed(
            ("README.txt", "this page"),
            *((one.path, _what(one, published)) for one in files),
            ("dictionary.csv", "what every column of these files means, and its unit"),
            ("datapackage.json", "the same for programs (Frictionless Data Package)"),
            ("rows.csv-metadata.json", "rows.csv described for programs (CSV on the Web)"),
            ("selection.json", "every choice that was made, for scripts"),
            ("method.txt", "how the figures were worked out, and what to know beside them"),
            ("CITATION.txt", "how to cite them"),
            ("LICENCE.txt", "what you may do with them"),
            *((_SCRIPTS,) if again.commands else ()),
        ),
        f"Left out, because they are a reader's own data: {', '.join(own)}." if own else "",
        "Numbers are unrounded. An empty cell has no value. Years are the years they end in. Files "
        "are in UTF-8 with a byte order mark, so that spreadsheets read them as they are.",
        again.words,
        "Images are made in the browser: the card offers them.",
    )


def readme_of_all(files: Sequence[CsvFile], of: Programme) -> str:
    """Say what the pack of every table is, and what is in it.

    Args:
        files: The tables.
        of: The programme.
    """
    return _text(
        f"{explorer_of(of)}: every table",
        "The tables that all figures of the explorer are worked out from, whole. Files whose names "
        "end in “simulated” hold made-up records, to try the analysis: they are no evidence.",
        _made(release_of(), explorer_of(of)),
        "WHAT IS IN THIS PACK",
        _listed(
            ("README.txt", "this page"),
            *((one.path, one.title) for one in files),
            ("dictionary.csv", "what every column of these files means, and its unit"),
            ("datapackage.json", "the same for programs (Frictionless Data Package)"),
            ("CITATION.txt", "how to cite them"),
            ("LICENCE.txt", "what you may do with them"),
        ),
    )


def method(published: Published) -> str:
    """Say how a finding was made, and what to know beside it.

    Args:
        published: The finding.
    """
    return _text(
        published.title,
        published.technical,
        *(f"{term}. {words}" for term, words in published.method),
        "NOTES" if published.notes or published.selection.remarks else "",
        *published.selection.remarks,
        *published.notes,
    )


def citation(published: Published) -> str:
    """Cite a finding.

    Args:
        published: The finding.
    """
    verdict = f"“{published.verdict}”. " if published.verdict else ""
    return _text(
        f"{published.author}: {verdict}{published.title}. {published.subtitle}. "
        f"{published.kind.label}. {_made(published.release, published.author)}",
        "SOURCES",
        *(source.citation for source in published.sources),
    )


def citation_of_all(sources: Iterable[Source], of: Programme) -> str:
    """Cite the pack of every table.

    Args:
        sources: The tables.
        of: The programme.
    """
    cited = dict.fromkeys(source.citation for source in sources)
    name = explorer_of(of)
    return _text(f"{name}: every table. {_made(release_of(), name)}", "SOURCES", *cited)


def licence(sources: Sequence[Source]) -> str:
    """Say under which licences the figures are given.

    Args:
        sources: The tables they are from.
    """
    given = [source for source in sources if source.kind is not Kind.OWN]
    names = dict.fromkeys(source.licence for source in given)
    return _text(
        attribution(tuple(given)),
        *(f"{name}: {OGL_ADDRESS}" if name == OGL else f"{name}." for name in names),
        "BY TABLE",
        *(f"{source.title}: {source.licence}. {source.citation}" for source in given),
    )


def _made(release: Release, author: str) -> str:
    return f"{release.label}, tables and methods of the {author}."


def _what(one: CsvFile, published: Published) -> str:
    """Say what a CSV file of a pack of a finding is."""
    if one.path == "rows.csv":
        return "the rows of the card"
    if one.path == "whole.csv":
        return f"the whole table behind them: {one.title}"
    return f"{one.title} ({published.kind.label})" if one.sources[0].kind is Kind.OWN else one.title


def _listed(*pairs: tuple[str, str]) -> str:
    wide = max(len(name) for name, _ in pairs) + 2
    return "\n".join(
        fill(f"{name:<{wide}}{words}", _WIDTH, subsequent_indent=" " * wide)
        for name, words in pairs
    )


def _text(*paragraphs: str) -> str:
    """Join paragraphs, those without words left out; lines that are listed stay as they are."""
    said = [
        one if "\n" in one else fill(one, _WIDTH, break_on_hyphens=False, break_long_words=False)
        for one in paragraphs
        if one
    ]
    return "\n\n".join(said) + "\n"
