"""What a record table is: described once, for checking, simulating, templates and the data page."""

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """What the cells of a field are."""

    LABEL = "label"  # short words that name a thing: a respondent, a pilot, a record
    CHOICE = "choice"  # one of the allowed answers, in their order
    WHOLE = "whole"  # a whole number between minimum and maximum
    NUMBER = "number"
    DATE = "date"  # a day, held as YYYY-MM-DD


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of a record table.

    Attributes:
        name: Name in files, in snake_case.
        label: Heading a reader sees; for an item of an instrument, its words.
        kind: What the cells are.
        allowed: The answers, in order from least to most where they are ordered.
        ordered: Whether the answers have an order.
        minimum: Smallest value allowed.
        maximum: Largest value allowed.
        optional: Whether a cell may be empty (not answered).
        about: What it means.
        origin: Where the wording or the scale is from.
        counted: Whether a word may stand before its number, as in "Wave 1".
        unit: What its numbers are counted in, in words; read for numbers alone.
    """

    name: str
    label: str
    kind: FieldKind
    allowed: tuple[str, ...] = ()
    ordered: bool = False
    minimum: float | None = None
    maximum: float | None = None
    optional: bool = False
    about: str = ""
    origin: str = "wording of this explorer"
    counted: bool = False
    unit: str = "no unit"

    @property
    def expected(self) -> str:
        """What a cell must be, in words for a message."""
        empty = ", or empty" if self.optional else ""
        match self.kind:
            case FieldKind.CHOICE:
                return f"one of {', '.join(self.allowed)}{empty}"
            case FieldKind.WHOLE:
                return f"a whole number from {self.minimum:g} to {self.maximum:g}{empty}"
            case FieldKind.NUMBER:
                return f"a number from {self.minimum:g} to {self.maximum:g}{empty}"
            case FieldKind.DATE:
                return f"a date such as 2015-03-31{empty}"
            case FieldKind.LABEL:
                return f"a label of 1 to 60 letters, digits, spaces or -_.,&'/(){empty}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A total and the parts it must be made of.

    Attributes:
        total: Field of the total.
        parts: Fields that add up to it.
    """

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The most that some cells may come to together.

    Attributes:
        field: Field that is added up.
        of: Fields that name what it is added up for.
        most: The largest sum there can be.
        label: What that is, for messages.
    """

    field: str
    of: tuple[str, ...]
    most: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTable:
    """A table of records about people or cases.

    Attributes:
        key: Name in addresses, files and on the data page, e.g. ``social_worker_survey``.
        title: What it is, for readers.
        row: What one row is.
        fields: Its columns, in order.
        unique: Fields that together name a row.
        person: Field that names the person, family or case whose identity is to be protected.
        point: Field that says which point in time a row is of, or empty.
        day: Field of the day of that point, or empty: days follow each other as points do.
        sums: Totals and their parts.
        limit: What cells may come to together, or None.
    """

    key: str
    title: str
    row: str
    fields: tuple[Field, ...]
    unique: tuple[str, ...]
    person: str
    point: str = ""
    day: str = ""
    sums: tuple[Sum, ...] = ()
    limit: Limit | None = None

    def field(self, name: str) -> Field:
        """Return a field by name.

        Raises:
            LookupError: There is no such field.
        """
        for one in self.fields:
            if one.name == name:
                return one
        msg = f"{self.key} has no field {name}; it has {', '.join(f.name for f in self.fields)}"
        raise LookupError(msg)
