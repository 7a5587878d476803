"""Data addresses: every finding and every table, for scripts and for other sites to read."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
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
from analytics.publication.finding import Finding
from analytics.publication.ods import MIMETYPE as ODS
from analytics.publication.ods import to_ods
from analytics.publication.parquet import MIMETYPE as PARQUET
from analytics.publication.parquet import to_parquet
from analytics.publication.published import Published
from analytics.publication.registry import offered
from analytics.publication.xlsx import to_xlsx
from analytics.selection.selection import HOME, Selection
from components.card.card import cards_under
from components.frame.asked import programme_asked, programme_query
from components.pack.pack import EVERYTHING, to_zip
from components.pack.pack import MIMETYPE as ZIP
from components.prefix import placed, prefix
from components.reference.parameter_list import entries
from components.server.health import health, ready, version
from components.server.openapi import description
from components.server.refusal import refuse, selection_asked
from components.server.release_asked import (
    ASKED,
    RELEASE,
    OtherReleaseError,
    of_release_asked,
    tell,
)
from components.server.response_cache import ResponseCache, best_encoding, dated, pack, respond
from components.server.tables import Tables
from data.programmes.programme import Programme
from data.releases.release import release_of

KEPT: Final = 24 * 1024 * 1024
FRESH: Final = "public, max-age=300, must-revalidate"

#: The header that says how a query was read, where there is something to say; other marks than
#: these are percent-encoded, for a header holds ASCII.
REMARKS: Final = "X-Selection-Remarks"
PLAIN: Final = " ,;:.()'/"

JSON: Final = "application/json"
BAD: Final = 400  # from here on an answer has no figures
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
    add("/health", "health", health)
    add("/health/ready", "ready", ready)
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
        of = programme_asked()
        listed = [_entry(finding, of) for finding in offered(of).values()]
        return _json({"findings": listed})

    def file(self, key: str, extension: str) -> Response:
        """Send one finding for the selection in the query.

        Args:
            key: Of the finding.
            extension: One of ``FORMATS``.
        """
        if extension not in FORMATS:
            return refuse(404, "A finding is offered as:", FORMATS)
        published, release = _asked(key, pack=extension == "zip")
        if isinstance(published, Response):
            return published
        mimetype, write = FORMATS[extension]
        if mimetype == JSON:  # other files have no room for it
            write = partial(to_json, asked=release)
        remarks = " ".join(published.selection.remarks)
        asked = f"{key}.{extension}{published.selection.to_query()}"
        name = f"{prefix()} {asked} {remarks} {published.release.id} {release}"
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
        _link(response, published, extension)
        tell(response, published, release)
        if remarks:  # a CSV file has no room for them
            response.headers[REMARKS] = quote(remarks, safe=PLAIN)
        return response

    def metadata(self, key: str) -> Response:
        """Describe the CSV file of one finding, in the words of CSV on the Web.

        Args:
            key: Of the finding.
        """
        published, release = _asked(key)
        if isinstance(published, Response):
            return published
        address = f"{url_for('api.finding', key=key, extension='csv')}{_query(published)}"
        response = respond(pack(to_csvw(published, address), best_encoding(CSVW)), CSVW)
        tell(response, published, release)
        return response


def _asked(key: str, *, pack: bool = False) -> tuple[Published | Response, str]:
    """Return a finding for the selection in the query, or why it is refused; the release asked."""
    known = offered(programme_asked())
    finding = known.get(key)
    if finding is None:
        return refuse(404, f"There is no finding “{key[:40]}”.", known), ""
    selection = selection_asked()
    if isinstance(selection, Response):
        return selection, ""
    try:
        published = of_release_asked(finding, selection, pack=pack)
    except OtherReleaseError as other:
        return other.answer, ""
    return placed(published), selection.release


def _link(response: Response, published: Published, extension: str) -> None:
    """Lead from a file to how it is cited, and from a CSV file to its description."""
    if extension == "csv":
        described = f"{url_for('api.metadata', key=published.key)}{_query(published)}"
        response.headers["Link"] = f"<{described}>; {DESCRIBES}"
    cited = f"{request.base_url}{_cited(published)}"
    response.headers.add("Link", f'<{cited}>; rel="cite-as"')


def _query(published: Published) -> str:
    """Return the query that gives the same figures: it names the release where that is old."""
    present = published.release == release_of()
    return published.selection.to_query() if present else _cited(published)


def _cited(published: Published) -> str:
    """Return the query that gives the same figures later, unless they cannot be cited."""
    release = published.release
    named = replace(published.selection, release=release.id if release.is_citable else "")
    return named.to_query()


def _entry(finding: Finding, of: Programme) -> dict[str, object]:
    plain, asked = Selection.of(of), programme_query(of)
    columns = file_columns(finding.key, finding.columns_under(of), finding.row_names(plain))
    return {
        "key": finding.key,
        "title": finding.title_for(plain),
        "about": finding.about_under(of),
        "unit": finding.unit_for(plain),
        "kind": kind_entry(finding.kind_loaded(of)),
        "whole": finding.whole,
        "columns": column_entries(finding.key, columns, finding.unit_for(plain)),
        "sources": [source_entry(source) for source in finding.loaded(of)],
        "addresses": {
            extension: url_for("api.finding", key=finding.key, extension=extension) + asked
            for extension in FORMATS
        }
        | {EXTENSION: url_for("api.metadata", key=finding.key) + asked},
    }


def _parameters() -> Response:
    """List the parameters of the query that every finding takes."""
    return _json({"parameters": entries(programme_asked())})


def _indicators() -> Response:
    """List every indicator and expenditure ratio: what it is of, in what unit, and its breaks."""
    of = programme_asked()
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
        for one in (family.beside(key, of) for key in family.measures)
    ]
    return _json({"indicators": listed})


def _openapi() -> Response:
    """Describe every data address for programs."""
    formats = {extension: mimetype for extension, (mimetype, _) in FORMATS.items()}
    told = description(
        version=version(),
        server=prefix() or "/",
        findings=offered(HOME),
        cards=cards_under(HOME),
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


def _shared(response: Response) -> Response:
    """Let other sites read data addresses, and browsers keep what they hold for five minutes."""
    if request.endpoint in {"api.health", "api.ready"}:
        return response
    response.headers["Access-Control-Allow-Origin"] = "*"
    if response.status_code < BAD:
        response.headers.setdefault(RELEASE, release_of().id)
    exposed = [
        "ETag",
        "Last-Modified",
        "Content-Disposition",
        "Link",
        *(name for name in (RELEASE, ASKED, REMARKS) if name in response.headers),
    ]
    response.headers["Access-Control-Expose-Headers"] = ", ".join(exposed)
    response.headers.setdefault("Cache-Control", FRESH)
    return dated(response)
