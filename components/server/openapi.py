"""The data addresses described for programs, from the registries of parameters and findings.

Source:
    OpenAPI Specification 3.1.0; problem details are those of RFC 9457.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from analytics.programme import explorer_of
from analytics.publication.citation import STYLES
from analytics.selection.cost_inputs import INPUTS
from analytics.selection.parameter import Kind, Parameter
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import OF_A_PROGRAMME
from analytics.selection.selection import HOME
from components.pack.pack import EVERYTHING
from components.pack.pack import MIMETYPE as ZIP
from components.reference.parameter_list import default
from components.server.openapi_schemas import TEXT, Described, schemas
from components.server.refusal import PROBLEM
from components.server.release_asked import ASKED, RELEASE
from components.server.tables import MIMETYPES, tables_by_form
from data.releases.release import NAMED
from data.sources.source import OGL, OGL_ADDRESS

VERSION: Final = "3.1.0"
JSON: Final = "application/json"
#: Of an answer with figures: the release they are of, and the one asked for where it is another.
_HEADERS: Final[Described] = {
    RELEASE: {"description": "The release of the figures.", "required": True, "schema": TEXT},
    ASKED: {"description": "The release asked for, where that is another.", "schema": TEXT},
}
#: The parameters of every finding, but for those that name another programme: on it depends which
#: bands, pilots and findings there are, and that no schema can say.
_QUERY: Final = tuple(name for name in PARAMETERS if name not in OF_A_PROGRAMME)


def description(
    *,
    version: str,
    server: str,
    findings: Iterable[str],
    cards: Iterable[str],
    formats: Mapping[str, str],
) -> Described:
    """Return the description of every data address.

    Args:
        version: Of the explorer.
        server: What comes before each address: the path of a deployment, or "/".
        findings: Keys of the findings that are offered.
        cards: Keys of the cards of pages.
        formats: Content type by extension, as findings are offered.
    """
    keys = list(findings)
    return {
        "openapi": VERSION,
        "info": {
            "title": explorer_of(HOME),
            "version": version,
            "description": (
                "Every finding and every table of the explorer, with the same query as its pages. "
                "What the query does not name has its default. What is allowed here is allowed "
                "for the programme of this explorer: programme=, or group= with start= and named=, "
                "names another, with bands and pilots of its own (/api/v1/parameters.json)."
            ),
            "license": {"name": OGL, "url": OGL_ADDRESS},
        },
        "servers": [{"url": server}],
        "paths": {
            **_listings(),
            EVERYTHING: _everything(),
            **{
                f"/api/v1/tables/{{key}}.{extension}": _table(extension, keys)
                for extension, keys in tables_by_form().items()
            },
            **_citations(list(cards)),
            **_runs(keys),
            **{
                f"/api/v1/findings/{{key}}.{extension}": _finding(extension, mimetype, keys)
                for extension, mimetype in formats.items()
            },
        },
        "components": {
            "parameters": {name: _parameter(PARAMETERS[name]) for name in _QUERY},
            "schemas": schemas(),
            "responses": {
                "refused": _answer("Why the request was refused.", PROBLEM, _reference("Problem")),
            },
        },
    }


def _listings() -> Described:
    listings = {
        "findings": "Every finding with its columns, units, sources, kind and addresses.",
        "tables": "Every table of the explorer with its dictionary, checksum and addresses.",
        "parameters": "Every parameter of the query with its default and allowed values.",
        "indicators": "Every indicator and expenditure ratio with its definition and unit.",
    }
    return {
        f"/api/v1/{name}.json": {
            "get": {
                "operationId": name,
                "summary": words,
                "responses": {
                    "200": _answer(words, JSON, {"type": "object", "required": [name]}),
                },
            }
        }
        for name, words in listings.items()
    }


def _everything() -> Described:
    words = "Every table with its dictionary, licence and citation, in one ZIP file."
    body = TEXT | {"contentMediaType": ZIP}
    answer = _answer(words, ZIP, body)
    return {"get": {"operationId": "everything", "summary": words, "responses": {"200": answer}}}


def _table(extension: str, keys: list[str]) -> Described:
    """Describe a table in a form; one that the reader's own stands in for is not given out."""
    mimetype = MIMETYPES[extension]
    words = f"One table of the explorer, as {extension}."
    body = TEXT if mimetype.startswith("text/") else TEXT | {"contentMediaType": mimetype}
    refused = dict.fromkeys(("403", "404"), "#/components/responses/refused")
    return {
        "get": {
            "operationId": f"table_{extension}",
            "summary": words,
            "parameters": [_key(keys, "Of the table.")],
            "responses": {
                "200": _answer(words, mimetype, body),
                **{status: {"$ref": where} for status, where in refused.items()},
            },
        }
    }


def _citations(cards: list[str]) -> Described:
    """Describe the citations of the whole and of each card, in every form that programs read."""
    whole, card = "How to cite the explorer as a whole.", "How to cite a card for a selection."
    query = [{"$ref": f"#/components/parameters/{name}"} for name in _QUERY]
    asked = {"parameters": [_key(cards, "Of the card."), *query]}
    refused = {"$ref": "#/components/responses/refused"}
    fails = {"400": refused, "404": refused, "409": refused}
    return {
        f"{path}.{ending}": {
            "get": {
                "operationId": f"cite_{name}{ending.replace('.', '_')}",
                "summary": summary,
                **more,
                "responses": {
                    "200": _answer(
                        "For programs that keep references.",
                        mimetype,
                        {} if mimetype.endswith("json") else TEXT,
                    ),
                    **others,
                },
            }
        }
        for ending, (mimetype, _) in STYLES.items()
        for path, name, summary, more, others in (
            ("/cite", "", whole, {}, {}),
            ("/cards/{key}", "card_", card, asked, fails),
        )
    }


def _runs(keys: list[str]) -> Described:
    """Describe how a slow finding is begun and waited for."""
    later = "Being made: ask again at Location after as many seconds as Retry-After says."
    waiting = {"description": later}
    made = {"description": "Made: Location has its data address."}
    refused = {"$ref": "#/components/responses/refused"}
    query = [{"$ref": f"#/components/parameters/{name}"} for name in _QUERY]
    ticket = {"name": "ticket", "in": "path", "required": True, "schema": TEXT}
    return {
        "/api/v1/findings/{key}/runs": {
            "post": {
                "operationId": "start",
                "summary": "Begin to make a slow finding for a selection.",
                "parameters": [_key(keys), *query],
                "responses": {
                    "202": waiting,
                    "303": made,
                    **dict.fromkeys(("400", "404", "503"), refused),
                },
            }
        },
        "/api/v1/runs/{ticket}": {
            "get": {
                "operationId": "state",
                "summary": "How far slow work is.",
                "parameters": [ticket],
                "responses": {"202": waiting, "303": made, "404": refused, "503": refused},
            }
        },
    }


def _key(keys: list[str], of: str = "Of the finding.") -> Described:
    return {
        "name": "key",
        "in": "path",
        "required": True,
        "description": of,
        "schema": TEXT | {"enum": keys},
    }


def _finding(extension: str, mimetype: str, keys: list[str]) -> Described:
    described: Described = {"type": "object"} if mimetype.endswith("+json") else TEXT
    rows: Described = _reference("Finding") if mimetype == JSON else described
    binary = (
        {}
        if mimetype.startswith("text/") or mimetype.endswith("json")
        else {"contentMediaType": mimetype}
    )
    query = [{"$ref": f"#/components/parameters/{name}"} for name in _QUERY]
    refused = {"$ref": "#/components/responses/refused"}
    return {
        "get": {
            "operationId": f"finding_{extension.replace('.', '_').replace('-', '_')}",
            "summary": f"One finding for a selection, as {extension}.",
            "parameters": [_key(keys), *query],
            "responses": {
                "200": _answer(
                    "The rows of the card; a ZIP file has all they were made from.",
                    mimetype,
                    rows | binary,
                )
                | {"headers": _HEADERS},
                **dict.fromkeys(("400", "404", "409"), refused),
            },
        }
    }


def _parameter(one: Parameter) -> Described:
    return {
        "name": one.name,
        "in": "query",
        "required": False,
        "description": one.help_under(HOME),
        **_shape(one),
    }


def _shape(one: Parameter) -> Described:
    """Return the schema of a parameter, and how several values are joined."""
    start = default(one, HOME)
    values = list(one.allowed(HOME))
    match one.kind:
        case Kind.CHOICES:
            several = {"type": "array", "items": TEXT | {"enum": values}}
            several |= {"minItems": 1}
            return {"schema": several, "style": "form", "explode": False}
        case Kind.YEARS:
            years = [int(value) for value in values]
            periods = [f"{first}-{last}" for first in years for last in years if first <= last]
            schema = TEXT | {"enum": periods, "default": start}
        case Kind.NUMBER:
            numbers = [int(value) for value in values]
            schema: Described = {"type": "integer", "default": int(start)}
            schema |= {"minimum": min(numbers), "maximum": max(numbers)} if numbers else {}
        case Kind.AMOUNT:
            schema = _amount(one.name) | ({"default": float(start)} if start else {})
        case Kind.NAME:
            schema = TEXT | {"pattern": f"^{NAMED}$"}
        case Kind.CHOICE | Kind.FLAG:
            schema = TEXT | {"enum": values or ["0", "1"]} | ({"default": start} if start else {})
    return {"schema": schema}


def _amount(name: str) -> Described:
    """Return the schema of an input of the cost card; two decimals are read in one way only."""
    field = INPUTS[name]
    return {"type": "number", "minimum": field.low, "maximum": field.high, "multipleOf": 0.01}


def _reference(name: str) -> Described:
    return {"$ref": f"#/components/schemas/{name}"}


def _answer(words: str, mimetype: str, schema: Described) -> Described:
    return {"description": words, "content": {mimetype: {"schema": schema}}}
