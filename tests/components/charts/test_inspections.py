from analytics.findings.indicators import places
from components.charts.inspections import time_line
from data.grades import Grade


def test_every_inspection_is_drawn_once(publish):
    published = publish(places.inspections)
    figure = time_line(published.frame, published.quantity)
    assert sum(len(trace["x"]) for trace in figure["data"]) == len(published.frame)


def test_grades_differ_by_shape_and_are_named(publish):
    published = publish(places.inspections)
    figure = time_line(published.frame, published.quantity)
    shapes = {trace["name"]: trace["marker"]["symbol"] for trace in figure["data"]}
    assert len(set(shapes.values())) == len(shapes)
    assert shapes[Grade.OUTSTANDING.label] == "star"
