"""What the buttons of the selection bar say: each part of the selection in short and in full."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.registry import RATIOS
from analytics.programme import count_words
from analytics.selection.choices import SURVEY_ITEMS, Comparator, Subject
from analytics.selection.parameter import Kind, Page
from analytics.selection.parameters import PARAMETERS
from analytics.selection.places import authorities, pilots
from analytics.selection.selection import Selection
from analytics.text.wording import upper_first, year_label
from components.card.card import CARDS
from components.frame.navigation import home_of
from components.prefix import CARDS_ALONE, NAMED, PAIRS, named_by
from data.neighbour_lists import MOST_NEIGHBOURS

#: Words of a part by its key, for the browser: short and full, and whether it was changed.
Words = dict[str, str | bool]
Says = Callable[[Selection, Sequence[str]], str]
#: Key of the one button that stands for all parts on a phone.
ALL_PARTS: Final = "all"
#: Characters of a line of a button; names of some councils are longer than two such lines.
LONGEST_LINE: Final = 23
_BOUND: Final = "\N{NO-BREAK SPACE}"
#: A line may break after a dash, unless this follows it.
_JOINED: Final = "\N{WORD JOINER}"
#: Addresses of pages that show the same whatever is selected.
WITHOUT_SELECTION: Final = frozenset({"/data", "/data/releases", "/councils", "/compare", "/group"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the selection: a button of the bar, and what its panel holds.

    Attributes:
        key: Name of the part between server and browser.
        label: What it is about, as the question of its panel.
        names: Its parameters; a page shows those that it follows. The part without names takes
            what no other part names, so that a new parameter has its place.
        short: Says the present value on the button, given the parameters of the page.
        full: Says it in the panel, in full; None where the controls themselves do.
    """

    key: str
    label: str
    names: tuple[str, ...]
    short: Says
    full: Says | None = None

    def followed(self, page: Page | None) -> list[str]:
        """Return its parameters that a page follows.

        Args:
            page: None for a page that follows nothing.
        """
        return [name for name in self.names or _others() if page in PARAMETERS[name].pages]


def page_of(path: str) -> Page | None:
    """Return the page whose parameters the bar at an address offers; None for none.

    A page that the registry of parameters does not name shows findings of other pages, and offers
    what the page of all indicators does. A card by itself has the bar of its page, unless it
    follows nothing, and so have two selections side by side.

    Args:
        path: From the first slash.
    """
    if path.startswith(PAIRS):
        what, _, rest = path.removeprefix(PAIRS).partition("/")
        key, _, _ = rest.partition("/")
        return page_of(f"/{what}/{key}" if f"{what}/" == CARDS_ALONE else f"/{what}")
    if path.startswith("/cards/"):
        card = CARDS[path.removeprefix("/cards/")]
        if not card.finding.follows:
            return None
        path = str(home_of(card)["path"])
    named = named_by(path)
    if named:
        return named
    if path in WITHOUT_SELECTION:
        return None
    name = path.strip("/").replace("-", "_") or Page.OVERVIEW
    return next((one for one in Page if one == name), Page.INDICATORS)


def bar_words(selection: Selection, page: Page | None) -> dict[str, Words]:
    """Return what the bar of a page says of a selection, by key of the part.

    Args:
        selection: What the reader chose.
        page: None for a page that follows nothing.
    """
    changed = set(selection.to_pairs()) - in_path(page)
    said: dict[str, Words] = {}
    for part in PARTS:
        names = part.followed(page)
        if names:
            said[part.key] = {
                "short": two_lines(part.short(selection, names)),
                "full": part.full(selection, names) if part.full else "",
                "changed": bool(changed.intersection(names)),
            }
    if said:
        said[ALL_PARTS] = {
            "short": _in_one(selection, page),
            "full": "",
            "changed": any(one["changed"] for one in said.values()),
        }
    return said


def two_lines(words: str) -> str:
    """Bind words so that they break into two lines alone: the bar then knows their width.

    Where two lines would be longer than ``LONGEST_LINE``, the words break into more lines of it.

    Args:
        words: Of a button.
    """
    parts = words.split(" ")
    halves = ((_BOUND.join(parts[:at]), _BOUND.join(parts[at:])) for at in range(1, len(parts)))
    best = min(halves, key=lambda lines: max(map(len, lines)), default=(words,))
    if max(map(len, best)) <= LONGEST_LINE:
        return " ".join(best)
    return " ".join(line.replace(" ", _BOUND) for line in wrap(words, LONGEST_LINE))


def in_path(page: Page | None) -> set[str]:
    """Return the parameters that the path of a page names.

    Args:
        page: None for a page that follows nothing.
    """
    named = NAMED.get(page) if page else None
    return {named.parameter} if named else set()


def _in_one(selection: Selection, page: Page | None) -> str:
    """Return the whole selection for one button."""
    planned = PLANNED.followed(page)
    said = [_programme(selection, planned) if planned else _who(selection, WHO.followed(page))]
    if page in PARAMETERS["compare"].pages:
        said.append(selection.than)
    if page in PARAMETERS["years"].pages:
        first, last = selection.first - 1, selection.last
        said.append(f"{first}–{_JOINED}{last % 100:02d}")
    return f"{_BOUND}· ".join(said)


def _who(selection: Selection, names: Sequence[str]) -> str:
    known = pilots(selection.programme)
    chosen = [one for one in known.values() if one.band in selection.bands]
    if "pilots" in names:
        chosen = list(selection.chosen)
    if len(chosen) == len(known):
        who = f"All {len(chosen)} pilots"
    elif len(chosen) == 1:
        who = chosen[0].name
    elif len(selection.bands) == 1 and not (selection.only and "pilots" in names):
        who = f"{upper_first(selection.bands[0].short)} ({len(chosen)})"
    else:
        who = f"{len(chosen)} pilots"
    if "area" in names and selection.area:
        return f"{who} + {authorities()[selection.area].name}"
    return who


def _who_in_full(selection: Selection, names: Sequence[str]) -> str:
    if "pilots" not in names:
        return "Records follow the experience band alone."
    return (
        ""
        if len(selection.chosen) == len(pilots(selection.programme))
        else f"{selection.pilot_words}."
    )


def _against(selection: Selection, names: Sequence[str]) -> str:
    if "compare" not in names:
        return f"{selection.k} neighbours, {selection.model.in_use}"
    few = selection.compare is Comparator.NEIGHBOURS and selection.k < MOST_NEIGHBOURS
    return f"vs {selection.k} {selection.than}" if few else f"vs {selection.than}"


def _against_in_full(selection: Selection, names: Sequence[str]) -> str:
    return f"{upper_first(selection.comparator_words)}." if "compare" in names else ""


def _when(selection: Selection, _names: Sequence[str]) -> str:
    return "–".join(dict.fromkeys((year_label(selection.first), year_label(selection.last))))


def _more(selection: Selection, names: Sequence[str]) -> str:
    changed = set(names).intersection(selection.to_pairs())
    return f"More: {count_words(len(changed))} changed" if changed else "More"


def _subject(selection: Selection, names: Sequence[str]) -> str:
    if "item" in names:
        return f"Item: {SURVEY_ITEMS[selection.item].label}"
    about_ratio = selection.about is Subject.RATIO if "about" in names else "ratio" in names
    if about_ratio:
        return RATIOS[selection.ratio].name if "ratio" in names else "About: ratios"
    if "indicator" in names:
        indicator = INDICATORS[selection.indicator]
        return indicator.spoken or indicator.name
    return "About: indicators"


def _programme(selection: Selection, _names: Sequence[str]) -> str:
    before, after = selection.plan_before, selection.plan_after
    return f"{selection.plan_councils} councils, {before} + {after} years"


WHO: Final = Part(
    key="who",
    label="Who",
    names=("band", "pilots", "area"),
    short=_who,
    full=_who_in_full,
)
PLANNED: Final = Part(
    key="programme",
    label="Programme",
    names=("plan-councils", "plan-before", "plan-after"),
    short=_programme,
)
#: In the order of the bar.
PARTS: Final = (
    Part(
        key="subject",
        label="What",
        names=("about", "indicator", "ratio", "item"),
        short=_subject,
    ),
    WHO,
    PLANNED,
    Part(
        key="against",
        label="Against whom",
        names=("compare", "model", "k", "average", "weights", "with-pilots"),
        short=_against,
        full=_against_in_full,
    ),
    Part(
        key="when",
        label="When",
        names=("years", "base"),
        short=_when,
    ),
    Part(
        key="more",
        label="More",
        names=(),
        short=_more,
    ),
)


def _others() -> list[str]:
    """Return the parameters that no part names and that have no field of their own on a page."""
    named = {name for part in PARTS for name in part.names}
    return [
        name
        for name, one in PARAMETERS.items()
        if name not in named and one.kind is not Kind.AMOUNT
    ]
