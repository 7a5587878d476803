"""Draw ``docs/architecture.svg`` from the imports: ``python -m tests.docs.architecture write``.

A box is a package, or a module that stands beside packages. Inside a room a box stands above all
that it imports; a line is an import that no longer way explains.
"""

import ast
import sys
from collections import defaultdict
from html import escape
from math import ceil
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "architecture.svg"
ROOMS = ("pages", "components", "analytics", "data")
SAID = {
    "app": "puts the parts together",
    "pages": "one module an address; no page imports another",
    "components": "what a reader sees",
    "analytics": "what numbers mean",
    "data": "where numbers come from",
}

WIDTH, LEFT, RIGHT, LANE = 800, 16, 100, 9
MOST = 5  # boxes in a row
BOX, HIGH, STEP, HEAD, GAP = 136, 28, 52, 44, 24

STYLE = """
svg { --paper: #ffffff; --room: #f2f5f7; --box: #ffffff; --ink: #17212b; --quiet: #4a5864;
  --line: #5b7083; --edge: #b4c0ca; }
@media (prefers-color-scheme: dark) { svg { --paper: #12181e; --room: #1b242c; --box: #26323c;
  --ink: #eef3f6; --quiet: #b5c2cc; --line: #9fb3c4; --edge: #4c5d6b; } }
text { font: 14px system-ui, "DejaVu Sans", sans-serif; fill: var(--ink); }
.name { font-weight: 650; font-size: 16px; }
.said { fill: var(--quiet); }
.paper { fill: var(--paper); }
.room { fill: var(--room); stroke: var(--edge); }
.box { rx: 4px; fill: var(--box); stroke: var(--line); }
.line { fill: none; stroke: var(--line); stroke-width: 1.4; }
.head { fill: var(--line); }
"""

Edges = set[tuple[str, str]]


def imports() -> Edges:
    """Return who imports whom: rooms, and boxes inside one room."""
    graph = grimp.build_graph(*ROOMS, cache_dir=None)
    found = Edges()
    for module in graph.modules:
        for other in graph.find_modules_directly_imported_by(module):
            one, two = _box(module), _box(other)
            rooms = (module.partition(".")[0], other.partition(".")[0])
            found.add(rooms if rooms[0] != rooms[1] else (one, two))
    tree = ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    found |= {("app", room) for room in ROOMS if any(one.startswith(f"{room}.") for one in named)}
    return {(one, two) for one, two in found if one != two}


def boxes() -> dict[str, list[str]]:
    """Return the boxes of each room that has any: pages are alike, and none is drawn."""
    modules = grimp.build_graph(*ROOMS, cache_dir=None).modules
    found = {
        room: sorted({_box(one) for one in modules if one.startswith(f"{room}.")}) for room in ROOMS
    }
    return found | {"pages": []}


def _box(module: str) -> str:
    room, _, rest = module.partition(".")
    return f"{room}.{rest.partition('.')[0]}" if rest else room


def rows(names: list[str], edges: Edges) -> list[list[str]]:
    """Set boxes in rows: each above all that it imports, as many as there is room for."""
    below = {name: {two for one, two in edges if one == name and two in names} for name in names}
    depth = dict[str, int]()
    while len(depth) < len(names):
        ready = [one for one in names if one not in depth and below[one] <= set(depth)]
        if not ready:
            msg = f"these import each other: {sorted(set(names) - set(depth))}"
            raise ValueError(msg)
        depth |= {one: max((depth[two] + 1 for two in below[one]), default=0) for one in ready}
    found = defaultdict(list)
    for name in names:
        found[depth[name]].append(name)
    each = [found[at] for at in sorted(found, reverse=True)]
    return [
        some[at : at + width]
        for some in each
        for width in (ceil(len(some) / ceil(len(some) / MOST)),)
        for at in range(0, len(some), width)
    ]


def reduced(names: list[str], edges: Edges) -> Edges:
    """Leave out the imports that a longer way explains."""
    inside = {(one, two) for one, two in edges if one in names and two in names}
    reach = {name: {two for one, two in inside if one == name} for name in names}
    for _ in names:
        reach = {one: seen.union(*(reach[two] for two in seen)) for one, seen in reach.items()}
    return {
        (one, two)
        for one, two in inside
        if not any((one, by) in inside and two in reach[by] for by in names if by != two)
    }


def _text(x: float, y: float, words: str, look: str = "", anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" class="{look}" text-anchor="{anchor}">{escape(words)}</text>'


def _arrow(x: float, y: float, *, left: bool = False) -> str:
    points = (
        f"{x + 8},{y - 4} {x},{y} {x + 8},{y + 4}"
        if left
        else f"{x - 4},{y - 8} {x},{y} {x + 4},{y - 8}"
    )
    return f'<polygon class="head" points="{points}"/>'


def _room(name: str, top: float, names: list[str], edges: Edges) -> tuple[float, list[str]]:
    """Return how high a room is, and what is drawn in it."""
    lines = rows(names, edges)
    height = HEAD + (STEP * len(lines) - (STEP - HIGH) + 14 if lines else 0)
    wide = WIDTH - LEFT - RIGHT
    made = [
        f'<rect class="room" x="{LEFT}" y="{top:g}" width="{wide}" height="{height}" rx="6"/>',
        _text(LEFT + 14, top + 27, f"{name}.py" if name == "app" else f"{name}/", "name"),
        _text(LEFT + 140, top + 27, SAID[name], "said"),
    ]
    at = {
        box: (LEFT + wide * (place + 0.5) / len(line), top + HEAD + STEP * row)
        for row, line in enumerate(lines)
        for place, box in enumerate(line)
    }
    for one, two in sorted(reduced(names, edges)):
        (x, y), (to, end) = at[one], at[two]
        y += HIGH
        bend = (end - y) / 2
        made += [
            (
                f'<path class="line" d="M{x:g},{y:g} C{x:g},{y + bend:g} {to:g},{end - bend:g} '
                f'{to:g},{end - 6:g}"/>'
            ),
            _arrow(to, end),
        ]
    for box, (x, y) in at.items():
        made += [
            f'<rect class="box" x="{x - BOX / 2:g}" y="{y:g}" width="{BOX}" height="{HIGH}"/>',
            _text(x, y + 19, box.partition(".")[2], anchor="middle"),
        ]
    return height, made


def _ways(tops: dict[str, float], edges: Edges) -> list[str]:
    """Draw which room imports which, in the margin: short ways stand nearest to the rooms."""
    order, right = list(tops), WIDTH - RIGHT
    ways = [(one, two) for one, two in edges if one in tops and two in tops]
    ways.sort(key=lambda way: (order.index(way[1]) - order.index(way[0]), order.index(way[0])))
    used, made = dict.fromkeys(order, 0), list[str]()
    for lane, (one, two) in enumerate(ways, 1):
        ends = list[float]()
        for room in (one, two):
            ends.append(tops[room] + 8 + 9 * used[room])
            used[room] += 1
        x = right + 12 + LANE * lane
        made += [
            f'<path class="line" d="M{right},{ends[0]:g} H{x} V{ends[1]:g} H{right + 6}"/>',
            _arrow(right, ends[1], left=True),
        ]
    return made


def picture() -> str:
    """Return the whole picture."""
    edges, held = imports(), boxes()
    top, drawn, tops = float(LEFT), list[str](), dict[str, float]()
    for room in ("app", *ROOMS):
        height, made = _room(room, top, held.get(room, []), edges)
        tops[room] = top
        drawn += made
        top += height + GAP
    high = int(top - GAP + LEFT)
    said = " ".join(
        f"{one} imports {', '.join(sorted(two for by, two in edges if by == one))}."
        for one in sorted({one for one, _ in edges}, key=lambda one: ("." in one, one))
    )
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" '
                f'width="{WIDTH}" height="{high}" role="img" aria-labelledby="title desc">'
            ),
            '<title id="title">The rooms of the explorer, and what each imports</title>',
            f'<desc id="desc">{escape(said)}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{high}"/>',
            *drawn,
            *_ways(tops, edges),
            "</svg>\n",
        ]
    )


if __name__ == "__main__":
    if sys.argv[1:] != ["write"]:
        sys.exit("python -m tests.docs.architecture write")
    PICTURE.write_text(picture(), encoding="utf-8")
