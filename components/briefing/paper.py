"""A briefing as a PDF that is tagged for screen readers (PDF/UA-1).

Typst lays it out: it needs no library of the system and takes a tenth of a second.
"""

from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

import orjson
import typst

from components.briefing.blocks import Briefing

TEMPLATE: Final = Path(__file__).with_name("briefing.typ")
STANDARD: Final = "ua-1"

_ONE_AT_A_TIME: Final = Lock()


def to_pdf(briefing: Briefing) -> bytes:
    """Lay out a briefing.

    Args:
        briefing: Its words, tables and charts.

    Raises:
        TypeError: Typst gave something other than one PDF.
    """
    told = orjson.dumps(briefing).decode()
    with _ONE_AT_A_TIME:
        made = _compiler().compile(
            format="pdf", pdf_standards=[STANDARD], sys_inputs={"briefing": told}
        )
    if not isinstance(made, bytes):
        msg = f"found {type(made).__name__} in place of a PDF, expected bytes"
        raise TypeError(msg)
    return made


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), ignore_system_fonts=True)
