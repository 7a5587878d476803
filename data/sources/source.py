"""What a source is: a table of the project, the publication it came from, and its checksum."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from data.schema import Column
from data.sources.dictionary import described

ROOM: Final = Path(__file__).parents[1]
CHECKSUMS: Final = ROOM / "checksums.txt"

OGL: Final = "Open Government Licence v3.0"
OGL_ADDRESS: Final = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
ATTRIBUTION: Final = (
    "Contains public sector information licensed under the Open Government Licence v3.0."
)


class Kind(StrEnum):
    """What kind of number: who printed it, and whether anything was worked out here."""

    OFFICIAL = "official"
    AS_ISSUED = "official-as-issued"  # official, and no statistic: judgements, lists
    PUBLISHED = "published"
    COMPUTED = "computed"  # from what the evaluation printed
    LATER = "later"  # printed by other studies than the evaluation
    SIMULATED = "simulated"
    ESTIMATE = "estimate"
    OWN = "own"  # the reader's, in place of simulated
    MIXED = "mixed"  # official and printed, row by row
    PRINTED = "printed"  # by the evaluation and by later studies, row by row
    PARTLY = "partly-simulated"  # printed and simulated, row by row
    PARTLY_OWN = "partly-own"

    @property
    def label(self) -> str:
        """The kind as every card, caption and file says it."""
        return {
            Kind.OFFICIAL: "Official statistics, recomputed here",
            Kind.AS_ISSUED: "Official, as issued; not a statistic",
            Kind.PUBLISHED: "Published by the evaluation",
            Kind.COMPUTED: "Computed here from figures the evaluation published",
            Kind.LATER: "Published by later studies",
            Kind.SIMULATED: "Simulated",
            Kind.ESTIMATE: "Worked out from your assumptions and official figures",
            Kind.OWN: "Your data",
            Kind.MIXED: "Official and published: each row says which",
            Kind.PRINTED: "Published by the evaluation and later studies: each row says which",
            Kind.PARTLY: "Published and simulated: each row says which",
            Kind.PARTLY_OWN: "Published and your data: each row says which",
        }[self]

    @property
    def is_official(self) -> bool:
        """Whether a public body published all of it."""
        return self in {Kind.OFFICIAL, Kind.AS_ISSUED}

    @property
    def is_simulated(self) -> bool:
        """Whether any of it is simulated."""
        return self in {Kind.SIMULATED, Kind.PARTLY}

    @property
    def with_own(self) -> "Kind":
        """The kind once the reader's own data stand in place of what is simulated."""
        return {Kind.SIMULATED: Kind.OWN, Kind.PARTLY: Kind.PARTLY_OWN}.get(self, self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A table of the project and the publication it was built from.

    Attributes:
        key: Name in addresses.
        title: What the table holds, in sentence case.
        publisher: Who published the figures.
        publication: Which publications they were taken from.
        edition: Which editions, as precisely as is known.
        period: First to last year covered.
        kind: Which kind of number.
        file: Path below ``data/``; of the reader's own, the name of the file.
        columns: What is in it.
        row_key: Columns that together name a row.
        licence: Terms of use.
        notes: What a careful reader must know before using it.
        content: The bytes of the table, where a programme holds it and no file does.
        released_sha256: Checksum of the table as an earlier release had it; empty for the present.
    """

    key: str
    title: str
    publisher: str
    publication: str
    edition: str
    period: str
    kind: Kind
    file: str
    columns: tuple[Column, ...]
    row_key: tuple[str, ...]
    licence: str = OGL
    notes: tuple[str, ...] = ()
    content: bytes = field(default=b"", repr=False)
    released_sha256: str = ""

    @property
    def citation(self) -> str:
        """One line a reader can follow back to the publication."""
        return f"{self.publisher}, {self.publication}, {self.edition} ({self.period})."

    @property
    def dictionary(self) -> tuple[Column, ...]:
        """Its columns, each with a meaning, each number with a unit in words.

        Raises:
            UndescribedColumnError: A column is described nowhere.
        """
        return described(self.key, self.columns)

    @property
    def path(self) -> Path:
        """Where the table is on disk, unless a programme holds it."""
        return ROOM / self.file

    @property
    def is_there(self) -> bool:
        """Whether the table can be read."""
        return bool(self.content) or self.path.is_file()

    def read(self) -> bytes:
        """Return the bytes of the table.

        Raises:
            OSError: It is in a file that cannot be read.
        """
        return self.content or self.path.read_bytes()

    @property
    def size(self) -> int:
        """How many bytes the table has."""
        return len(self.content) or self.path.stat().st_size

    @property
    def sha256(self) -> str:
        """Checksum of the table as it was built or released; empty for the reader's own.

        Whoever is told the checksum of records can tell whether they hold the same.

        Raises:
            LookupError: ``data/checksums.txt`` does not name the file.
        """
        if self.kind is Kind.OWN:
            return ""
        if self.released_sha256:
            return self.released_sha256
        if self.content:
            return sha256(self.content).hexdigest()
        sums = checksums()
        if self.file not in sums:
            msg = f"{self.file}: no checksum in {CHECKSUMS.name}; rebuild with python -m data.build"
            raise LookupError(msg)
        return sums[self.file]


@cache
def checksums() -> dict[str, str]:
    """Return the checksum of every table, by path below ``data/``."""
    lines = CHECKSUMS.read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines if line)}
