"""Old words and inversions in what people read of the code: ``python -m tests.docs.prose``.

Read are Markdown without its code, comments and docstrings of Python, comments of scripts, styles,
the Makefile and TOML files, and the sentences in TOML files. What the explorer shows is not read
here: its bytes are held elsewhere.
"""

# ruff: noqa: T201
import ast
import io
import re
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIST = Path(__file__).with_name("prose.toml")
PLACES = (
    *("analytics", "assets", "components", "data", "pages"),
    *("deploy", "docs", "requirements", "tests"),
)
LEFT_OUT = {"vendor", "__pycache__"}
SUFFIXES = {".py", ".md", ".toml", ".js", ".mjs", ".css"}

Text = tuple[int, str]


def files() -> list[Path]:
    """Return every file that is read."""
    deep = [path for place in PLACES for path in (ROOT / place).rglob("*")]
    found = [*ROOT.iterdir(), *deep]
    return sorted(
        path
        for path in found
        if (path.suffix in SUFFIXES or path.name == "Makefile")
        and not LEFT_OUT & set(path.relative_to(ROOT).parts)
    )


def _python(text: str) -> Iterator[Text]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, holders) and ast.get_docstring(node):
            yield node.body[0].lineno, str(ast.get_docstring(node, clean=False))


def _markdown(text: str) -> Iterator[Text]:
    for kept in (r"```.*?```", r"`[^`\n]*`"):
        text = re.sub(kept, lambda code: "\n" * code[0].count("\n"), text, flags=re.DOTALL)
    yield 1, text


def _toml(text: str) -> Iterator[Text]:
    yield from _hashes(text)
    yield from ((0, words) for words in _strings(tomllib.loads(text)))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _hashes(text: str) -> Iterator[Text]:
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.search(r"(?:^|\s)#\s(.*)", line):
            yield number, found[1]


def _script(text: str) -> Iterator[Text]:
    for found in re.finditer(r"/\*.*?\*/|(?<!:)//[^\n]*", text, re.DOTALL):
        yield text.count("\n", 0, found.start()) + 1, re.sub(r"\n\s*\*", "\n", found[0])


READERS = {".py": _python, ".md": _markdown, ".toml": _toml, "": _hashes}


def pattern(phrases: list[str]) -> re.Pattern[str]:
    """Return what finds any of some phrases, over the ends of lines and after a comment's mark."""
    spaced = (r"[\s#]+".join(map(re.escape, one.split())) for one in phrases)
    return re.compile(rf"\b(?:{'|'.join(spaced)})\b", re.IGNORECASE)


def faults(path: Path, old: re.Pattern[str]) -> list[Text]:
    """Return each old word of a file, with its line; 0 where that is not known."""
    texts = READERS.get(path.suffix, _script)(path.read_text(encoding="utf-8"))
    return [
        (first and first + text.count("\n", 0, found.start()), " ".join(found[0].split()))
        for first, text in texts
        for found in old.finditer(text)
    ]


def found() -> dict[str, list[Text]]:
    """Return the old words of every file that has any and is not exempt."""
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))
    old = pattern(listed["phrases"])
    exempt = set(listed["exempt"])
    named = {path.relative_to(ROOT).as_posix(): path for path in files() if path != LIST}
    missing = exempt - set(named)
    if missing:
        msg = f"{LIST.name} exempts files that are not there: {sorted(missing)}"
        raise LookupError(msg)
    return {
        name: words
        for name, path in named.items()
        if name not in exempt and (words := faults(path, old))
    }


if __name__ == "__main__":
    every = found()
    for name, words in every.items():
        for line, phrase in words:
            print(f"{name}:{line}: {phrase!r} is old or turned round; say it plainly")
    sys.exit(bool(every))
