"""Which release a data address is answered from: the present one, or the one that it cites.

A script that names a release must get its figures, or be told that it does not. Those of an
archived release that the present version of the code made are made again from its tables. Where
only the version is another, the figures are the present ones, of the same tables, and the answer
says so. All else is refused: 404 where no such release is known, 409 with what changed since.
"""

from dataclasses import replace
from typing import Final

from flask import Response

from analytics.publication.finding import Finding
from analytics.publication.published import Published
from analytics.selection.readers import read_release
from analytics.selection.selection import Selection
from components.server.refusal import refuse
from data.load import TableStore, load
from data.releases.archive import ReleaseError, store_of
from data.releases.release import Release, recorded, release_of, releases
from data.sources.registry import AUTHORITIES

#: The release of the figures in an answer; and the one that was asked for, where that is another.
RELEASE: Final = "X-Release"
ASKED: Final = "X-Release-Asked"

#: Tables that a process reads once for all that it publishes: names and regions of places.
_ALWAYS_PRESENT: Final = (AUTHORITIES,)


class OtherReleaseError(LookupError):
    """The figures of a release cannot be given.

    Args:
        status: HTTP status.
        why: In a sentence.
        more: What changed since, or what is known instead.
    """

    def __init__(self, status: int, why: str, *more: str) -> None:
        super().__init__(why)
        self.status = status
        self.more = more

    @property
    def answer(self) -> Response:
        """What a script is told."""
        return refuse(self.status, str(self), self.more)


def of_release_asked(finding: Finding, selection: Selection, *, pack: bool) -> Published:
    """Publish a finding from the tables of the release that a selection cites.

    Args:
        finding: The finding.
        selection: What was asked.
        pack: Whether it is packed with its tables, which are the present ones.

    Raises:
        OtherReleaseError: Its figures, or their pack, cannot be given.
    """
    if finding.slow or pack:
        refuse_earlier(selection.release, "Slow findings are" if finding.slow else "Packs are")
    store = store_asked(selection.release)
    if store is None:
        return finding.publish(selection)
    said = read_release(
        selection.release, selection.programme
    ).remarks  # that the figures are of the present release
    kept = (one for one in selection.remarks if one not in said)
    cited, present = release_of(store).words, release_of().words
    now = f"These figures are of {cited}, as asked. The present ones are of {present}."
    return finding.publish(replace(selection, remarks=(*kept, now)), store)


def refuse_earlier(name: str, what: str) -> None:
    """Refuse a release whose tables are not the present ones.

    Args:
        name: Of the release, "" for the present one.
        what: What is made of the present release alone, with its verb.

    Raises:
        OtherReleaseError: It is not the present one, or its tables are others.
    """
    store = store_asked(name)
    if store is not None:
        known = release_of(store)
        why = f"{what} of the present release alone, not of {known.words} ({known.id})."
        raise OtherReleaseError(409, why, *_since(known))


def store_asked(name: str) -> TableStore | None:
    """Return the tables of a release; None for those that this process started with.

    Args:
        name: Of the release, "" for the present one.

    Raises:
        OtherReleaseError: It is not known, or its figures cannot be made again.
    """
    present = release_of()
    if name in {"", present.id}:
        return None
    known = recorded(name)
    if known is None:
        held = (f"{one.id} is known" for one in releases())
        raise OtherReleaseError(404, f"There is no release {name} here.", *held)
    if known.tables == present.tables:
        return None  # another version, of which the remark and the headers tell
    if known.version != present.version:
        why = (
            f"{known.label} has other tables and was made by another version of the code than "
            f"{present.version}, which is here: its figures cannot be made again."
        )
        raise OtherReleaseError(409, why, *_since(known))
    return _archived(known)


def _archived(known: Release) -> TableStore:
    why = f"The figures of {known.label} cannot be made again from its tables."
    try:
        store = store_of(known)
    except ReleaseError as fault:
        raise OtherReleaseError(409, why, str(fault), *_since(known)) from fault
    if any(load(one, store) != load(one) for one in _ALWAYS_PRESENT):
        raise OtherReleaseError(409, why, *_since(known))
    return store


def _since(known: Release) -> list[str]:
    """Say what later releases changed, and where the present figures are."""
    newer = list[Release]()
    for one in releases():
        if one.id == known.id:
            break
        newer.append(one)
    changed = [
        f"{one.id} changed {key}: {counts.words}"
        for one in newer
        for key, counts in one.changes.items()
    ]
    return [*changed, f"Without release= the figures are of {release_of().label}."]


def tell(response: Response, published: Published, asked: str) -> None:
    """Name in an answer the release of its figures, and the one asked for where that is another.

    Args:
        response: The answer.
        published: What it holds.
        asked: Name of the release that was asked for, or "".
    """
    response.headers[RELEASE] = published.release.id
    if asked and asked != published.release.id:
        response.headers[ASKED] = asked
    if published.release.modified is not None:
        response.last_modified = published.release.modified
