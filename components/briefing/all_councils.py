"""The briefings of all councils in one ZIP file, made as a job."""

import re
from io import BytesIO
from typing import Final
from urllib.parse import urljoin
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from analytics.publication.kept_files import has_file, keep_file, kept_file
from analytics.publication.progress import report
from analytics.selection.parse import from_query
from analytics.selection.places import authorities
from analytics.selection.selection import Selection
from components.briefing.of_council import of_council
from components.briefing.paper import to_pdf

#: Of the job, beside the keys of slow findings.
ALL_COUNCILS: Final = "council-briefings"


def name_of(selection: Selection, *, day: str, site: str) -> str:
    """Name the file of a selection, as it is kept.

    Args:
        selection: Whose parts the briefings follow; its council counts for nothing.
        day: When it is made, in words.
        site: Address of the explorer, to the last slash, as the reader knows it.
    """
    return f"{ALL_COUNCILS} {selection.to_query(without=('area',))} {day} {site}"


def briefings_of_all(selection: Selection, *, day: str, site: str) -> bytes | None:
    """Return the ZIP file; None where it has not been made.

    Args:
        selection: As for ``name_of``.
        day: As for ``name_of``.
        site: As for ``name_of``.
    """
    return kept_file(name_of(selection, day=day, site=site))


def has_briefings(selection: Selection, *, day: str, site: str) -> bool:
    """Whether the ZIP file has been made.

    Args:
        selection: As for ``name_of``.
        day: As for ``name_of``.
        site: As for ``name_of``.
    """
    return has_file(name_of(selection, day=day, site=site))


def make_briefings(selection: Selection, *, day: str, site: str) -> bool:
    """Make the ZIP file, one briefing for each council, telling how far it is.

    Args:
        selection: As for ``name_of``.
        day: As for ``name_of``.
        site: As for ``name_of``.

    Returns:
        Whether it could be kept.
    """
    packed, codes = BytesIO(), list(authorities())
    with ZipFile(packed, "w", ZIP_STORED) as file:
        for at, code in enumerate(codes):
            one = from_query({**selection.unmarked.to_pairs(), "area": code})
            path = f"councils/{code}{one.cited.to_query(without=('area',))}"
            pdf = to_pdf(of_council(one, day=day, address=urljoin(site, path)))
            file.writestr(ZipInfo(_file_name(code)), pdf)
            report((at + 1) / len(codes))
    name = name_of(selection, day=day, site=site)
    keep_file(name, packed.getvalue())
    return has_file(name)


def _file_name(code: str) -> str:
    label = re.sub(r"[^a-z0-9]+", "-", authorities()[code].label.lower()).strip("-")
    return f"briefing-{label}-{code}.pdf"
