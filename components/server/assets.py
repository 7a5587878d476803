"""Our own scripts and styles: many small files here, one request for each numbered name."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from werkzeug.security import safe_join

#: Names that every page loads, in this order: ``70-views.js``, or the folder ``30-parts``.
_NUMBERED: Final = re.compile(r"\d\d-[\w-]+(\.css|\.js)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file as the browser sees it.

    Attributes:
        name: Its address below ``assets/``.
        parts: Files whose contents it is, one after the other.
    """

    name: str
    parts: tuple[Path, ...]

    @property
    def version(self) -> str:
        """What differs as soon as a part is changed, added or removed."""
        return ",".join(f"{part}?{part.stat().st_mtime_ns}" for part in self.parts)

    @property
    def newest(self) -> Path:
        """The part that was changed last; their folder where one was added or removed since."""
        folders = {part.parent for part in self.parts} if len(self.parts) > 1 else set[Path]()
        return max((*self.parts, *folders), key=lambda path: path.stat().st_mtime_ns)

    def read(self) -> bytes:
        """Return the contents."""
        return b"".join(part.read_bytes() for part in self.parts)


def find_asset(folder: Path, name: str) -> Asset | None:
    """Return the asset of a name, or None where there is none.

    ``30-parts.css`` is the file of this name; or, where there is a folder ``30-parts``, its style
    sheets in the order of their names, so that a browser asks once for all of them.

    Args:
        folder: The folder of assets.
        name: As a browser asks for it, so it may be anything.
    """
    found = safe_join(str(folder), name)
    if found is None or "\0" in found:
        return None
    path = Path(found)
    if path.is_file():
        return Asset(name=name, parts=(path,))
    joined = path.with_suffix("") if path.suffix in {".css", ".js"} else None
    parts = sorted(joined.glob(f"*{path.suffix}")) if joined else []
    return Asset(name=name, parts=tuple(parts)) if parts else None


def page_assets(folder: Path) -> list[Asset]:
    """Return what every page loads, in the order of the numbers.

    Args:
        folder: The folder of assets.

    Raises:
        ValueError: A numbered folder holds no scripts and no styles, or both.
    """
    found = list[Asset]()
    for path in sorted(folder.iterdir()):
        if not _NUMBERED.fullmatch(path.name):
            continue
        kinds = {part.suffix for part in path.iterdir()} if path.is_dir() else {""}
        kind = next(iter(kinds), None)
        asset = find_asset(folder, f"{path.name}{kind}")
        if len(kinds) != 1 or asset is None:
            msg = f"expected scripts or styles in {path.name}, found {sorted(kinds)}"
            raise ValueError(msg)
        found.append(asset)
    return found
