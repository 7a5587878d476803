"""Fetch the browser's files named in ``browser.txt`` with npm, and check every byte.

``python requirements/fetch.py run`` fills ``assets/vendor``; ``test`` and ``scripts`` fill
``tests/vendor``, the second with what checks the JavaScript. A file already there with the right
checksum is left as it is, so this works offline afterwards. npm gets ``PATIENCE`` seconds for one
package; once it has not answered in time, or cannot reach its registry, the other packages are not
asked for.

Each line of ``browser.txt``: group, package, version, path inside it, file name, SHA-256. A path
that ends with a slash is a whole folder; its checksum is that of the list of its files, one line
each: SHA-256, two spaces, name below the folder, in the order of the names.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = float(os.environ.get("FETCH_SECONDS", "60"))  # seconds for one package
#: What npm calls a registry that is not there.
UNREACHED = ("ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EAI_AGAIN", "ENETUNREACH")
VENDOR = ROOT / "tests" / "vendor"
FOLDERS = {"run": ROOT / "assets" / "vendor", "test": VENDOR, "scripts": VENDOR}
#: What becomes of set-up where files could not be had; a group that is not named here cannot go on.
WITHOUT = {
    "run": "The explorer works without them: system font, larger Plotly.",
    "scripts": "The JavaScript is not checked without them.",
}

#: The files of a package by their names; a file that stands alone has the name "".
Files = Mapping[str, bytes]
Asked = tuple[str, str, str, Path, str]


class SilentError(Exception):
    """npm is not here, or does not answer; says which."""


def fetch(group: str) -> int:
    """Fetch what a group lacks; return how many files could not be had."""
    lacking = list(_lacking(group))
    for done, (package, version, inside, target, digest) in enumerate(lacking):
        print(f"Fetching {done + 1} of {len(lacking)}: {package} {version}", flush=True)
        try:
            files = _packed(package, version, inside)
        except SilentError as fault:
            print(f"{fault} Going on without {len(lacking) - done} files.", flush=True)
            return len(lacking) - done + _failed(lacking[:done])
        if not files or _digest(files) != digest:
            found = _digest(files)[:12] if files else "nothing"
            print(f"{target.name}: expected {package} {version} ({digest[:12]}), found {found}")
            continue
        _write(target, files)
    return _failed(lacking)


def _lacking(group: str) -> Iterator[Asked]:
    for line in (ROOT / "requirements" / "browser.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith(f"{group} "):
            continue
        _, package, version, inside, name, digest = line.split()
        target = FOLDERS[group] / name
        if _digest(_held(target)) != digest:
            yield package, version, inside, target, digest


def _failed(asked: list[Asked]) -> int:
    return sum(not target.exists() for _, _, _, target, _ in asked)


def _held(target: Path) -> Files:
    """Return what is on disk: one file, all files of a folder, or nothing."""
    if target.is_file():
        return {"": target.read_bytes()}
    found = (file for file in target.rglob("*") if file.is_file())
    return {file.relative_to(target).as_posix(): file.read_bytes() for file in found}


def _write(target: Path, files: Files) -> None:
    """Put a file or a folder in place of what is there."""
    if target.is_dir():
        shutil.rmtree(target)
    for name, content in files.items():
        file = target / name if name else target
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _digest(files: Files) -> str:
    if list(files) == [""]:
        return hashlib.sha256(files[""]).hexdigest()
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _packed(package: str, version: str, inside: str) -> Files:
    """Return one file of a package, or a folder of it; nothing where npm has no such package.

    Raises:
        SilentError: npm is not here, or does not answer.
    """
    npm = shutil.which("npm")
    if npm is None:
        message = "npm is not on this machine."
        raise SilentError(message)
    with tempfile.TemporaryDirectory() as folder:
        # No retries: its own go on for minutes where the registry is silent.
        command = [npm, "pack", "--loglevel=error", "--fetch-retries=0", f"{package}@{version}"]
        try:
            done = subprocess.run(  # noqa: S603 (a name and a version from our own list)
                command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE
            )
        except subprocess.TimeoutExpired as fault:
            message = f"npm did not answer in {PATIENCE:.0f} seconds."
            raise SilentError(message) from fault
        archives = list(Path(folder).glob("*.tgz"))
        if done.returncode or not archives:
            if any(word in done.stderr for word in UNREACHED):
                message = "npm cannot reach its registry."
                raise SilentError(message)
            print(done.stderr.strip()[-300:])
            return {}
        return _unpacked(archives[0], f"package/{inside}")


def _unpacked(archive: Path, inside: str) -> Files:
    """Read one file of an archive, or every file below a folder whose name ends with a slash."""
    with tarfile.open(archive) as opened:
        return {
            one.name.removeprefix(inside): held.read()
            for one in opened
            if one.isfile()
            and (one.name.startswith(inside) if inside.endswith("/") else one.name == inside)
            if (held := opened.extractfile(one)) is not None
        }


if __name__ == "__main__":
    group = sys.argv[1]
    missing = fetch(group)
    if missing and group not in WITHOUT:
        sys.exit(f"{missing} files the tests need could not be fetched")
    if missing:
        print(WITHOUT[group])
