"""Each recipe does what it says, and touches the files that it names and no other."""

import subprocess
import sys
from fnmatch import filter as fnmatch_filter
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.docs.recipe import ROOT, Recipe, RecipeError, answers, copy, sums

RECIPES = sorted(
    path for path in (ROOT / "docs" / "how-to").glob("*.md") if path.name != "README.md"
)


@pytest.mark.sampled(4)
@pytest.mark.slow
@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_a_recipe_does_what_it_says(path, tmp_path):
    recipe = Recipe(path.read_text(encoding="utf-8"))
    room = copy(tmp_path)
    before = sums(room)
    recipe.carry_out(room)
    after = sums(room)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    unnamed = [one for one in changed if not any(fnmatch(one, name) for name in recipe.files)]
    unchanged = [name for name in recipe.files if not fnmatch_filter(changed, name)]
    assert unnamed == unchanged == []
    shows = recipe.shows
    assert all(words for _, words in shows)
    found = answers(room, [address for address, _ in shows], recipe.settings)
    missing = [
        (address, one) for address, words in shows for one in words if one not in found[address]
    ]
    assert missing == []
    python = [name for name in sorted(changed) if name.endswith(".py")]
    for task in (["check", "--no-cache"], ["format", "--check", "--no-cache"]):
        ruff = [str(Path(sys.executable).parent / "ruff"), *task, *python]
        done = subprocess.run(ruff, cwd=room, capture_output=True, text=True, check=False)  # noqa: S603 (our own)
        assert not python or not done.returncode, done.stdout


def test_every_recipe_is_listed():
    text = (ROOT / "docs" / "how-to" / "README.md").read_text(encoding="utf-8")
    assert len(RECIPES) >= 8
    assert [path.name for path in RECIPES if f"({path.name})" not in text] == []


@pytest.mark.parametrize(
    "step",
    [
        "1. Create `app.py`:\n\n```python\nx = 1\n```\n",
        "1. In `app.py`, after `no such line`, add:\n\n```python\nx = 1\n```\n",
        "1. In `app.py`, replace `no such words` with `others`.\n",
        "1. Run:\n\n```sh\nrm -r data\n```\n",
        "1. Run:\n\n```sh\npython -m no.such.module\n```\n",
        "1. Think about it.\n",
    ],
)
def test_a_step_that_cannot_be_done_is_an_error(step, tmp_path):
    (tmp_path / "app.py").write_text("y = 2\n")
    with pytest.raises((RecipeError, FileExistsError)):
        Recipe(step).carry_out(tmp_path)
    assert (tmp_path / "app.py").read_text() == "y = 2\n"
