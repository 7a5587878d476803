from analytics.measures.ratios.lines import LINES
from analytics.measures.ratios.registry import RATIOS
from components.reference.fraction import fractions, quality, written


def test_every_ratio_is_written_above_and_below_a_stroke():
    said = written()
    for ratio in RATIOS.values():
        assert f"<dt>{ratio.name.replace(chr(39), '&#x27;')}</dt>" in said
    assert "services for young people (3.5.3)</span>" in said
    assert (
        '<span class="below">children looked after (3.1.11) + safeguarding (3.3.4)</span>' in said
    )
    assert said.count('class="fraction"') == len(RATIOS)


def test_every_line_of_a_ratio_says_what_it_contains():
    said = written()
    for code in {code for ratio in RATIOS.values() for code in ratio.lines}:
        assert f"({code})</dt>" in said
    assert LINES["3.3.4"].contains.replace("'", "&#x27;") in said


def test_the_fold_is_filled_from_its_sheet(client):
    (address,) = [
        marks["data-fill"]
        for one in fractions().children
        if "data-fill" in (marks := one.to_plotly_json()["props"])
    ]
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.get_data(as_text=True) == written()


def test_the_label_of_quality_names_who_said_so():
    words = " ".join(part for part in quality()._traverse() if isinstance(part, str))
    assert "Public Accounts Committee" in words
