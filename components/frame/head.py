"""The head of every page: the browser's own files, in an order that matters, with fingerprints."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Final

from markupsafe import Markup

from components.templates.render import own_script, render

#: Theme before first paint; written into the page, as the rest of it would wait for a file.
THEME: Final = "head/theme.js"
#: Before everything else, as the first chart waits for it alone.
PLOTLY: Final = "vendor/plotly-basic.min.js"
#: Dash's own, larger copy.
WHOLE_PLOTLY: Final = "_dash-component-suites/plotly/package_data/plotly.min.js"
FONT: Final = "vendor/inter.woff2"


def head(assets: Path, prefix: str) -> Markup:
    """Write the tags for the files that are there.

    Args:
        assets: The folder of assets. ``vendor`` is filled at set-up; without it the page works
            with the system's font and Dash's own, larger copy of Plotly.
        prefix: Address the explorer is served under, with a slash at its end.
    """
    return render(
        "head.html",
        font=_address(assets, FONT, prefix) if (assets / FONT).is_file() else "",
        theme=own_script(assets / THEME),
    )


def theme_digest(assets: Path) -> str:
    """Return what a content security policy calls the script in the head by.

    Args:
        assets: The folder of assets.
    """
    return f"'sha256-{b64encode(sha256(own_script(assets / THEME).encode()).digest()).decode()}'"


def plotly(assets: Path, prefix: str) -> Markup:
    """Write the tag of the small copy of Plotly, or of Dash's own where it could not be had.

    Args:
        assets: The folder of assets.
        prefix: Address the explorer is served under, with a slash at its end.
    """
    there = (assets / PLOTLY).is_file()
    found = _address(assets, PLOTLY, prefix) if there else f"{prefix}{WHOLE_PLOTLY}"
    return render("plotly.html", href=found)


def _address(assets: Path, name: str, prefix: str) -> str:
    mark = sha256((assets / name).read_bytes()).hexdigest()[:12]
    return f"{prefix}assets/{name}?m={mark}"
