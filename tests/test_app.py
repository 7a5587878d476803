import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_a_broken_table_stops_the_start_with_one_message(tmp_path):
    sums = (ROOT / "data" / "checksums.txt").read_text(encoding="utf-8")
    broken = tmp_path / "checksums.txt"
    broken.write_text(sums.replace("  official/authorities", "0  official/authorities"))
    code = (
        "import sys, pathlib, data.sources.source as s; "
        "s.CHECKSUMS = pathlib.Path(sys.argv.pop(1)); "
        "import runpy; runpy.run_path('app.py', run_name='__main__')"
    )
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", code, str(broken), "--port", "0"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "The explorer was not started. official/authorities.csv: found checksum" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_whole_table_a_card_offers_is_there_without_the_tests(tmp_path):
    """In a process of its own: here other tests may have brought a finding in."""
    code = (
        "import app; from analytics.publication.registry import FINDINGS; "
        "print(*(f.whole for f in FINDINGS.values() if f.whole and f.whole not in FINDINGS))"
    )
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", code],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
        env={**os.environ, "EXPLORER_CACHE": str(tmp_path)},
    )  # fmt: skip
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    ("options", "given", "said"),
    [
        (["--prefix", "/a b"], {}, "The prefix '/a b' cannot be used: expected a path such as"),
        ([], {"EXPLORER_PREFIX": "//evil"}, "The prefix '//evil' cannot be used: expected a path"),
        ([], {"FORWARDED_ALLOW_IPS": "here"}, "FORWARDED_ALLOW_IPS cannot be used: 'here'"),
        ([], {"SCRIPT_NAME": "/sos"}, "SCRIPT_NAME is set, which is not for settings"),
    ],
)
def test_a_place_that_is_none_stops_the_start_with_one_sentence(options, given, said):
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "app.py", "--port", "0", *options],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, **given},
    )  # fmt: skip
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.startswith(f"The explorer was not started. {said}")
