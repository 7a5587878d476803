"""The values of a TOML file, each asked for by its kind; what is wrong is said in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NoReturn

NOTHING: Final = "nothing"
#: The environment variable that names the programme, by key or by path.
SETTING: Final = "EXPLORER_PROGRAMME"


class ProgrammeError(ValueError):
    """A programme cannot be explored. Says the file, the key, what was found and expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A table of a TOML file.

    Attributes:
        file: Name of the file, for messages.
        held: Value by key.
        inside: Keys of the tables around it, for messages; empty for the file itself.
        seen: Keys that were asked for.
        below: Tables inside that were asked for.
    """

    file: str
    held: Mapping[str, object]
    inside: str = ""
    seen: set[str] = field(default_factory=set[str])
    below: list["Settings"] = field(default_factory=list["Settings"])

    def refuse(self, key: str, expected: str, *, of: object = None) -> NoReturn:
        """Refuse a value.

        Args:
            key: Of the value.
            expected: What it should have been, in words.
            of: What was found; the value of the key where it is not given.

        Raises:
            ProgrammeError: Always.
        """
        named = f"{self.inside}.{key}" if self.inside else key
        shown = self.held.get(key, NOTHING) if of is None else of
        found = str(shown) if shown is NOTHING or isinstance(shown, date) else repr(shown)
        msg = f"{self.file}: {named}: found {found}, expected {expected}."
        raise ProgrammeError(msg)

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return words that are not empty.

        Args:
            key: Of the value.
            default: Returned where the key is not there; None where it must be.

        Raises:
            ProgrammeError: It is missing, empty or no text.
        """
        found = self._found(key, default)
        if not isinstance(found, str) or (not found.strip() and default is None):
            self.refuse(key, "words in quotation marks")
        return found

    def day(self, key: str) -> date:
        """Return a day.

        Raises:
            ProgrammeError: It is missing or no date.
        """
        found = self._found(key, None)
        if not isinstance(found, date) or isinstance(found, datetime):
            self.refuse(key, "a date such as 2014-11-01")
        return found

    def whole(self, key: str) -> int:
        """Return a whole number.

        Raises:
            ProgrammeError: It is missing or no whole number.
        """
        found = self._found(key, None)
        if not isinstance(found, int) or isinstance(found, bool):
            self.refuse(key, "a whole number")
        return found

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Return whether something is so.

        Args:
            key: Of the value.
            default: Returned where the key is not there; None where it must be.

        Raises:
            ProgrammeError: It is missing or neither true nor false.
        """
        found = self._found(key, default)
        if not isinstance(found, bool):
            self.refuse(key, "true or false")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of words; an empty one where the key is not there.

        Raises:
            ProgrammeError: It is no list of words.
        """
        found = self._found(key, [])
        words = [one for one in found if isinstance(one, str)] if isinstance(found, list) else None
        if not isinstance(found, list) or words is None or len(words) != len(found):
            self.refuse(key, "a list of words")
        return tuple(words)

    def whole_numbers(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers.

        Raises:
            ProgrammeError: It is missing or no such list.
        """
        return self._whole_numbers(key, self._found(key, None))

    def lists_of_whole(self, key: str) -> tuple[tuple[int, ...], ...]:
        """Return a list of lists of whole numbers.

        Raises:
            ProgrammeError: It is missing or no such list.
        """
        found = self._found(key, None)
        if not isinstance(found, list):
            self.refuse(key, "a list of lists of years")
        return tuple(self._whole_numbers(key, one) for one in found)

    def table(self, key: str, *, default: Mapping[str, object] | None = None) -> "Settings":
        """Return a table inside this one.

        Args:
            key: Of the table.
            default: Returned where the key is not there; None where it must be.

        Raises:
            ProgrammeError: It is missing or no table.
        """
        found = self._found(key, default)
        if not isinstance(found, dict):
            self.refuse(key, f"a table [{key}]")
        return self._below(key, found)

    def tables(self, key: str) -> tuple["Settings", ...]:
        """Return the tables of a list, counted from 1 in messages; none where the key is not there.

        Raises:
            ProgrammeError: It is no list of tables.
        """
        found = self._found(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.refuse(key, f"tables [[{key}]]")
        held = [one for one in found if isinstance(one, dict)]
        return tuple(self._below(f"{key}[{at}]", one) for at, one in enumerate(held, start=1))

    def none_left(self) -> None:
        """Refuse keys that nothing asked for: they are misspelled, or stand in the wrong table.

        Raises:
            ProgrammeError: There is one.
        """
        for key in self.held:
            if key not in self.seen:
                self.refuse(key, f"no such key; known are {', '.join(sorted(self.seen))}")
        for one in self.below:
            one.none_left()

    def _found(self, key: str, default: object) -> object:
        self.seen.add(key)
        return self.held.get(key, default)

    def _whole_numbers(self, key: str, found: object) -> tuple[int, ...]:
        if not isinstance(found, list):
            self.refuse(key, "a list of years")
        numbers = [one for one in found if isinstance(one, int) and not isinstance(one, bool)]
        if len(numbers) != len(found):
            self.refuse(key, "years in whole numbers")
        return tuple(numbers)

    def _below(self, key: str, held: Mapping[str, object]) -> "Settings":
        inside = f"{self.inside}.{key}" if self.inside else key
        made = Settings(file=self.file, held=held, inside=inside)
        self.below.append(made)
        return made
