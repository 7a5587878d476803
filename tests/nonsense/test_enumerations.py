"""Every member of an enumeration has its words: none is forgotten in a dictionary beside it."""

import ast
import inspect
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import NoneType

import pytest

import analytics
import components
import data
from analytics.selection.parameter import Page
from components.prefix import NAMED

ROOMS = (data, analytics, components)
#: Dictionaries that leave members out, by where they stand, with those left out.
#: Whoever looks something up there has asked first.
LEFT_OUT = {
    ("analytics.evaluation.verdict_words", "Reason"): {"ANSWERED"},
    # A change that later years cannot test is said without them.
    ("analytics.findings.answer_words", "Lasting"): {"UNTESTED"},
    # What was found has no heading: it is above all others.
    ("components.views.printed", "Part"): {"FINDING"},
    # Few paths name something; a page that has one names itself.
    ("components.prefix", "Page"): {one.name for one in Page if one not in NAMED},
}


def modules():
    """Every module with enumerations or dictionaries of their members, imported."""
    for room in ROOMS:
        for one in walk_packages(room.__path__, f"{room.__name__}."):
            if not one.name.startswith("data.build"):
                yield import_module(one.name)


MODULES = tuple(modules())
ENUMERATIONS = sorted(
    {
        one
        for module in MODULES
        for one in vars(module).values()
        if inspect.isclass(one) and issubclass(one, Enum) and one.__module__ == module.__name__
    },
    key=lambda one: (one.__module__, one.__qualname__),
)


def has_default(tree, display):
    """Whether what is not in a dictionary is asked for with ``get`` or after ``in``."""
    names = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is display
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    }

    def is_it(node):
        return node is display or (isinstance(node, ast.Name) and node.id in names)

    return any(
        (isinstance(node, ast.Attribute) and node.attr == "get" and is_it(node.value))
        or (isinstance(node, ast.Compare) and any(map(is_it, node.comparators)))
        for node in ast.walk(tree)
    )


def forgotten(module, source):
    """The members that dictionaries of a module leave out, by enumeration."""
    tree = ast.parse(source)
    for display in ast.walk(tree):
        if not isinstance(display, ast.Dict) or not display.keys:
            continue
        keys = [eval_member(module, key) for key in display.keys]
        kinds = {type(one) for one in keys}
        if len(kinds) == 1 and (of := kinds.pop()) in ENUMERATIONS:
            missing = {one.name for one in of if one not in keys}
            if missing and not has_default(tree, display):
                yield of.__name__, missing


def eval_member(module, key):
    """The member that an expression such as ``Kind.OWN`` names, or nothing."""
    if isinstance(key, ast.Attribute) and isinstance(key.value, ast.Name):
        return getattr(getattr(module, key.value.id, None), key.attr, None)
    return None


def test_no_dictionary_forgets_a_member():
    found = {
        (module.__name__, of): missing
        for module in MODULES
        for of, missing in forgotten(module, Path(module.__file__).read_text(encoding="utf-8"))
    }
    assert found == LEFT_OUT


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        (
            "WORDS = {Scale.RATE: 'rate'}\nWORDS[one]",
            {"PERCENT", "PER_POUND", "POUNDS", "OTHER", "SHARE"},
        ),
        ("WORDS = {Scale.RATE: 'rate'}\nWORDS.get(one)", None),
        ("{Scale.RATE: 'rate'}.get(one, '')", None),
        ("WORDS = {Scale.RATE: 'rate'}\none in WORDS", None),
    ],
)
def test_a_forgotten_member_is_found(source, missing):
    quantity = import_module("analytics.text.quantity")
    assert dict(forgotten(quantity, source)) == ({"Scale": missing} if missing else {})


def test_every_property_answers_for_every_member():
    """With one kind of answer, or with none for members that have no such thing."""
    kinds = {
        (of.__name__, name): {type(getattr(member, name)) for member in of} - {NoneType}
        for of in ENUMERATIONS
        for name, one in vars(of).items()
        if isinstance(one, property)
    }
    assert len(kinds) > len(ENUMERATIONS) / 2
    assert {of: found for of, found in kinds.items() if len(found) != 1} == {}


@pytest.mark.parametrize(
    "of",
    [of for of in ENUMERATIONS if isinstance(getattr(of, "label", None), property)],
    ids=lambda of: of.__name__,
)
def test_labels_are_there_and_tell_members_apart(of):
    labels = [member.label for member in of]
    assert all(label.strip() == label for label in labels)
    assert all(labels)
    assert len(set(labels)) == len(labels)
