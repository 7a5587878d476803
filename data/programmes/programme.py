"""What a programme is: who took part, since when, in which bands, and what was printed of it."""

import csv
from calendar import month_abbr, month_name
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from typing import Final

from data.wording import count_words

#: Columns of the table of pilots that every programme has, in order.
PILOT_COLUMNS: Final = ("code", "name", "band", "authority_type", "experience")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Experience of the programme at its start.

    Attributes:
        key: Name in addresses, files and frames.
        label: Name in a list of choices.
        brief: The same where there is little room, as at the head of a row.
        short: Name inside a sentence, for several pilots.
        legend: Name in the key of a chart.
        about: How much experience, for the dictionary.
    """

    key: str
    label: str
    brief: str
    short: str
    legend: str
    about: str

    def __str__(self) -> str:
        """The band as an address spells it: its key."""
        return self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A pilot as its programme names it.

    Attributes:
        code: GSS code.
        name: Name as it is printed.
        band: Key of its band.
        authority_type: County council, London borough and so on.
        experience: Its experience, as it is printed.
        more: Cells of further columns of the table of pilots, by name.
    """

    code: str
    name: str
    band: str
    authority_type: str
    experience: str
    more: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Where the programme's figures were printed, and which of them are held.

    Attributes:
        publisher: Who published the evaluation.
        report: Its report; where none is published, what tells who took part.
        is_published: Whether evaluators have published anything of it.
        summary: Its summary, which claims are taken from; empty where there are none.
        claims: Name of the file of claims beside that of the programme; empty where there is none.
        named: Keys of the indicators that its summary names as findings.
        arguments: Which way of an indicator is better, by its key, where the summary leans one way.
        tables: Keys of the printed tables, in order.
        records: Keys of the record tables, in order.
    """

    publisher: str
    report: str
    is_published: bool = True
    summary: str = ""
    claims: str = ""
    named: tuple[str, ...] = ()
    arguments: Mapping[str, str] = field(default_factory=dict[str, str])
    tables: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterStudies:
    """What studies after the evaluation found; empty where there are none.

    Attributes:
        publication: Where they were printed.
        subtitle: Of what, and when.
        summary: What they found, in a sentence.
        costs: What a study of costs among them is called; empty where there is none.
        costs_say: What could be read of it, in a sentence.
        notes: What a careful reader must know of them.
    """

    publication: str
    subtitle: str
    summary: str
    costs: str
    costs_say: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Sentences that are true of this programme and of no other; empty where there is none.

    Attributes:
        effort: Where the number of people leading the work is from.
        not_official_of: Who is not answerable for the explorer.
        stood_apart: Why pilots may have differed before the start.
        since: What else happened after the window.
        indicators: How the indicators compare with those of the evaluation.
        ratios: How the expenditure ratios compare with those of the evaluation.
        bands: Where the bands are from.
    """

    effort: str
    not_official_of: str
    stood_apart: str
    since: str
    indicators: str
    ratios: str
    bands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotsTable:
    """The table of pilots, as it is cited.

    Attributes:
        edition: Which edition.
        period: When it is of.
        notes: What a careful reader must know before using it.
        more: Name and label of further columns, in order.
    """

    edition: str
    period: str
    notes: tuple[str, ...]
    more: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """What the bands are of.

    Attributes:
        at: When the experience was judged, as in "autumn 2014".
        bands_are: Whose words the bands are.
        asks: What a band says of a pilot, in a sentence.
    """

    at: str
    bands_are: str
    asks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Councils that a reader chose, and the year their programme started.

    Attributes:
        bands: Label of each band with the GSS codes of its councils, in order; a group without
            bands is one band without a label.
        start: First financial year with the programme at work, by the year it ends in: 2019 is
            2018/19.
        name: What the reader calls the programme; may be empty.
    """

    bands: tuple[tuple[str, tuple[str, ...]], ...]
    start: int
    name: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The GSS codes of all its councils, in order."""
        return tuple(code for _, codes in self.bands for code in codes)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Programme:
    """Everything that is true of one programme alone. Years are the years they end in.

    Programmes are equal where all that is true of them is: where their digests are.

    Attributes:
        key: Name of its file without the ending.
        name: Name in sentences and titles.
        short_name: Name where there is little room.
        start: First day.
        first_after: First year with the programme at work.
        window: First and last year that the evaluators saw, or of the figures where none published.
        bases: Years before the start a change may be measured from; the first is the default.
        bands: Bands of experience, least first.
        pilots: Who took part, by GSS code.
        experience: What the bands are of.
        evaluation: Where its figures were printed.
        later: What studies after the evaluation found.
        table: The table of pilots, as it is cited.
        sentences: Sentences that are true of it alone.
        claims: Its claims as their file has them, by table of that file.
        digest: SHA-256 of its files.
        group: What it was made from, where a reader chose the councils; None for one with a file.
    """

    key: str
    name: str
    short_name: str
    start: date
    first_after: int
    window: tuple[int, int]
    bases: tuple[tuple[int, ...], ...]
    bands: tuple[Band, ...]
    pilots: tuple[Participant, ...]
    experience: Experience
    evaluation: Evaluation
    later: LaterStudies
    table: PilotsTable
    sentences: Sentences
    claims: Mapping[str, object]
    digest: str
    group: Group | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Programme) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def last_before(self) -> int:
        """The last year before the start."""
        return self.first_after - 1

    @property
    def start_words(self) -> str:
        """The month it started in, as in "November 2014"."""
        return f"{month_name[self.start.month]} {self.start.year}"

    @property
    def start_short(self) -> str:
        """The same where there is little room, as in "Nov 2014"."""
        return f"{month_abbr[self.start.month]} {self.start.year}"

    @property
    def years_words(self) -> str:
        """The years from the start to the end of the window, as in "2014-16"."""
        return f"{self.start.year}-{self.window[1] % 100:02d}"

    @property
    def many(self) -> str:
        """How many pilots there are, in words: "ten"."""
        return count_words(len(self.pilots))

    @property
    def band_words(self) -> str:
        """What a band is called: of experience, unless the bands are a reader's own labels."""
        return "band" if self.group else "experience band"

    @property
    def band_keys(self) -> tuple[str, ...]:
        """The keys of the bands, least experience first."""
        return tuple(one.key for one in self.bands)

    @property
    def any_band(self) -> str:
        """The keys of the bands as a sentence lists choices: "a, b or c"."""
        *first, last = self.band_keys
        return f"{', '.join(first)} or {last}" if first else last

    def band(self, key: str) -> Band:
        """Return a band by its key.

        Raises:
            LookupError: There is no such band.
        """
        for one in self.bands:
            if one.key == key:
                return one
        msg = f"{self.name}: found band {key!r}, expected {self.any_band}"
        raise LookupError(msg)

    def pilots_csv(self) -> bytes:
        """Write the table of pilots, in UTF-8."""
        out = StringIO()
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow((*PILOT_COLUMNS, *self.table.more))
        for one in self.pilots:
            own = (one.code, one.name, one.band, one.authority_type, one.experience)
            rows.writerow((*own, *(one.more[name] for name in self.table.more)))
        return out.getvalue().encode()
