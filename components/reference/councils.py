"""Every council by region, with a box that narrows the list."""

from itertools import groupby
from typing import Final

from dash import html
from markupsafe import Markup

from analytics.selection.places import Authority, authorities
from components.html_attrs import marked
from components.prefix import at
from components.templates.render import render

SHEET: Final = "councils"


def council_list() -> html.Section:
    """Return the place of the list, which the browser fills."""
    return marked(html.Section(className="council-list"), {"data-fill": at(f"/sheets/{SHEET}")})


def written() -> Markup:
    """Write the list: regions in the order of their codes, councils in that of the alphabet."""
    every = sorted(authorities().values(), key=lambda one: one.region_code)
    regions = [[*some] for _, some in groupby(every, key=lambda one: one.region_code)]
    return render(
        "councils.html",
        many=f"{len(every)}",
        regions=[(some[0].region, [_entry(one) for one in some]) for some in regions],
    )


def _entry(one: Authority) -> tuple[str, str]:
    return at(f"/councils/{one.code}"), one.label
