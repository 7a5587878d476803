"""What a file is called: the finding, its measure, what was chosen, the years its rows cover."""

import re
from hashlib import sha256
from typing import Final

from analytics.publication.published import Published
from analytics.publication.row_names import KEY
from analytics.selection.cost_inputs import INPUTS
from analytics.selection.places import authorities, pilots
from analytics.selection.selection import Selection

#: Characters of what was chosen; what is longer is cut, and told apart by a digest.
LONGEST: Final = 48
MOST_PILOTS: Final = 3  # that a name has room for
_PERIOD: Final = re.compile(r"(\d{4})-(\d{4})")
#: Parameters that a name says in another place, or that change no figure.
_UNSAID: Final = {"evidence", "mark", "release"}
_MEASURES: Final = {"indicator", "ratio", "about"}
#: What stands before the value of a parameter that says too little alone.
_BEFORE: Final = {
    "compare": "against-",
    "model": "list-",
    "k": "k",
    "years": "period-",
    "adjust": "adjusted-",
    "margin": "margin-",
    "base": "base-",
    **{name: f"{name}-" for name in INPUTS},
}


def stem(published: Published, beginning: str) -> str:
    """Return the name of a file without its extension, in lower-case ASCII.

    Args:
        published: What the file holds.
        beginning: Key of the finding or card, marked where rows are simulated or the reader's.
    """
    measure = measure_key(published)
    covered = years_covered(published)
    unsaid = (_MEASURES if measure else set[str]()) | _year_names(published, covered)
    chosen = _chosen(published.selection, unsaid=unsaid)
    parts = (beginning, measure, chosen, _period(*covered) if covered else "")
    return _plain("_".join(part for part in parts if part))


def measure_key(published: Published) -> str:
    """Return the key of the one measure that all rows are of, or ""."""
    named = dict(published.row_names).get(KEY, "")
    if named or KEY.name not in published.frame:
        return named
    keys = set(published.frame[KEY.name])
    return str(keys.pop()) if len(keys) == 1 else ""


def years_covered(published: Published) -> tuple[int, int] | None:
    """Return the first and the last year ending that rows have figures of.

    Where rows name no years they are those of the selection, unless figures follow no years: None.
    """
    frame = published.frame
    if "year_end" in frame:
        held = frame[frame["value"].notna()] if "value" in frame else frame
        years = held["year_end"].dropna()
        if len(years):
            return int(years.min()), int(years.max())
    if "years" in frame:
        found = [_PERIOD.fullmatch(str(words)) for words in frame["years"]]
        periods = [(int(one[1]), int(one[2])) for one in found if one]
        if periods:
            return min(first for first, _ in periods), max(last for _, last in periods)
    selection = published.selection
    return (selection.first, selection.last) if published.follows_selection else None


def _year_names(published: Published, covered: tuple[int, int] | None) -> set[str]:
    """Return the parameter of years, unless what was chosen differs from what rows cover."""
    selection = published.selection
    said = not published.follows_selection or covered == (selection.first, selection.last)
    return {"years"} if said else set()


def _period(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _chosen(selection: Selection, *, unsaid: set[str]) -> str:
    """Say what differs from the start, in few words; cut and told apart where they are many."""
    pairs = selection.unmarked.to_pairs()
    words = [
        _spelt(name, value, selection)
        for name, value in pairs.items()
        if name not in _UNSAID | unsaid
    ]
    whole = _plain("_".join(words))
    if len(whole) <= LONGEST and len(selection.only) <= MOST_PILOTS:
        return whole
    digest = sha256(selection.to_query().encode()).hexdigest()[:8]
    kept = whole[: LONGEST + 1].rpartition("_")[0] or whole[:LONGEST]
    return f"{kept}_{digest}"


def _spelt(name: str, value: str, selection: Selection) -> str:
    if name == "pilots":
        known = pilots(selection.programme)
        names = [known[code].name for code in selection.only]
        return "-".join(names) if len(names) <= MOST_PILOTS else f"{len(names)}-pilots"
    if name == "group":
        of = selection.programme
        return f"{len(of.pilots)}-councils-{of.digest[:8]}"
    if name == "area":
        return authorities()[value].label
    if name == "with-pilots":
        return name
    if name == "vintage":
        return "first-published"
    return f"{_BEFORE.get(name, '')}{value.replace(',', '-')}"


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9_-]+", "-", words.lower()).strip("-")
