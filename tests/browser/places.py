"""Places the explorer is served at: behind the example of nginx, or below a path by itself."""

import datetime as dt
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "deploy" / "nginx.conf"
PREFIX = "/sos"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self):
        return self.body.decode(errors="replace")


def ask(url, *, method="GET", headers=None, body=None, source=None):
    """Ask a server on the loopback, and follow nothing."""
    parts = urlsplit(url)
    options = {"timeout": 60, "source_address": (source, 0) if source else None}
    if parts.scheme == "https":
        unchecked = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        unchecked.check_hostname = False
        unchecked.verify_mode = ssl.CERT_NONE
        connection = HTTPSConnection(parts.hostname, parts.port, context=unchecked, **options)
    else:
        connection = HTTPConnection(parts.hostname, parts.port, **options)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, body=body, headers=headers or {})
        reply = connection.getresponse()
        named = {name.lower(): value for name, value in reply.getheaders()}
        return Answer(reply.status, named, reply.read())
    finally:
        connection.close()


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Served:
    """The explorer, started as a reader of its guide would."""

    def __init__(self, folder, *options, **settings):
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._log = folder / f"explorer-{self.port}.log"
        environment = {**os.environ, **settings}  # and with them the cache of these tests
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 (our own program)
                [sys.executable, "app.py", "--port", str(self.port), *options],
                cwd=ROOT, env=environment, stdout=log, stderr=log,
            )  # fmt: skip

    def wait(self):
        _until_answers(f"{self.base}/health", self._process, self._log)

    def stop(self):
        self._process.terminate()
        self._process.wait(30)


class Nginx:
    """The example of nginx as it is, but for ports, files and the certificate."""

    def __init__(self, folder, explorer_port):
        self.http, self.tls = free_port(), free_port()
        self.base = f"https://127.0.0.1:{self.tls}{PREFIX}"
        self._log = folder / "nginx.log"
        self._file = folder / "nginx.conf"
        _certificate(folder)
        changed = EXAMPLE.read_text(encoding="utf-8")
        for before, after in (
            ("listen 80 ", f"listen 127.0.0.1:{self.http} "),
            ("listen 443 ", f"listen 127.0.0.1:{self.tls} "),
            ("server 127.0.0.1:8050;", f"server 127.0.0.1:{explorer_port};"),
            ("/etc/nginx/tls/", f"{folder}/"),
            ("/run/nginx.pid", f"{folder}/nginx.pid"),
            ("/var/log/nginx/error.log", f"{folder}/nginx.log"),
        ):
            assert before in changed, before
            changed = changed.replace(before, after)
        kept = "".join(
            f"    {name}_temp_path {folder}/{name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        self._file.write_text(changed.replace("http {\n", f"http {{\n{kept}"), encoding="utf-8")
        # Its processes give up root, and could then not reach the files of this test.
        user = " user root;" if os.geteuid() == 0 else ""
        self._command = [shutil.which("nginx"), "-c", self._file, "-g", f"daemon off;{user}"]

    def check(self):
        """What ``nginx -t`` says of the file."""
        return subprocess.run(  # noqa: S603 (Debian's program)
            [*self._command, "-t"], capture_output=True, text=True, check=False, timeout=30
        )

    def start(self):
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)  # noqa: S603
        _until_answers(f"{self.base}/health", self._process, self._log)

    def stop(self):
        self._process.terminate()
        self._process.wait(30)


def nginx():
    """Skip where the program is not, and cannot be installed."""
    if shutil.which("nginx") is None:
        pytest.skip("the package nginx-light is not installed")


def _until_answers(url, process, log):
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            if ask(url).status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail(f"{url} did not answer: {log.read_text()}")


def _certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def links(page):
    """Every address a page of the browser holds, in any attribute."""
    return set(
        page.evaluate(
            """() => [...document.querySelectorAll('[href],[src],[data-fill],[data-path]')]
              .flatMap((one) => ['href', 'src', 'data-fill', 'data-path']
                .map((name) => one.getAttribute(name)))
              .filter((one) => one && !one.startsWith('#') && !one.startsWith('data:'))"""
        )
    )
