from dash import html

from components.html_attrs import without_clicks


def test_what_has_an_id_and_is_no_button_does_not_listen_for_clicks():
    button = html.Button("Go", id="go")
    title, words = html.H2("Title", id="title"), html.P("Words")
    tree = html.Section([title, html.Div(html.Span("Said", id="said")), words, button], id="all")
    assert without_clicks(tree) is tree
    said = tree.children[1].children
    assert [one.disable_n_clicks for one in (tree, title, said)] == [True] * 3
    assert not hasattr(words, "disable_n_clicks")  # Dash listens to nothing without an id
    assert not hasattr(button, "disable_n_clicks")
