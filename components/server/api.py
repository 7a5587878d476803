"""Data addresses: every finding and every table, for scripts and for other sites to read."""

import os
import tomllib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Final
from urllib.parse import quote

import orjson
from flask import Blueprint, Response, request, url_for

from analytics.evaluation.measure_families import FAMILIES
from analytics.publication.clear_names import file_columns
from analytics.publication.csvw import EXTENSION, to_csvw
from analytics.publication.csvw import MIMETYPE as CSVW
from analytics.publication.export import (
    column_entries,
    file_name,
    kind_entry,
    source_entry,
    to_csv,
    to_json,
)
from analytics.publication.finding import FINDINGS, Finding
from analytics.publication.machines import redis_url
from analytics.publication.ods import MIMETYPE as ODS
from analytics.publication.ods import to_ods
from analytics.publication.parquet import MIMETYPE as PARQUET
from analytics.publication.parquet import to_parquet
from analytics.publication.published import Published
from analytics.publication.workbook import to_xlsx
from analytics.selection.parameter import fault_of
from analytics.selection.parse import from_search
from analytics.selection.selection import Selection
from components.pack.pack import EVERYTHING, to_zip
from components.pack.pack import MIMETYPE as ZIP
from components.prefix import placed, prefix
from components.reference.parameter_list import entries
from components.server.openapi import description
from components.server.refusal import refuse
from components.server.response_cache import ResponseCache, best_encoding, dated, pack, respond
from components.server.tables import Tables

KEPT: Final = 24 * 1024 * 1024
FRESH: Final = "public, max-age=300, must-revalidate"
PROJECT: Final = Path(__file__).parents[2] / "pyproject.toml"

#: The header that says how a query was read, where there is something to say; other marks than
#: these are percent-encoded, for a header holds ASCII.
REMARKS: Final = "X-Selection-Remarks"
PLAIN: Final = " ,;:.()'/"

OK: Final = 200
SILENT: Final = "does not answer"
JSON: Final = "application/json"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTINGS: Final = ("findings", "tables", "parameters", "indicators", "openapi")
DESCRIBES: Final = f'rel="describedby"; type="{CSVW}"'
FORMATS: Final[dict[str, tuple[str, Callable[[Published], bytes]]]] = {
    "json": (JSON, to_json),
    "csv": ("text/csv", to_csv),
    "xlsx": (XLSX, to_xlsx),
    "ods": (ODS, to_ods),
    "parquet": (PARQUET, to_parquet),
    "zip": (ZIP, to_zip),
}


def api() -> Blueprint:
    """Return the data addresses, to be registered on the server before the pages."""
    responses = ResponseCache(KEPT)
    findings, tables = Findings(responses), Tables(responses)
    blueprint = Blueprint("api", __name__)
    add = blueprint.add_url_rule
    add("/api/v1/findings.json", "findings", findings.listing)
    add("/api/v1/findings/<key>.<extension>", "finding", findings.file)
    add(f"/api/v1/findings/<key>.{EXTENSION}", "metadata", findings.metadata)
    add("/api/v1/parameters.json", "parameters", _parameters)
    add("/api/v1/indicators.json", "indicators", _indicators)
    add("/api/v1/openapi.json", "openapi", _openapi)
    add("/api/v1", "index", _index, strict_slashes=False)
    add("/api/v1/tables.json", "tables", tables.listing)
    add("/api/v1/tables/<key>.<extension>", "table", tables.file)
    add("/api/v1/records/<key>/<paper>.csv", "paper", tables.paper)
    add(EVERYTHING, "everything", tables.everything)
    add("/api/", "root", _unknown, defaults={"rest": ""})
    add("/api/<path:rest>", "unknown", _unknown)
    add("/health", "health", _health)
    add("/health/ready", "ready", _ready)
    blueprint.after_request(_shared)
    return blueprint


class Findings:
    """The views of findings.

    Args:
        responses: Where bodies are kept.
    """

    def __init__(self, responses: ResponseCache) -> None:
        self._responses = responses

    def listing(self) -> Response:
        """List every finding with its columns, units, sources, kind and addresses."""
        listed = [_entry(finding) for finding in FINDINGS.values()]
        return _json({"findings": listed})

    def file(self, key: str, extension: str) -> Response:
        """Send one finding for the selection in the query.

        Args:
            key: Of the finding.
            extension: One of ``FORMATS``.
        """
        if extension not in FORMATS:
            return refuse(404, "A finding is offered as:", FORMATS)
        published = _asked(key)
        if isinstance(published, Response):
            return published
        mimetype, write = FORMATS[extension]
        remarks = " ".join(published.selection.remarks)
        asked = f"{key}.{extension}{published.selection.to_query()}"
        name = f"{prefix()} {asked} {remarks} {published.release.id}"
        # What is not made yet may be in a moment, and packs are large and quick to join.
        if published.waiting or mimetype == ZIP:
            packed = pack(write(published), best_encoding(mimetype))
        else:
            packed = self._responses.kept(name, best_encoding(mimetype), partial(write, published))
        response = respond(packed, mimetype)
        if published.waiting:
            response.headers["Cache-Control"] = "no-store"
        if mimetype != JSON:
            response.headers.set(
                "Content-Disposition", "attachment", filename=file_name(published, extension)
            )
        if extension == "csv":
            response.headers["Link"] = f"<{_metadata_of(published)}>; {DESCRIBES}"
        cited = published.selection.cited.to_query()
        response.headers.add("Link", f'<{request.base_url}{cited}>; rel="cite-as"')
        if remarks:  # a CSV file has no room for them
            response.headers[REMARKS] = quote(remarks, safe=PLAIN)
        return response

    def metadata(self, key: str) -> Response:
        """Describe the CSV file of one finding, in the words of CSV on the Web.

        Args:
            key: Of the finding.
        """
        published = _asked(key)
        if isinstance(published, Response):
            return published
        query = published.selection.to_query()
        body = to_csvw(published, f"{url_for('api.finding', key=key, extension='csv')}{query}")
        return respond(pack(body, best_encoding(CSVW)), CSVW)


def _asked(key: str) -> Published | Response:
    """Return a finding for the selection in the query, or why it is refused."""
    finding = FINDINGS.get(key)
    if finding is None:
        return refuse(404, f"There is no finding “{key[:40]}”.", FINDINGS)
    selection = from_search(request.query_string.decode(errors="replace"))
    faults = tuple(f"{fault.name}: {fault.message}" for fault in selection.faults)
    if selection.notices or faults:
        return refuse(
            400, "The query was not understood.", (*map(fault_of, selection.notices), *faults)
        )
    return placed(finding.publish(selection))


def _metadata_of(published: Published) -> str:
    """Return the address that describes the CSV file of a finding."""
    return f"{url_for('api.metadata', key=published.key)}{published.selection.to_query()}"


def _entry(finding: Finding) -> dict[str, object]:
    plain = Selection()
    columns = file_columns(finding.key, finding.columns, finding.row_names(plain))
    return {
        "key": finding.key,
        "title": finding.title_for(plain),
        "about": finding.about,
        "unit": finding.unit_for(plain),
        "kind": kind_entry(finding.kind_loaded),
        "whole": finding.whole,
        "columns": column_entries(finding.key, columns, finding.unit_for(plain)),
        "sources": [source_entry(source) for source in finding.loaded],
        "addresses": {
            extension: url_for("api.finding", key=finding.key, extension=extension)
            for extension in FORMATS
        }
        | {EXTENSION: url_for("api.metadata", key=finding.key)},
    }


def _parameters() -> Response:
    """List the parameters of the query that every finding takes."""
    return _json({"parameters": entries()})


def _indicators() -> Response:
    """List every indicator and expenditure ratio: what it is of, in what unit, and its breaks."""
    listed = [
        {
            "key": one.key,
            "family": family.subject.value,
            "name": one.name,
            "short": one.short_name,
            "unit": one.unit,
            "definition": one.definition,
            "day": one.day,
            "breaks": one.breaks,
            "notes": one.notes,
            "compared": one.core,
        }
        for family in FAMILIES.values()
        for one in family.measures.values()
    ]
    return _json({"indicators": listed})


def _openapi() -> Response:
    """Describe every data address for programs."""
    formats = {extension: mimetype for extension, (mimetype, _) in FORMATS.items()}
    told = description(
        version=version(),
        server=prefix() or "/",
        findings=FINDINGS,
        formats=formats | {EXTENSION: CSVW},
    )
    return _json(told)


def _index() -> Response:
    """Say where to start: the listings, the description of all addresses, and every table."""
    return _json({name: url_for(f"api.{name}") for name in (*LISTINGS, "everything")})


def _json(told: dict[str, object]) -> Response:
    return respond(pack(orjson.dumps(told), best_encoding(JSON)), JSON)


def _unknown(rest: str) -> Response:
    """Refuse what is no data address."""
    known = [url_for(f"api.{name}") for name in LISTINGS]
    return refuse(404, f"There is no data address “{rest[:60]}”; start from:", known)


def _health() -> Response:
    """Say that this process lives; it does without Redis."""
    return _state(redis_state(), OK)


def _ready() -> Response:
    """Say whether all that this process is meant to do can be done; not so while Redis is gone."""
    state = redis_state()
    return _state(state, 503 if state == SILENT else OK)


def _state(redis: str, status: int) -> Response:
    facts = {"status": "ok" if status == OK else "waiting", "version": version(), "redis": redis}
    response = Response(orjson.dumps(facts), status=status, mimetype=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def redis_state() -> str:
    """Say whether the Redis that machines share answers."""
    url = redis_url()
    if not url:
        return "not used"
    from analytics.publication.shared import shared  # noqa: PLC0415 (one machine needs no Redis)

    return "answers" if shared(url, os.getpid()).answers() else SILENT


@cache
def version() -> str:
    """Return the version of the project, as ``pyproject.toml`` has it."""
    if not PROJECT.is_file():
        return "unknown"
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])


def _shared(response: Response) -> Response:
    """Let other sites read data addresses, and browsers keep what they hold for five minutes."""
    if request.endpoint in {"api.health", "api.ready"}:
        return response
    response.headers["Access-Control-Allow-Origin"] = "*"
    exposed = [
        "ETag",
        "Last-Modified",
        "Content-Disposition",
        "Link",
        *([REMARKS] if REMARKS in response.headers else []),
    ]
    response.headers["Access-Control-Expose-Headers"] = ", ".join(exposed)
    response.headers.setdefault("Cache-Control", FRESH)
    return dated(response)
