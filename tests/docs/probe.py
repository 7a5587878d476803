"""Print, as JSON, what the explorer of the current folder answers at the addresses given."""

# ruff: noqa: T201, E402
import json
import sys
from pathlib import Path

sys.path[0] = str(Path.cwd())

import app
from components.server.first_look import question


def asked(address: str) -> str:
    """Return an answer in words; a page is laid out as its router does."""
    client = app.explorer.server.test_client()
    path, _, query = address.partition("?")
    reply = client.get(address)
    assert reply.status_code == 200, f"{address} answered {reply.status_code}"
    if path.startswith("/_dash"):
        return json.dumps(reply.json, ensure_ascii=False)
    if path.startswith(("/api/", "/sheets/", "/cards/", "/cite.", "/health")):
        return reply.get_data(as_text=True)
    body = question(path, f"?{query}" if query else "")
    laid_out = client.post("/_dash-update-component", json=body)
    assert laid_out.status_code == 200, f"{address}: {laid_out.text[:300]}"
    return json.dumps(laid_out.json, ensure_ascii=False)


print(json.dumps({address: asked(address) for address in sys.argv[1:]}))
