"""What a researcher works out from one pack, without this project, is what cards show."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import app  # noqa: F401 (pages bring in every finding)
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.pack.pack import everything
from tests.components.pack.researcher import COUNCIL, SHARE_YEAR

SCRIPT = Path(__file__).with_name("researcher.py")


def shown(key, search=""):
    return offered(HOME)[key].publish(from_search(search)).frame


def cell(key, column, row, search=""):
    frame = shown(key, search)
    (found,) = frame.loc[(frame[[*row]] == [*row.values()]).all(axis=1), column]
    return found


def published():
    limits = {"code": COUNCIL, "year_end": SHARE_YEAR}
    search = f"?indicator=rereferrals_pct&area={COUNCIL}"
    dot = {
        "outcome": "level", "model": "2025", "k": 5, "keeps_pilots": "yes", "average": "median",
        "years": 4,
    }  # fmt: skip
    icpc = {"key": "icpc_rate"}
    measures = shown("families-measures")
    return {
        "gap": cell("kpis-gaps", "gap", icpc),
        "change": cell("kpis-changes", "gap", icpc),
        "placebo_p": cell("kpis-gaps", "p_placebo", icpc),
        "specification": cell("robustness-specifications", "estimate", dot),
        "cost": cell("costs-estimate", "total", {"code": COUNCIL}),
        "wilson_low": cell("area-years", "low", limits, search),
        "wilson_high": cell("area-years", "high", limits, search),
        "hedges_g": measures["g"].dropna().iloc[0],
    }


@pytest.mark.slow
def test_what_a_researcher_works_out_from_one_pack_is_what_is_shown(tmp_path):
    pack = tmp_path / "everything.zip"
    pack.write_bytes(everything(HOME))
    alone = (sys.executable, "-I", str(SCRIPT), str(pack))  # -I: nothing of this project is found
    ran = subprocess.run(alone, capture_output=True, text=True, check=True, cwd=tmp_path)  # noqa: S603
    assert json.loads(ran.stdout) == pytest.approx(published(), rel=1e-9)
