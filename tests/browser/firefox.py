"""Debian's Firefox without a window, driven over WebDriver BiDi, which it speaks by itself.

Debian 12 has no geckodriver, and Playwright drives only a Firefox that it built. The protocol is
JSON over a WebSocket (https://w3c.github.io/webdriver-bidi/), and needs neither.
"""

import base64
import json
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Ping, Request, TextMessage

PROGRAM = "firefox-esr"
PATIENCE = 20  # seconds
#: Says where it listens, once it does.
LISTENING = re.compile(r"WebDriver BiDi listening on ws://127\.0\.0\.1:(\d+)")
#: Nothing is asked of anybody but the server of the tests; the system's theme is light.
SETTINGS = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.topsites.contile.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "",
    "toolkit.telemetry.enabled": False,
    "ui.systemUsesDarkTheme": 0,
}
#: Keys by name, as WebDriver writes them.
KEYS = {
    "ArrowDown": "\ue015", "ArrowRight": "\ue014", "End": "\ue010", "Enter": "\ue007",
    "Escape": "\ue00c", "Home": "\ue011", "Space": " ", "Tab": "\ue004",
}  # fmt: skip


def installed():
    """Skip where the program is not, and cannot be installed."""
    if shutil.which(PROGRAM) is None:
        pytest.skip(f"the package {PROGRAM} is not installed, and make setup-test could not do it")


class RefusedError(Exception):
    """The browser did not do what it was told to."""


class Firefox:
    """A running Firefox with one window and an empty profile."""

    def __init__(self, folder, *options, width=1366, height=768):
        profile = Path(folder)
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in SETTINGS.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        self._log = profile / "firefox.log"
        size = [f"--width={width}", f"--height={height}"]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 (Debian's program)
                [
                    shutil.which(PROGRAM), *(options or ("--headless",)), *size, "--no-remote",
                    "--profile", str(profile), "--remote-debugging-port", "0",
                ],
                stdout=log, stderr=log,
            )  # fmt: skip
        self._number = 0
        self.errors = []
        self._connect(self._port())
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded"])
        # The window that it starts with never has the focus; a tab opened in it does.
        self._context = self.call("browsingContext.create", type="tab")["context"]
        if not options:
            size = {"width": width, "height": height}
            self.call("browsingContext.setViewport", context=self._context, viewport=size)

    def _port(self):
        end = time.monotonic() + 3 * PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            found = LISTENING.search(self._log.read_text(errors="replace"))
            if found:
                return int(found[1])
            time.sleep(0.05)
        self._process.kill()
        pytest.fail(f"{PROGRAM} did not start: {self._log.read_text(errors='replace')[-2000:]}")

    def _connect(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=3 * PATIENCE)
        self._protocol = WSConnection(ConnectionType.CLIENT)
        host = f"127.0.0.1:{port}"
        self._socket.sendall(self._protocol.send(Request(host=host, target="/session")))
        self._words = ""
        while True:
            self._protocol.receive_data(self._socket.recv(65536))
            for event in self._protocol.events():
                assert isinstance(event, AcceptConnection), event
                return

    def _messages(self):
        """Wait for data, and yield each message that is whole."""
        self._protocol.receive_data(self._socket.recv(65536))
        for event in self._protocol.events():
            if isinstance(event, TextMessage):
                self._words += event.data
                if event.message_finished:
                    whole, self._words = self._words, ""
                    yield json.loads(whole)
            elif isinstance(event, Ping):
                self._socket.sendall(self._protocol.send(event.response()))
            elif isinstance(event, CloseConnection):
                message = f"{PROGRAM} went away: {event.reason}"
                raise RefusedError(message)

    def call(self, method, **parameters):
        """Do something, and return what the browser answers.

        Raises:
            RefusedError: The browser did not do it.
        """
        self._number += 1
        asked = {"id": self._number, "method": method, "params": parameters}
        self._socket.sendall(self._protocol.send(TextMessage(json.dumps(asked))))
        while True:
            for message in self._messages():
                if message.get("method") == "log.entryAdded":
                    entry = message["params"]
                    if entry["level"] == "error":
                        self.errors.append(entry["text"])
                elif message.get("id") == self._number:
                    if message["type"] == "error":
                        refused = f"{method}: {message['message']}"
                        raise RefusedError(refused)
                    return message["result"]

    def open(self, url):
        """Go to an address, and wait until the page is laid out and its cards have come."""
        self.call("browsingContext.navigate", context=self._context, url=url, wait="complete")
        self.settle()

    def settle(self):
        """Wait until a page is there, the scripts know of it, and no card is busy."""
        self.wait(
            "document.querySelector('main[data-path] h1') !== null"
            " && document.getElementById('search-field') !== null"
            " && ![...document.querySelectorAll('section.card')].some((c) => c.ariaBusy === 'true')"
        )

    def evaluate(self, expression):
        """Return the value of an expression of JavaScript, by way of JSON."""
        answered = self.call(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": self._context},
            awaitPromise=True,
        )
        if answered["type"] == "exception":
            raise RefusedError(answered["exceptionDetails"]["text"])
        value = answered["result"].get("value")
        return None if value is None else json.loads(value)

    def wait(self, expression):
        """Wait until an expression of JavaScript is true."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.evaluate(expression):
                return
            time.sleep(0.05)
        pytest.fail(f"still not so after {PATIENCE} seconds: {expression}")

    def text(self, selector):
        """Return the words that an element shows."""
        return self.evaluate(f"document.querySelector({json.dumps(selector)}).innerText")

    def _act(self, kind, actions, **more):
        source = {"type": kind, "id": kind, "actions": actions, **more}
        self.call("input.performActions", context=self._context, actions=[source])

    def press(self, *keys):
        """Press keys one after the other: by name, or letters."""
        for key in keys:
            value = KEYS.get(key, key)
            self._act("key", [{"type": one, "value": value} for one in ("keyDown", "keyUp")])

    def click(self, selector):
        """Press the middle of an element with the mouse."""
        middle = self.evaluate(
            f"""(() => {{
              const one = document.querySelector({json.dumps(selector)});
              one.scrollIntoView({{ block: 'nearest' }});
              const box = one.getBoundingClientRect();
              return [box.left + box.width / 2, box.top + box.height / 2];
            }})()"""
        )
        x, y = (round(one) for one in middle)
        buttons = [{"type": one, "button": 0} for one in ("pointerDown", "pointerUp")]
        self._act("pointer", [{"type": "pointerMove", "x": x, "y": y}, *buttons])

    def pdf(self):
        """Print the page, and return the file."""
        return base64.b64decode(self.call("browsingContext.print", context=self._context)["data"])

    def stop(self):
        """End the browser."""
        self._socket.close()
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(PATIENCE)
