"""What a view is: HTML a card shows in place of a chart, filled in when it is looked at."""

from collections.abc import Callable
from dataclasses import dataclass

from dash import page_registry
from markupsafe import Markup

from analytics.publication.published import Published
from components.glossary import spelled
from components.prefix import NAMED, at
from components.templates.render import render


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CardView:
    """A way to write a finding.

    Attributes:
        name: What its tab is called.
        write: Writes a published finding by a template.
        at_once: Whether it comes with the page, so that the first thing painted has it; else the
            browser asks for it once the page is there.
        is_spoken: Whether what it writes says what the plain sentences say, which are left out.
        is_technical: Whether it says what the technical line says, which is left out.
    """

    name: str
    write: Callable[[Published], Markup]
    at_once: bool = False
    is_spoken: bool = False
    is_technical: bool = False

    def sheet(self, published: Published) -> Markup:
        """Write what the tab of the view shows.

        Args:
            published: The finding; a withheld one has its reason in place of the view.
        """
        if published.withheld:
            return render("withheld.html", words=published.withheld)
        return panel(
            published,
            self.write(published),
            plain=not self.is_spoken,
            technical=not self.is_technical,
        )


def panel(
    published: Published, body: Markup, *, plain: bool = True, technical: bool = True
) -> Markup:
    """Write a panel of a card: what it shows, between the words of its finding.

    Args:
        published: The finding.
        body: Its table or view.
        plain: Whether the plain sentences are above it.
        technical: Whether the technical line is below it.
    """
    said = published.words.plain_text if plain else ""
    line = published.words.technical if technical else ""
    _, *terms = spelled(published.own_words, said, line)  # the first is in the head of the card
    return render(
        "panel.html",
        plain=said,
        plain_terms=terms[0],
        technical=line,
        technical_terms=terms[1],
        body=body,
    )


def page_address(address: str) -> str:
    """Return an address as the reader's browser asks for it, or "" where no page is there.

    Args:
        address: Path of a page.
    """
    return at(address) if leads(address) else ""


def leads(address: str) -> bool:
    """Whether the explorer has a page at an address.

    Args:
        address: Path of a page.
    """
    pages = {str(one["path"]) for one in page_registry.values()}
    return address in pages or address.startswith(tuple(one.below for one in NAMED.values()))
