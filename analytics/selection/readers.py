"""How each parameter of the address is read: what a value means, or why it cannot be used."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Final

from analytics.selection.choices import YEARS, bases
from analytics.selection.cost_input import UnusableError
from analytics.selection.cost_inputs import INPUTS, Costs
from analytics.selection.parameter import Fault, Notice, Read, Reading, Refused, echo, parts
from analytics.selection.places import authorities, pilots, renamed
from analytics.text.wording import year_label
from data.programmes.programme import Programme
from data.programmes.read import called, keys, programme
from data.releases.release import cited_words, is_name, release_of

LONGEST_TYPED: Final = 120
YES: Final = "1"
NO: Final = "0"
#: How a year is spelled.
SUCH_A_YEAR: Final = f"{YEARS[0]} is the year {year_label(YEARS[0])}"


def spell_listed(values: Sequence[object]) -> str:
    """Spell the one value of a parameter that takes several: each as an address spells it.

    Args:
        values: Of its fields: one, a tuple.
    """
    [found] = values
    return ",".join(map(str, found)) if isinstance(found, tuple) else ""


def one_of(choices: Iterable[object], field: str, *, what: str) -> Read:
    """Read one of a closed set.

    Args:
        choices: The set; each is written as an address spells it.
        field: Of the selection.
        what: What a value should have been, for the reader.
    """
    known = {str(one): one for one in choices}

    def read(words: str, _of: Programme) -> Reading:
        return _one_of(known, field, words, what=what)

    return read


def _one_of(known: Mapping[str, object], field: str, words: str, *, what: str) -> Reading:
    if words not in known:
        msg = f"“{echo(words)}” is not {what}; choose from {', '.join(known)}."
        raise Refused(msg)
    return Reading(values={field: known[words]})


def read_base(words: str, of: Programme) -> Reading:
    """Read the years before the start that a change is measured from.

    Raises:
        Refused: It cannot be used.
    """
    known = {str(one): one for one in bases(of)}
    return _one_of(known, "base", words, what="a base period")


def key_of(known: Mapping[str, object], field: str, *, what: str) -> Read:
    """Read the key of a registry.

    Args:
        known: The registry.
        field: Of the selection.
        what: What a value should have been, for the reader.
    """

    def read(words: str, _of: Programme) -> Reading:
        if words not in known:
            msg = f"“{echo(words)}” is not {what}."
            raise Refused(msg)
        return Reading(values={field: words})

    return read


def read_programme(words: str, _of: Programme) -> Reading:
    """Read the key of a programme that has a file.

    Raises:
        Refused: There is none.
    """
    if words not in keys():
        msg = f"“{echo(words)}” is not a programme; choose from {', '.join(keys())}."
        raise Refused(msg)
    return Reading(values={"programme": called(words)})


def spell_programme(values: Sequence[object]) -> str:
    """Spell a programme that has a file: its key, or nothing for that of the process.

    Args:
        values: The programme.
    """
    [found] = values
    if not isinstance(found, Programme) or found == programme() or found.key not in keys():
        return ""
    return found.key


def read_bands(words: str, of: Programme) -> Reading:
    """Read bands, in their own order.

    Raises:
        Refused: It cannot be used.
    """
    asked = parts(words)
    found = tuple(band for band in of.bands if band.key in asked)
    unknown = [part for part in asked if part not in of.band_keys]
    if found and not unknown:
        return Reading(values={"bands": found})
    if not asked:
        msg = Notice(f"At least one {of.band_words} has to be ticked", ", so all are ticked again")
        raise Refused(msg)
    shown = echo(", ".join(unknown) or words)
    used = "the others are used" if found else "every band is shown"
    article = "a" if of.group else "an"
    msg = Notice(f"“{shown}” is not {article} {of.band_words}", f"; {used}")
    if not found:
        raise Refused(msg)
    return Reading(values={"bands": found}, notices=(msg,))


def held_code(code: str) -> tuple[str, tuple[str, ...]]:
    """Return the code an authority is held under, and what to say where another was asked for.

    Args:
        code: GSS code, present or former, or anything else, which is returned as it is.
    """
    if code not in renamed():
        return code, ()
    place = authorities()[renamed()[code]]
    msg = (
        f"{code} was the code of {place.name} until {place.recoded}; it is shown under its code "
        f"{place.code}."
    )
    return place.code, (msg,)


def read_key(words: str, field: str, known: Container[str], refusal: str) -> Reading:
    """Read one key, a council by the code it had before too; empty for none.

    Args:
        words: As in the address.
        field: Of the selection.
        known: Every key.
        refusal: What to say of a key that is not known, after the key itself.

    Raises:
        Refused: It is not known.
    """
    key, remarks = held_code(words)
    if key and key not in known:
        msg = f"“{echo(words)}” {refusal}"
        raise Refused(msg)
    return Reading(values={field: key}, remarks=remarks)


def read_pilots(words: str, of: Programme) -> Reading:
    """Read codes of pilots, those they had before too.

    Raises:
        Refused: It cannot be used.
    """
    asked, notices, remarks = list[str](), list[str](), list[str]()
    known = pilots(of)
    for part in parts(words):
        code, said = held_code(part)
        if code in known:
            remarks += said
        asked.append(code if code in known else part)
    if not asked:
        msg = Notice("At least one pilot has to be ticked", ", so all are ticked again")
        raise Refused(msg)
    unknown = [part for part in asked if part not in known]
    found = tuple(code for code in known if code in asked)
    if not found:
        msg = Notice(
            f"“{echo(words)}” is not the code of a pilot", "; every pilot of the bands is shown"
        )
        raise Refused(msg)
    if unknown:
        notices.append(
            Notice(
                f"“{echo(', '.join(unknown))}” is not the code of a pilot", "; the others are used"
            )
        )
    return Reading(values={"only": found}, notices=tuple(notices), remarks=tuple(remarks))


def read_years(words: str, _of: Programme) -> Reading:
    """Read a period, such as 2013-2016.

    Raises:
        Refused: It cannot be used.
    """
    found = re.fullmatch(r"([0-9]{4})-([0-9]{4})", words)
    first, last = (int(found[1]), int(found[2])) if found else (0, 0)
    if first not in YEARS or last not in YEARS or first > last:
        msg = f"“{echo(words)}” is not a period such as {YEARS[0]}-{YEARS[-1]} ({SUCH_A_YEAR})."
        raise Refused(msg)
    return Reading(values={"first": first, "last": last})


def read_with_pilots(words: str, _of: Programme) -> Reading:
    """Read whether other pilots stay.

    Raises:
        Refused: It cannot be used.
    """
    if words not in {NO, YES}:
        msg = f"“with-pilots” is 0 or 1, not “{echo(words)}”."
        raise Refused(msg)
    return Reading(values={"with_pilots": words == YES})


def read_area(words: str, _of: Programme) -> Reading:
    """Read the code of an authority, one it had before too; empty for none.

    Raises:
        Refused: It cannot be used.
    """
    return read_key(words, "area", authorities(), "is not the code of an English authority.")


def read_release(words: str, _of: Programme) -> Reading:
    """Read which release an address cites, and say so where the figures are of another one.

    Raises:
        Refused: It is no name of a release.
    """
    if words and not is_name(words):
        msg = f"“{echo(words)}” is not the name of a release."
        raise Refused(msg)
    present = release_of()
    remarks = ()
    if words not in {"", present.id}:
        remarks = (f"This link cites {cited_words(words)}. These figures are of {present.words}.",)
    return Reading(values={"release": words}, remarks=remarks)


def read_cost(key: str, words: str, _of: Programme) -> Reading:
    """Read what was typed into a field of the cost card; what cannot be used is a fault."""
    try:
        return Reading(values={key: INPUTS[key].read(words)})
    except UnusableError as unusable:
        fault = Fault(name=key, typed=words[:LONGEST_TYPED], message=str(unusable))
        return Reading(values={}, fault=fault)


def spell_cost(key: str, values: Sequence[object]) -> str:
    """Spell one input of the cost card, "" at its start value."""
    [costs] = values
    return costs.spelled(key) if isinstance(costs, Costs) else ""
