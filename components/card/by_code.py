"""How a program gets the rows of a card, and how another site shows the card."""

import os
from typing import Final, NamedTuple
from urllib.parse import urljoin

from flask import request

from components.prefix import at

#: Who may show a card in a frame; nobody unless it is set.
ANCESTORS: Final = "FRAME_ANCESTORS"
NOBODY: Final = "'none'"

_CURL: Final = "curl --fail --output {file} '{address}'"
_PYTHON: Final = """import pandas as pd

rows = pd.read_csv("{address}")
print(rows)"""
_R: Final = """rows <- read.csv("{address}", fileEncoding = "UTF-8-BOM")
print(rows)"""
_FRAME: Final = (
    '<iframe src="{address}" title="{title}" width="100%" height="720" loading="lazy" '
    'style="border: 0"></iframe>'
)


class Sample(NamedTuple):
    """A few lines that get the rows of a card.

    Attributes:
        language: What they are written in.
        code: The lines.
    """

    language: str
    code: str


def code_samples(path: str, *, file: str) -> list[Sample]:
    """Return lines in the languages of researchers, ready to be pasted.

    Args:
        path: Data address of the CSV file, with its query, from the first slash below the prefix.
        file: Name for the file.
    """
    address = _absolute(path)
    return [
        Sample("curl", _CURL.format(file=file, address=address.replace("'", "%27"))),
        Sample("Python", _PYTHON.format(address=address.replace('"', "%22"))),
        Sample("R", _R.format(address=address.replace('"', "%22"))),
    ]


def frame_snippet(path: str, *, title: str) -> str:
    """Return the HTML that shows a card in another site, "" where no site may.

    It runs no script in that site. The card says its source, its kind of number and its link.

    Args:
        path: Of the card, with its query, from the first slash below the prefix.
        title: What the card shows, for those who hear the page.
    """
    if os.environ.get(ANCESTORS, NOBODY) == NOBODY:
        return ""
    address = _absolute(path).replace("&", "&amp;").replace('"', "%22")
    named = title.replace("&", "&amp;").replace('"', "&quot;")
    return _FRAME.format(address=address, title=named)


def _absolute(path: str) -> str:
    return urljoin(request.host_url, at(path))
