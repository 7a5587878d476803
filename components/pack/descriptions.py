"""What a pack says of its CSV files for programs: a dictionary, and a data package.

Source:
    Frictionless Data, Data Package version 1: Tabular Data Package and Table Schema.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

import orjson

from analytics.publication.dictionary import Described
from analytics.publication.export import BOM, attribution
from components.pack.csv_file import CsvFile
from data.schema import Column, ColumnKind
from data.sources.source import OGL, OGL_ADDRESS, Kind, Source

DICTIONARY: Final = "dictionary.csv"
DATAPACKAGE: Final = "datapackage.json"

#: What Open Definition calls the licences, for programs.
_LICENCES: Final = {OGL: {"name": "OGL-UK-3.0", "path": OGL_ADDRESS}}
_OTHER: Final = {"name": "MIT"}
_TYPES: Final = {
    ColumnKind.TEXT: "string",
    ColumnKind.COUNT: "number",  # a count may be a mean of counts
    ColumnKind.NUMBER: "number",
    ColumnKind.YEAR: "year",
    ColumnKind.FLAG: "boolean",
}
_FLAGS: Final = {"trueValues": ["true", "True"], "falseValues": ["false", "False"]}


def dictionary_csv(files: Iterable[CsvFile]) -> bytes:
    """Write every column of some files in words: a line each.

    Args:
        files: In the order of the lines.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(("file", "column", "label", "kind", "unit", "about"))
    for one in files:
        writer.writerows(
            (one.path, column.written, column.label, column.kind.value, words.unit, words.about)
            for column, words in zip(one.columns, one.words, strict=True)
        )
    return (BOM + out.getvalue()).encode()


def datapackage_json(
    name: str, title: str, about: str, files: Sequence[CsvFile], *, version: str
) -> bytes:
    """Describe some files as a data package.

    Args:
        name: Of the package, for programs.
        title: Of the package.
        about: What was found, or what it is.
        files: Its CSV files, in order.
        version: Of the figures.
    """
    sources = tuple(dict.fromkeys(source for one in files for source in one.sources))
    told = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": about,
        "version": version,
        "licenses": _licences(sources),
        "attribution": attribution(sources),
        "sources": [_source(source) for source in sources],
        "resources": [_resource(one) for one in files],
    }
    return orjson.dumps(
        {key: value for key, value in told.items() if value},
        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
    )


def _licences(sources: Iterable[Source]) -> list[dict[str, str]]:
    licences = dict.fromkeys(one.licence for one in sources if one.kind is not Kind.OWN)
    return [{**_LICENCES.get(licence, _OTHER), "title": licence} for licence in licences]


def _source(source: Source) -> dict[str, str]:
    digest = {"sha256": source.sha256} if source.sha256 else {}
    return {"title": source.citation, "description": source.title} | digest


def _resource(one: CsvFile) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_field(*pair) for pair in zip(one.columns, one.words, strict=True)],
        "missingValues": [""],
    }
    by_name = {column.name: column for column in one.columns}
    if one.row_key and not any(by_name[name].optional for name in one.row_key):
        schema["primaryKey"] = list(one.row_key)
    name = one.path.removesuffix(".csv").replace("/", "-").replace("_", "-")
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": one.path,
        "title": one.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": one.member.size,
        "hash": f"sha256:{one.sha256}",
        "schema": schema,
    }


def _field(column: Column, words: Described) -> dict[str, object]:
    told: dict[str, object] = {
        "name": column.written,
        "type": _TYPES[column.kind],
        "title": column.label,
        "description": words.about,
    }
    flags = _FLAGS if column.kind is ColumnKind.FLAG else {}
    return told | ({"unit": words.unit} if words.unit else {}) | flags
