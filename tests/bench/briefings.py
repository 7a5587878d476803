"""Lay out the briefing of every council: ``python -m tests.bench.briefings --processes 2``.

Each must have two tagged pages, in English, that hold every word of the briefing inside their
margins. A line is printed for each fault, and at the end how long one takes; it exits with 1 where
there is any. Councils that are no more have one too.
"""

import argparse
import re
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context

import orjson
from pypdf import PageObject, PdfReader

PAGES = 2
#: What of a block is no text on the page: what it is, a drawing, and that drawing in spoken words.
NOT_TEXT = {"kind", "svg", "spoken", "lang"}
EDGE = 20  # points of paper that hold no word
DAY, ADDRESS = "26 November 2026", "https://explorer.example.org/"


def judge(asked: tuple[str, str]) -> tuple[list[str], float, float]:
    """Lay out one briefing.

    Args:
        asked: Code of the council, and the rest of the selection as an address spells it.

    Returns:
        What is wrong with it; seconds that it took by the clock, and of the processor.
    """
    import app  # noqa: F401, PLC0415 (registers every finding)
    from analytics.selection.parse import from_search  # noqa: PLC0415
    from components.briefing.of_council import of_council  # noqa: PLC0415
    from components.briefing.paper import to_pdf  # noqa: PLC0415

    code, query = asked
    start, worked = time.perf_counter(), time.process_time()
    briefing = of_council(from_search(f"area={code}&{query}"), day=DAY, address=ADDRESS)
    pdf = to_pdf(briefing)
    took = time.perf_counter() - start, time.process_time() - worked
    found = faults(PdfReader(BytesIO(pdf)), orjson.loads(orjson.dumps(briefing)))
    return [f"{code} {query}: {fault}" for fault in found], *took


def faults(pdf: PdfReader, told: object) -> list[str]:
    """Return what is wrong with a briefing.

    Args:
        pdf: As it was laid out.
        told: Its blocks, as the template is given them.
    """
    root = pdf.root_object
    wrong = list[str]()
    if len(pdf.pages) != PAGES:
        wrong.append(f"{len(pdf.pages)} pages, expected {PAGES}")
    if not root.get("/MarkInfo", {}).get("/Marked") or "/StructTreeRoot" not in root:
        wrong.append("is not tagged")
    if root.get("/Lang") != "en-GB":
        wrong.append(f"its language is {root.get('/Lang')}")
    held = _joined(" ".join(page.extract_text() for page in pdf.pages))
    wrong += [f"does not hold “{words}”" for words in _texts(told) if _joined(words) not in held]
    for number, page in enumerate(pdf.pages, 1):
        wrong += [f"page {number}: “{words}” is at its edge" for words in _at_edge(page)]
    return wrong


def _joined(words: str) -> str:
    """Return words without spaces and hyphens, which lines break and add."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", words)


def _texts(told: object) -> Iterator[str]:
    if isinstance(told, dict):
        for name, part in told.items():
            if name not in NOT_TEXT:
                yield from _texts(part)
    elif isinstance(told, list):
        for part in told:
            yield from _texts(part)
    elif isinstance(told, str) and told.strip():
        yield told


def _at_edge(page: PageObject) -> list[str]:
    """Return words that begin outside the paper or at its very edge."""
    found = list[str]()
    width, height = float(page.mediabox.width), float(page.mediabox.height)

    def visit(words: str, _cm: object, at: list[float], _font: object, _size: object) -> None:
        inside = EDGE <= at[4] <= width - EDGE and EDGE <= at[5] <= height - EDGE
        if words.strip() and any(at[4:6]) and not inside:
            found.append(words.strip()[:40])

    page.extract_text(visitor_text=visit)
    return found


def main() -> int:
    """Lay out the briefing of every council."""
    import app  # noqa: F401, PLC0415 (registers every finding)
    from analytics.selection.places import authorities  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--query", default="", help="the rest of the selection")
    parser.add_argument("--processes", type=int, default=1)
    asked = parser.parse_args()
    work = [(code, asked.query) for code in authorities()]
    with ProcessPoolExecutor(asked.processes, mp_context=get_context("spawn")) as pool:
        made = list(pool.map(judge, work, chunksize=8))
    for found, _, _ in made:
        for line in found:
            print(line)
    clock = statistics.median(seconds for _, seconds, _ in made)
    worked = statistics.median(seconds for _, _, seconds in made)
    wrong = sum(len(found) for found, _, _ in made)
    print(
        f"{len(made)} briefings, {wrong} faults; median {clock:.2f} s, {worked:.2f} s of processor"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
