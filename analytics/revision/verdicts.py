"""Verdicts that flip: what findings say of the present tables and of new ones."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib import import_module

from analytics.evaluation.verdict_columns import CERTAINTY, KEY, NAME
from analytics.publication.finding import Finding
from analytics.publication.published import Published
from analytics.publication.registry import offered
from analytics.selection.selection import HOME, Selection
from data.load import TableStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A verdict that new tables change.

    Attributes:
        finding: Key of the finding.
        of: What it is about: the finding's title, or the name of one of its rows.
        was: The verdict under the present tables.
        now: The verdict under the new ones.
    """

    finding: str
    of: str
    was: str
    now: str

    @property
    def words(self) -> str:
        """The flip in one line."""
        return f"{self.finding}, {self.of}: {self.was} -> {self.now}"


def made_from(changed: Collection[str]) -> tuple[Finding, ...]:
    """Return every finding that is made from one of some tables.

    Args:
        changed: Keys of tables.
    """
    import_module("analytics.findings")  # lists every finding
    every = offered(HOME).values()
    return tuple(one for one in every if any(source.key in changed for source in one.sources))


def flips(
    before: TableStore, after: TableStore, findings: Collection[Finding], selection: Selection
) -> tuple[Flip, ...]:
    """Return the verdicts that differ: headlines of findings, and how sure each of their rows is.

    Args:
        before: The present tables.
        after: The new tables.
        findings: What to compare, such as ``made_from`` returns.
        selection: What readers are assumed to have chosen.
    """
    return tuple(
        flip
        for one in findings
        for flip in _between(one.make(selection, before), one.make(selection, after))
    )


def _between(was: Published, now: Published) -> Iterator[Flip]:
    old, new = was.verdict or was.withheld, now.verdict or now.withheld
    if old != new:
        yield Flip(finding=now.key, of=now.title, was=old, now=new)
    before, after = _certainty(was), _certainty(now)
    for key, (name, words) in after.items():
        if key in before and before[key][1] != words:
            yield Flip(finding=now.key, of=name, was=before[key][1], now=words)


def _certainty(published: Published) -> dict[str, tuple[str, str]]:
    """Return name and certainty of each row by its key; nothing where rows have none."""
    needed = [KEY.name, NAME.name, CERTAINTY.name]
    frame = published.frame
    if not set(needed) <= set(frame.columns) or frame[KEY.name].duplicated().any():
        return {}
    rows = zip(*(frame[name].astype(str) for name in needed), strict=True)
    return {key: (name, words) for key, name, words in rows}
