"""Drive Debian's Orca in Firefox, and write what it says: by hand, for no machine can judge it.

Run from the root of the repository with the explorer being served, in a session bus of its own::

    dbus-run-session -- .venv-test/bin/python -m tests.browser.screen_reader.hear http://127.0.0.1:8050
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.browser.firefox import Firefox

SCREEN = ":87"
NEEDED = ("Xvfb", "orca", "firefox-esr", "xdotool")
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
SAID = re.compile(r"SPEECH OUTPUT: '(.*?)' ?\{")
#: Orca does not read a page to its end when it is opened, nor say the keys that are pressed.
SETTINGS = """import orca.settings
orca.settings.sayAllOnLoad = False
orca.settings.enableKeyEcho = False
"""
OPENING = 12  # of what is said when a page is opened
#: What is done, in which page, and the keys of each step as xdotool calls them.
JOURNEYS = (
    ("/indicators/icpc_rate", "#tab-indicator-years-chart", (
        ("go to the chart", ("Tab", "Tab")),
        ("next point", ("Right",)),
        ("next point", ("Right",)),
        ("next series", ("Down",)),
        ("leave the chart", ("Escape",)),
        ("open the table", ("Right",)),
    )),
    ("/indicators", "[data-bar=who] > .bar-open > summary", (
        ("open the panel of pilots", ("Return",)),
        ("go to the first band", ("Tab", "Tab")),
        ("untick it", ("space",)),
        ("close the panel", ("Escape",)),
        ("go to the search", ("slash",)),
        ("look for a council", tuple("leeds")),
        ("open it", ("Return",)),
    )),
)  # fmt: skip


class Orca:
    """A running Orca that writes down what it says."""

    def __init__(self, folder):
        self._log = folder / "orca.log"
        self._log.touch()
        (folder / "orca-customizations.py").write_text(SETTINGS, encoding="utf-8")
        self._read = 0
        self._process = subprocess.Popen(  # noqa: S603 (Debian's program)
            [
                shutil.which("orca"), "--replace", "--user-prefs", str(folder),
                f"--debug-file={self._log}",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def said(self, *, quiet=3.0, longest=20.0):
        """Return what was said since the last call, once nothing more is said for a while.

        Args:
            quiet: Seconds without a word that end it.
            longest: Seconds that it takes at most.
        """
        end = time.monotonic() + longest
        size, since = -1, time.monotonic()
        while time.monotonic() < end and time.monotonic() - since < quiet:
            now = self._log.stat().st_size
            if now != size:
                size, since = now, time.monotonic()
            time.sleep(0.1)
        words = self._log.read_text(encoding="utf-8", errors="replace")
        new, self._read = words[self._read :], len(words)
        return [one for one in SAID.findall(new) if one.strip()]

    def stop(self):
        """End it."""
        self._process.terminate()
        self._process.wait(20)


def main():
    """Go through the journeys, and print each step with what was said."""
    address = sys.argv[1].rstrip("/")
    missing = [name for name in NEEDED if shutil.which(name) is None]
    launcher = next((one for one in LAUNCHERS if Path(one).exists()), "")
    if missing or not launcher:
        sys.exit(f"Not installed: {', '.join([*missing, *([] if launcher else ['at-spi2-core'])])}")
    os.environ |= {"DISPLAY": SCREEN, "GNOME_ACCESSIBILITY": "1", "NO_AT_BRIDGE": "0"}
    screen = subprocess.Popen([shutil.which("Xvfb"), SCREEN, "-screen", "0", "1366x900x24"])  # noqa: S603
    bus = subprocess.Popen([launcher, "--launch-immediately"])  # noqa: S603
    time.sleep(2)
    folder = Path(tempfile.mkdtemp())
    orca = Orca(folder)
    orca.said(quiet=5, longest=40)
    browser = Firefox(folder, "--new-instance")
    try:
        for path, stop, steps in JOURNEYS:
            _walk(browser, orca, (f"{address}{path}", stop, steps))
    finally:
        browser.stop()
        orca.stop()
        bus.terminate()
        screen.terminate()


def _walk(browser, orca, journey):
    address, stop, steps = journey
    browser.open(address)
    # Without a window manager nobody else gives the window the keyboard.
    _press("search", "--onlyvisible", "--class", "firefox", "windowfocus", "%@")
    _tell("open the page", orca.said(quiet=6)[:OPENING])
    browser.evaluate(f"document.querySelector({stop!r}).focus() ?? true")
    _tell(f"focus {stop}", orca.said())
    for words, keys in steps:
        _press("key", *keys)
        _tell(words, orca.said())


def _press(*words):
    subprocess.run([shutil.which("xdotool"), *words], check=True)  # noqa: S603


def _tell(step, said):
    heard = [f"  “{one}”" for one in said] or ["  nothing"]
    sys.stdout.write("\n".join([f"{step}:", *heard, ""]))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
