"""Data addresses of the tables: every table of the project, as it was built or as CSV."""

import gzip
from functools import partial
from typing import Final

import orjson
from flask import Response, request, url_for

from analytics.publication.export import attribution, column_entry, source_entry
from analytics.publication.finding import release
from analytics.selection.selection import HOME
from components.frame.asked import programme_asked
from components.pack.pack import MIMETYPE as ZIP
from components.pack.pack import everything
from components.pack.table_csv import table_csv, table_name
from components.server.refusal import refuse
from components.server.release_asked import OtherReleaseError, refuse_earlier
from components.server.response_cache import (
    Encoding,
    Packed,
    ResponseCache,
    best_encoding,
    pack,
    respond,
)
from data.load import Table, built, load
from data.microdata.tables import RECORD_TABLES
from data.microdata.templates_csv import example_csv, template_csv
from data.sources.registry import sources_of
from data.sources.simulated import SIMULATED
from data.sources.source import Kind, Source

CSV: Final = "csv"
MIMETYPES: Final = {CSV: "text/csv", "parquet": "application/vnd.apache.parquet"}


def extensions(source: Source) -> tuple[str, ...]:
    """Return the forms a table is offered in: its own file, and CSV where that is another."""
    own = source.path.suffix.removeprefix(".")
    return tuple(dict.fromkeys((own, CSV)))


def tables_by_form() -> dict[str, list[str]]:
    """Return the keys of the tables that are offered in each form."""
    return {
        form: [key for key, source in sources_of(HOME).items() if form in extensions(source)]
        for form in MIMETYPES
    }


class Tables:
    """The views of tables.

    Args:
        responses: Where bodies are kept.
    """

    def __init__(self, responses: ResponseCache) -> None:
        self._responses = responses

    def listing(self) -> Response:
        """List every table with its dictionary, checksum and addresses."""
        listed = [_entry(load(source)) for source in sources_of(programme_asked()).values()]
        mimetype = "application/json"
        return respond(pack(orjson.dumps({"tables": listed}), best_encoding(mimetype)), mimetype)

    def file(self, key: str, extension: str) -> Response:
        """Send one table, to be saved.

        Args:
            key: Of the table.
            extension: Its own form, for the bytes that were built, or ``csv``.
        """
        known = sources_of(programme_asked())
        source = known.get(key)
        if source is None:
            return refuse(404, f"There is no table “{key[:40]}”.", known)
        try:
            refuse_earlier(request.args.get("release", ""), "Tables are")
        except OtherReleaseError as other:
            return other.answer
        if load(source).source.kind is Kind.OWN:
            return refuse(403, f"“{key}” is the reader's own data and is not given out.")
        if extension not in extensions(source):
            return refuse(404, f"{key} is offered as:", extensions(source))
        mimetype = MIMETYPES[extension]
        name = f"{table_name(source)}.{extension}"
        if source.path.suffix == f".{extension}":
            packed = self._responses.kept(
                _kept_as(name, source), best_encoding(mimetype), source.read
            )
        else:
            packed = self._converted(name, source)
        response = respond(packed, mimetype)
        response.headers.set("Content-Disposition", "attachment", filename=name)
        return response

    def paper(self, key: str, paper: str) -> Response:
        """Send a record table as a file to fill in, or as an example of one.

        Args:
            key: Of the record table.
            paper: ``template`` or ``example``.
        """
        held = {name: RECORD_TABLES[name] for name in HOME.evaluation.records}
        table = held.get(key)
        if table is None or paper not in {"template", "example"}:
            return refuse(404, "Record tables are offered as template and example:", held)
        name = f"{key}_template.csv" if paper == "template" else f"{key}_example_simulated.csv"
        rows = built(SIMULATED[key]).frame
        made = template_csv(table) if paper == "template" else example_csv(table, rows)
        response = respond(pack(made, Encoding.IDENTITY), MIMETYPES[CSV])
        response.headers.set("Content-Disposition", "attachment", filename=name)
        return response

    def everything(self) -> Response:
        """Send every table in one pack, made once a release; the reader's own are not in it."""
        of = programme_asked()
        name = f"everything {of.digest} {release()}"
        packed = self._responses.kept(name, Encoding.IDENTITY, partial(everything, of))
        response = respond(packed, ZIP)
        response.headers.set("Content-Disposition", "attachment", filename="everything.zip")
        return response

    def _converted(self, name: str, source: Source) -> Packed:
        """Return a table as CSV; only the gzipped copy, a tenth of its size, is kept."""
        packed = self._responses.kept(
            _kept_as(name, source), Encoding.GZIP, partial(table_csv, source)
        )
        if request.accept_encodings.quality(Encoding.GZIP.value) > 0:
            return packed
        return pack(gzip.decompress(packed.content), Encoding.IDENTITY)


def _kept_as(name: str, source: Source) -> str:
    """Name the bytes of a table where they are kept; programmes have tables of one name."""
    return f"tables/{source.sha256}/{name}"


def _entry(table: Table) -> dict[str, object]:
    """Describe a table; one of the reader's own has no size and no addresses: nobody is sent it."""
    source = table.source
    own = source.kind is Kind.OWN
    return {
        **source_entry(source),
        "attribution": attribution((source,)),
        "rows": None if own else len(table.frame),
        "row_key": source.row_key,
        "bytes": None if own else source.size,
        "notes": source.notes,
        "columns": [column_entry(column) for column in source.dictionary],
        "addresses": {
            extension: url_for("api.table", key=source.key, extension=extension)
            for extension in (() if own else extensions(source))
        },
    }
