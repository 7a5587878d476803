"""The explorer for whoever works on it: ``python -m tests.dev [PORT]``, or ``make dev``.

It starts again when a module or a programme changes, reloads styles and scripts, and shows Dash's
debug pages. A debugger runs any code it is given, so it listens on the loopback and nowhere else,
and is no part of what is served.
"""

import sys
from pathlib import Path

from components.server import warmup

warm = warmup.warm
warmup.warm = lambda _app, **_how: None  # the debug pages are to be added before the first request

import app  # noqa: E402 (after the line above)

LOOPBACK = "127.0.0.1"
ROOT = Path(__file__).parents[1]


def main() -> None:
    """Serve until told to stop."""
    port = int(sys.argv[1]) if sys.argv[1:] else 8050
    app.explorer.enable_dev_tools(debug=True)
    warm(app.explorer, debugged=True)
    programmes = [str(path) for path in (ROOT / "data").rglob("*.toml")]
    app.server.run(host=LOOPBACK, port=port, debug=True, use_reloader=True, extra_files=programmes)


if __name__ == "__main__":
    main()
