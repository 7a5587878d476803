"""Fetch the browser's files named in ``browser.txt`` with npm, and check every byte.

``python requirements/fetch.py run`` fills ``assets/vendor``; ``test`` fills ``tests/vendor``.
A file already there with the right checksum is left as it is, so this works offline afterwards.
Each line of ``browser.txt``: group, package, version, path inside it, file name, SHA-256.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {"run": ROOT / "assets" / "vendor", "test": ROOT / "tests" / "vendor"}


def fetch(group: str) -> int:
    """Fetch what a group lacks; return how many files could not be had."""
    lacking = 0
    for line in (ROOT / "requirements" / "browser.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith(group):
            continue
        _, package, version, inside, name, digest = line.split()
        target = FOLDERS[group] / name
        if target.is_file() and _digest(target.read_bytes()) == digest:
            continue
        content = _packed(package, version, inside)
        if content is None or _digest(content) != digest:
            found = "nothing" if content is None else _digest(content)[:12]
            print(f"{name}: wanted {package} {version} ({digest[:12]}), found {found}")
            lacking += 1
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return lacking


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _packed(package: str, version: str, inside: str) -> bytes | None:
    npm = shutil.which("npm")
    if npm is None:
        print("npm is not on this machine")
        return None
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", f"{package}@{version}"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
        archives = list(Path(folder).glob("*.tgz"))
        if done.returncode or not archives:
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
