"""Fetch the browser's files named in ``browser.txt`` with npm, and check every byte.

``python requirements/fetch.py run`` fills ``assets/vendor``; ``test`` fills ``tests/vendor``.
A file already there with the right checksum is left as it is, so this works offline afterwards.
npm gets ``PATIENCE`` seconds for one package; once it has not answered in time, or cannot reach its
registry, the other packages are not asked for.

Each line of ``browser.txt``: group, package, version, path inside it, file name, SHA-256.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = float(os.environ.get("FETCH_SECONDS", "60"))  # seconds for one package
#: What npm calls a registry that is not there.
UNREACHED = ("ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EAI_AGAIN", "ENETUNREACH")
FOLDERS = {"run": ROOT / "assets" / "vendor", "test": ROOT / "tests" / "vendor"}


class SilentError(Exception):
    """npm is not here, or does not answer; says which."""


def fetch(group: str) -> int:
    """Fetch what a group lacks; return how many files could not be had."""
    lacking = list(_lacking(group))
    for done, (package, version, inside, target, digest) in enumerate(lacking):
        print(f"Fetching {done + 1} of {len(lacking)}: {package} {version}", flush=True)
        try:
            content = _packed(package, version, inside)
        except SilentError as fault:
            print(f"{fault} Going on without {len(lacking) - done} files.", flush=True)
            return len(lacking) - done + _failed(lacking[:done])
        if content is None or _digest(content) != digest:
            found = "nothing" if content is None else _digest(content)[:12]
            print(f"{target.name}: expected {package} {version} ({digest[:12]}), found {found}")
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return _failed(lacking)


def _lacking(group: str) -> Iterator[tuple[str, str, str, Path, str]]:
    for line in (ROOT / "requirements" / "browser.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith(group):
            continue
        _, package, version, inside, name, digest = line.split()
        target = FOLDERS[group] / name
        if not (target.is_file() and _digest(target.read_bytes()) == digest):
            yield package, version, inside, target, digest


def _failed(asked: list[tuple[str, str, str, Path, str]]) -> int:
    return sum(not target.is_file() for _, _, _, target, _ in asked)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _packed(package: str, version: str, inside: str) -> bytes | None:
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
            return None
        with tarfile.open(archives[0]) as archive:
            held = archive.extractfile(f"package/{inside}")
            return held.read() if held else None


if __name__ == "__main__":
    missing = fetch(sys.argv[1])
    if missing and sys.argv[1] == "test":
        sys.exit(f"{missing} files the tests need could not be fetched")
    if missing:
        print("The explorer works without them: system font, larger Plotly, plainer controls.")
