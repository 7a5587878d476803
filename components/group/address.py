"""The address of a group: its councils in bands, its start, and its name."""

from urllib.parse import urlencode

from analytics.selection.group import Bands, spell_bands
from components.prefix import at


def group_address(path: str, bands: Bands, start: str, name: str = "") -> str:
    """Return the address of a page about a group.

    Args:
        path: Of the page.
        bands: Label of each band, "" for one without, with the GSS codes of its councils.
        start: The year, as an address spells it.
        name: What the reader calls the programme, or empty.
    """
    pairs = {"group": spell_bands(bands), "start": start, "named": name}
    query = {key: value for key, value in pairs.items() if value}
    return f"{at(path)}?{urlencode(query, safe=',:;')}"
