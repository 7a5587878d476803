"""Scripts of packs say the years of the tables, whatever they say in the project."""

from pathlib import Path

import pytest

from components.pack import script_years
from components.pack.script_years import with_years

SCRIPTS = Path(script_years.__file__).with_name("scripts")


@pytest.mark.parametrize("name", ["pack.py", "pack.R"])
def test_a_script_says_the_years_of_the_tables(name):
    content = (SCRIPTS / name).read_bytes()
    earlier = content.replace(b" 2025", b" 2019").replace(b":2025", b":2019")
    assert earlier != content
    assert with_years(name, earlier) == with_years(name, content) == content


def test_other_scripts_are_sent_as_they_are():
    assert with_years("figures.R", b"all_years <- function() 1:2") == b"all_years <- function() 1:2"
