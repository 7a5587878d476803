"""Whether every data address gives the bytes it gave before: for one change, then dropped.

``python -m tests.same_bytes write`` keeps the checksums, ``python -m tests.same_bytes`` compares.
"""

# ruff: noqa: T201
import hashlib
import os
import sys
import tempfile
from pathlib import Path

import orjson

os.environ["EXPLORER_CACHE"] = str(Path(tempfile.mkdtemp()) / "published")

import app
from analytics.publication.finding import FINDINGS
from analytics.selection.parse import from_search
from components.card.card import CARDS

HERE = Path(__file__).parent
QUERIES = HERE / "same_bytes_queries.txt"
SUMS = HERE / "same_bytes.json"
SELECTIONS = 40


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]


def sums() -> dict[str, str]:
    client = app.explorer.server.test_client()
    made = {}
    for query in QUERIES.read_text().split("\n"):
        for key in FINDINGS:
            for extension in ("json", "csv"):
                address = f"/api/v1/findings/{key}.{extension}{query}"
                reply = client.get(address)
                made[address] = f"{reply.status_code} {digest(reply.data)}"
        for key, card in CARDS.items():
            # The checksums were written while the key of a card's sentence was "says".
            pieces = card.pieces(from_search(query))
            pieces["says"] = pieces.pop("summary")
            body = orjson.dumps(pieces, option=orjson.OPT_SORT_KEYS)
            made[f"card {key} {query}"] = digest(body)
        print(len(made), query, file=sys.stderr)
    for address in ("/api/v1/findings.json", "/api/v1/tables.json"):
        made[address] = digest(client.get(address).data)
    return made


def main() -> None:
    if sys.argv[1:] == ["queries"]:
        from tests.pairwise import queries  # noqa: PLC0415 (only for the first writing)

        QUERIES.write_text("\n".join(["", *("?" + one for one in queries())][:SELECTIONS]))
        return
    found = sums()
    if sys.argv[1:] == ["write"]:
        SUMS.write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2))
        return
    before = orjson.loads(SUMS.read_bytes())
    differ = [address for address, one in before.items() if found.get(address) != one]
    print(f"{len(before)} addresses compared, {len(differ)} differ")
    print("\n".join(differ[:40]))
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
