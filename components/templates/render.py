"""The one Jinja environment, and ``render``, which fills a template.

Everything put into a template is escaped, whatever it is, unless a template made it. A name that
is not given raises. Every template is compiled when this module is imported, so that a broken one
stops the explorer at its start and no reader waits for it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

FOLDER: Final = Path(__file__).parent
_BREAK: Final = re.compile(r"\n\s*")


class Layout(Extension):
    r"""Leaves line breaks and indentation of a template out of what it writes.

    Templates are laid out for people; readers are sent no white space between tags. This does for
    tags what ``trim_blocks`` and ``lstrip_blocks`` do for blocks, and for blocks too. Lines may be
    broken only beside a tag, block or value; a line break that readers need is ``{{ "\n" }}``.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Drop the line breaks of a template's text, with the indentation that follows them.

        Args:
            stream: The tokens of a template.

        Yields:
            The same tokens, on the same lines, with their text on one line.
        """
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, token.type, _BREAK.sub("", token.value))
            else:
                yield token


ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    extensions=[Layout],
    auto_reload=False,
    cache_size=-1,  # no template is ever dropped
)
NAMES: Final = tuple(ENVIRONMENT.list_templates(extensions=["html", "svg"]))
for _name in NAMES:
    ENVIRONMENT.get_template(_name)


def render(template: str, /, **values: object) -> Markup:
    """Fill a template.

    Quotes are written as ``html.escape`` writes them, ``&quot;`` and ``&#x27;``. MarkupSafe's own
    spelling of them can come from nothing else here: an ampersand in a value is ``&amp;`` by then.

    Args:
        template: Name of a file in this folder.
        values: What the template names. Text is escaped; only ``Markup`` from another template is
            put in as it is.

    Returns:
        Escaped HTML.

    Raises:
        TemplateNotFound: There is no such file.
        UndefinedError: The template names a value that is not given.
    """
    written = ENVIRONMENT.get_template(template).render(values)
    return Markup(written.replace("&#34;", "&quot;").replace("&#39;", "&#x27;"))  # noqa: S704 (a template wrote it)


def inside_script(words: str) -> Markup:
    """Return JSON as it may stand inside an element of script, where only "<" could end it.

    Args:
        words: JSON.
    """
    return Markup(words.replace("<", "\\u003c"))  # noqa: S704


def own_script(path: Path) -> Markup:
    """Return a script of ours as it may stand inside an element of script.

    Args:
        path: Its file.

    Raises:
        ValueError: What it says could end the element.
    """
    words = path.read_text(encoding="utf-8")
    if "</" in words or "<!--" in words:
        msg = f"{path.name} cannot be written into a page: found </ or <!-- in it."
        raise ValueError(msg)
    return Markup(words)  # noqa: S704 (ours, and it ends nothing)
