"""The list of findings refuses one that would show what it must hide."""

from dataclasses import replace

import pytest

from analytics.findings.indicators import kpis
from analytics.publication.registry import FINDINGS, register
from data.schema import text
from data.sources.source import Kind


def test_a_simulated_finding_cannot_hide_its_mark():
    one = replace(kpis.gaps, key="hidden", kind=Kind.SIMULATED, columns=(text("kind", "Kind"),))
    with pytest.raises(ValueError, match="hidden: a column kind would hide the mark"):
        register(one)
    assert "hidden" not in FINDINGS


def test_records_without_disclosure_control_are_refused():
    one = replace(kpis.gaps, key="open", kind=Kind.SIMULATED, hides=None)
    with pytest.raises(ValueError, match="open: found records without disclosure control"):
        register(one)
    assert "open" not in FINDINGS
