import pytest

from analytics.findings.costs import costs_tornado, resources
from analytics.selection.cost_input import YOURS
from analytics.selection.cost_inputs import INPUTS
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.charts.relative_dots import relative
from components.charts.tornado import tornado
from components.frame.cost_fields import ASSUMED, cost_card
from components.frame.update_cards import update_cards


@pytest.fixture
def laid_out(explorer):  # noqa: ARG001 (pages cannot be imported before the app)
    from pages.costs import ASSUMPTIONS  # noqa: PLC0415

    return lambda search="": cost_card(from_search(search), official=ASSUMPTIONS)


def inputs(card):
    return {one.id["name"]: one for one in card._traverse() if type(one).__name__ == "Input"}


def messages(card):
    found = [one.to_plotly_json()["props"] for one in card._traverse() if hasattr(one, "className")]
    return {one["data-fault"]: one["children"] for one in found if "data-fault" in one}


def test_every_input_has_a_label_a_unit_a_source_and_a_place_for_its_fault(laid_out):
    card = laid_out("")
    labels = {one.htmlFor for one in card._traverse() if type(one).__name__ == "Label"}
    assert set(inputs(card)) == set(INPUTS) == set(messages(card))
    assert labels == {f'{{"name":"{key}","type":"control"}}' for key in INPUTS}
    said = str(card)
    assert said.count(ASSUMED) == 1
    for one in INPUTS.values():
        assert (one.source_under(HOME) in said) is (one.source_under(HOME) != YOURS)
        assert one.unit in said


def test_fields_show_what_an_address_holds(laid_out):
    card = laid_out("?annual-cost=61500&caseload=18.2")
    assert inputs(card)["annual-cost"].value == "61,500"
    assert inputs(card)["caseload"].value == "18.2"
    assert inputs(card)["training-people"].value == ""


def test_what_was_typed_is_kept_with_its_message(laid_out):
    card = laid_out("?fte=lots&day-cost=-3")
    assert inputs(card)["fte"].value == "lots"
    assert messages(card)["fte"] == "Found “lots”; expected a number from 0 to 100, such as 1.5."
    assert messages(card)["day-cost"] == (
        "Found “-3”; expected a number from 0 to 10,000, such as 187.50."
    )
    assert messages(card)["swing"] == ""


@pytest.mark.usefixtures("explorer")
def test_an_answer_carries_faults_and_what_was_typed():
    asked = {"query": "?fte=lots&on-costs=20", "cards": ["costs-tornado"], "step": "push:1"}
    found = update_cards(asked)
    assert found["faults"] == {"fte": "Found “lots”; expected a number from 0 to 100, such as 1.5."}
    assert found["controls"]["fte"] == "lots"
    assert found["query"] == "?on-costs=20"
    again = update_cards({**asked, "query": "?on-costs=20"})
    assert again["faults"] == {}
    assert again["controls"]["fte"] == "1"


@pytest.mark.usefixtures("explorer")
def test_a_decimal_comma_is_refused_and_what_was_in_use_stays():
    asked = {"query": "?fte=1,5&on-costs=20", "cards": ["costs-estimate"], "step": "push:1"}
    found = update_cards(asked)
    assert found["faults"]["fte"].endswith("written as 1.5.")
    assert found["controls"]["fte"] == "1,5"
    assert found["query"] == "?on-costs=20"
    plain = update_cards({**asked, "query": "?on-costs=20"})
    assert found["cards"] == plain["cards"]


def test_the_official_number_stands_beside_its_field_and_follows_the_authority(laid_out):
    parts = [one for one in laid_out("area=E09000012&social-workers=300")._traverse()
             if getattr(one, "id", "") == "official-social-workers"]  # fmt: skip
    (official,) = parts
    said = official.to_plotly_json()["props"]
    assert said["children"] == "Official: 169.7 social workers in Hackney, September 2016."
    asked = {"query": "?area=E08000035", "cards": [said["data-headline"]], "step": "push:1"}
    headline = update_cards(asked)["cards"][said["data-headline"]]["headline"]
    assert " in Leeds, September 2016." in headline


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
def test_a_data_address_refuses_what_the_field_refuses(client, ending):
    refused = client.get(f"/api/v1/findings/costs-estimate.{ending}?fte=lots")
    assert refused.status_code == 400
    assert "fte: Found “lots”; expected a number from 0 to 100, such as 1.5." in refused.get_data(
        as_text=True
    )
    assert client.get(f"/api/v1/findings/costs-estimate.{ending}?fte=2").status_code == 200


def test_the_tornado_reaches_from_low_to_high(publish):
    published = publish(costs_tornado.what_moves_it, "pilots=E09000005")
    low, high = tornado(published.frame, published.quantity)["data"]
    assert len(published.frame)
    for row, name in enumerate(published.frame["short"]):
        assert low["y"][row].endswith(f" {name}")
        assert low["base"] + low["x"][row] == pytest.approx(published.frame["low_total"].iloc[row])
        assert high["base"] + high["x"][row] == pytest.approx(
            published.frame["high_total"].iloc[row]
        )


def test_bars_that_are_equally_long_are_marked_as_ties(publish, written):
    published = publish(costs_tornado.what_moves_it, "pilots=E09000005&training-people=100")
    figure = tornado(published.frame, published.quantity)
    low, high = figure["data"]
    marked = [name for name in low["y"] if name.partition(" ")[0].endswith("=")]
    lengths = [round(low["x"][row] - high["x"][row], 2) for row in range(len(low["y"]))]
    tied = [name for name, length in zip(low["y"], lengths, strict=True)
            if lengths.count(length) > 1]  # fmt: skip
    assert marked == tied
    assert len(tied) == 6
    assert "equally long" in written(figure)[0]
    assert all("as far as" in words for words in low["customdata"][:6])


def test_no_tie_is_named_where_there_is_none(publish, written):
    published = publish(costs_tornado.what_moves_it, "pilots=E09000005")
    frame = published.frame
    figure = tornado(frame[frame["key"] == "on-costs"], published.quantity)
    assert "equally long" not in written(figure)[0]


@pytest.mark.parametrize(
    ("query", "ticks"),
    [
        # 1 x 50,000 x 1.3 = 65,000 and nothing else: a quarter less and more
        ("training-days=0", ["£48,750", "£81,250"]),
        ("training-people=20000&training-days=83&day-cost=2500", ["£3.1bn", "£5.2bn"]),
        ("training-people=4000&training-days=10", ["£7,565,000", "£12.6m"]),
        ("fte=0&training-days=0", ["£0"]),
    ],
)
def test_the_ends_of_the_tornado_are_its_ticks(publish, query, ticks):
    published = publish(costs_tornado.what_moves_it, f"pilots=E09000005&{query}")
    figure = tornado(published.frame, published.quantity)
    assert figure["layout"]["xaxis"]["ticktext"] == ticks


def test_your_authority_differs_by_shape_and_not_by_colour_alone(publish):
    published = publish(resources.places, "area=E08000035")
    *others, yours = relative(published.frame, published.quantity)["data"]
    assert yours["marker"]["symbol"] == "diamond"
    assert all(one["marker"]["symbol"] != "diamond" for one in others)


def test_every_place_has_a_dot_on_every_measure(publish):
    published = publish(resources.places, "area=E08000035")
    figure = relative(published.frame, published.quantity)
    assert [trace["name"] for trace in figure["data"]][-1] == "Leeds"
    assert len(figure["data"]) == 11
    assert all(len(trace["x"]) == 8 for trace in figure["data"])


def test_a_measure_without_figures_keeps_its_row_and_says_so(publish):
    published = publish(resources.places, "years=2015-2015")
    notes = relative(published.frame, published.quantity)["layout"]["annotations"]
    assert "no figures in these years" in [note["text"] for note in notes]
