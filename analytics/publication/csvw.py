"""What a CSV file is, in the words of CSV on the Web, for programs that read it.

Source:
    W3C Recommendation, Metadata Vocabulary for Tabular Data, 17 December 2015.
"""

from typing import Final

import orjson

from analytics.publication.dictionary import Described, described
from analytics.publication.export import attribution, csv_columns
from analytics.publication.published import Published
from data.schema import Column, ColumnKind
from data.sources.source import OGL, OGL_ADDRESS, Source

EXTENSION: Final = "csv-metadata.json"
MIMETYPE: Final = "application/csvm+json"

_TYPES: Final = {
    ColumnKind.TEXT: "string",
    ColumnKind.COUNT: "number",  # a count may be a mean of counts
    ColumnKind.NUMBER: "number",
    ColumnKind.YEAR: "gYear",
    ColumnKind.FLAG: "boolean",
}


def to_csvw(published: Published, address: str) -> bytes:
    """Describe the file that ``to_csv`` makes of the same finding.

    Args:
        published: What the file holds.
        address: Of the file, absolute or from this description.
    """
    columns = csv_columns(published)
    words = described(published.key, columns, unit=published.unit)
    whole = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": address,
        "dc:title": published.title,
        "dc:description": published.subtitle,
        "dc:abstract": published.summary,
        "dc:type": published.kind.label,
        "dc:coverage": published.scope,
        "dc:source": [_source(source) for source in published.sources],
        "dc:license": _licences(published.sources),
        "dc:rights": attribution(published.sources),
        "dc:isPartOf": published.release.label,
        "dc:issued": published.release.day.isoformat() if published.release.day else "",
        "schema:version": published.version,
        "rdfs:comment": [*published.selection.remarks, *published.notes],
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "doubleQuote": True},
        "tableSchema": {
            "columns": [_column(*pair) for pair in zip(columns, words, strict=True)],
        },
    }
    held = {name: value for name, value in whole.items() if value not in ("", [])}
    return orjson.dumps(held, option=orjson.OPT_APPEND_NEWLINE)


def _column(column: Column, words: Described) -> dict[str, object]:
    described_as: dict[str, object] = {
        "name": column.written,
        "titles": [column.written],
        "dc:title": column.label,
        "dc:description": words.about,
        "datatype": _TYPES[column.kind],
    }
    return described_as | ({"schema:unitText": words.unit} if words.unit else {})


def _source(source: Source) -> dict[str, str]:
    named = {"dc:title": source.title, "dc:bibliographicCitation": source.citation}
    return named | ({"schema:sha256": source.sha256} if source.sha256 else {})


def _licences(sources: tuple[Source, ...]) -> list[object]:
    return [
        {"@id": OGL_ADDRESS} if licence == OGL else licence
        for licence in dict.fromkeys(source.licence for source in sources)
    ]
