"""The head of every page: the browser's own files, in an order that matters, with fingerprints."""

from hashlib import sha256
from pathlib import Path
from typing import Final

#: Theme before first paint, Bootstrap before our styles.
STYLES: Final = ("vendor/bootstrap.min.css",)
SCRIPTS: Final = ("head/theme.js",)
#: After Dash's own scripts, which are here sooner, and before the page starts: Dash then does not
#: fetch its larger copy.
PLOTLY: Final = "vendor/plotly-basic.min.js"
#: What Dash asks for only when the first chart is there to be drawn.
GRAPH: Final = "_dash-component-suites/dash/dcc/async-graph.js"
FONT: Final = "vendor/inter.woff2"

_FACE: Final = (
    '@font-face{{font-family:"Inter";font-weight:100 900;font-display:swap;'
    'src:url("{}") format("woff2")}}'
)


def head(assets: Path, prefix: str) -> str:
    """Write the tags for the files that are there.

    Args:
        assets: The folder of assets. ``vendor`` is filled at set-up; without it the page works
            with the system's font, plain controls and Dash's own, larger copy of Plotly.
        prefix: Address the explorer is served under, with a slash at its end.
    """
    lines = list[str]()
    if (assets / FONT).is_file():
        href = _address(assets, FONT, prefix)
        lines.append(f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{href}">')
        lines.append(f"<style>{_FACE.format(href)}</style>")
    lines.append(f'<link rel="preload" as="script" href="{prefix}{GRAPH}">')
    lines += [
        f'<link rel="stylesheet" href="{_address(assets, name, prefix)}">'
        for name in STYLES
        if (assets / name).is_file()
    ]
    lines += [
        f'<script src="{_address(assets, name, prefix)}"></script>'
        for name in SCRIPTS
        if (assets / name).is_file()
    ]
    return "\n".join(lines)


def plotly(assets: Path, prefix: str) -> str:
    """Write the tag of the small copy of Plotly, or nothing where it could not be had.

    Args:
        assets: The folder of assets.
        prefix: Address the explorer is served under, with a slash at its end.
    """
    if not (assets / PLOTLY).is_file():
        return ""
    return f'<script src="{_address(assets, PLOTLY, prefix)}"></script>'


def _address(assets: Path, name: str, prefix: str) -> str:
    mark = sha256((assets / name).read_bytes()).hexdigest()[:12]
    return f"{prefix}assets/{name}?m={mark}"
