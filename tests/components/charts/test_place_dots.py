from analytics.findings.indicators import indicator_figures, pilots, places
from analytics.findings.robustness import neighbour_lists
from analytics.selection.group import MOST_COUNCILS
from analytics.selection.places import authorities
from components.charts.chart import NO_RANGE
from components.charts.neighbour_matrix import neighbour_matrix
from components.charts.place_dots import band_intervals, before_after, beside_neighbours, sizes


def named(figure, name):
    return next(trace for trace in figure["data"] if trace.get("name") == name)


def test_every_pilot_stands_beside_its_own_neighbours(publish):
    published = publish(indicator_figures.places)
    figure = beside_neighbours(published.frame, published.quantity)
    own = named(figure, "Pilot")
    assert len(own["x"]) == 10
    frame = published.frame
    neighbours = named(figure, "Similar council")
    for pilot in own["y"]:
        shown = [x for x, y in zip(neighbours["x"], neighbours["y"], strict=True) if y == pilot]
        held = frame[(frame["group"] == pilot) & (frame["role"] == "neighbour")]
        assert len(shown) == len(held)


def test_a_pilot_without_figures_keeps_its_row_and_its_symbol(publish):
    query = "indicator=cin_31mar_rate&years=2013-2013"
    published = publish(indicator_figures.places, query)
    figure = beside_neighbours(published.frame, published.quantity)
    own = named(figure, "Pilot")
    assert own["x"][own["y"].index("Norfolk")] is None
    (note,) = [n for n in figure["layout"]["annotations"] if n.get("y") == "Norfolk"]
    assert note["text"].startswith("no figure [")


def test_before_and_after_are_joined_and_no_mark_is_over_those_of_the_comparator(publish, written):
    published = publish(pilots.changes, "area=E08000035")
    figure = before_after(published.frame, published.quantity)
    assert figure["layout"]["yaxis"]["ticktext"][-1] == "Leeds"
    assert len(named(figure, "Before")["x"]) == 11
    joined = [trace for trace in figure["data"] if (trace.get("meta") or {}).get("silent")]
    assert len(joined) == 22
    assert named(figure, "Comparator before")["x"] == published.frame["comparator_before"].tolist()
    rows = [named(figure, name)["y"] for name in ("Before", "After", "Comparator before")]
    assert rows[0] == rows[1]
    assert all(own < against for own, against in zip(rows[0], rows[2], strict=True))
    (key,) = [words for words in written(figure) if "your council" in words]
    assert "comparator" in key


def test_bands_show_their_intervals(publish, written):
    published = publish(pilots.bands)
    frame = published.frame.assign(low=[-3.0, -2.0, -1.0], high=[1.0, 2.0, 3.0])
    figure = band_intervals(frame, published.quantity)
    ends = [trace["x"] for trace in figure["data"] if (trace.get("meta") or {}).get("silent")]
    assert ends == [[-3.0, 1.0], [-2.0, 2.0], [-1.0, 3.0]]
    assert not any(NO_RANGE in words for words in written(figure))


def test_bands_too_small_for_a_range_have_none_and_the_key_says_so(publish, written):
    published = publish(pilots.bands)
    figure = band_intervals(published.frame, published.quantity)
    (dots,) = figure["data"]
    assert all(NO_RANGE in words for words in dots["customdata"])
    assert any(NO_RANGE in words for words in written(figure))


def test_sizes_are_counts_of_children(publish):
    published = publish(places.who)
    (bars,) = sizes(published.frame, published.quantity)["data"]
    assert bars["x"] == published.frame["children"].tolist()


def test_pilots_too_many_for_a_column_each_are_counted(publish):
    codes = [code for code, one in authorities().items() if one.current][:MOST_COUNCILS]
    published = publish(neighbour_lists.lists, f"group={','.join(codes)}&start=2019")
    figure = neighbour_matrix(published.frame, published.quantity)
    first = figure["layout"]["yaxis"]["categoryarray"][0]
    drawn = sum(trace["x"][0] for trace in figure["data"])
    plain = first.removeprefix("<b>").removesuffix("</b>")
    assert drawn == (published.frame["neighbour"] == plain).sum() > 1
    assert drawn == max(map(sum, zip(*(trace["x"] for trace in figure["data"]), strict=True)))
