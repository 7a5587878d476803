"""The frame of a page is about the programme of the page, whatever else the address holds."""

from urllib.parse import parse_qs

import app
from analytics.selection.parse import LONGEST_QUERY
from analytics.selection.selection import HOME
from components.frame.asked import programme_asked, programme_query
from components.server.first_look import question
from pages.indicators import layout

GROUP = "group=E06000023,E06000041,E08000036&start=2019"


def test_a_frame_is_of_the_programme_of_its_page_in_an_address_of_any_length():
    server = app.explorer.server
    for more in ("", f"&odd={'x' * LONGEST_QUERY}"):
        main = layout(**parse_qs(GROUP + more)).to_plotly_json()["props"]
        assert main["data-programme"]
        for asked in (
            {"query_string": GROUP + more},
            {"method": "POST", "json": question("/indicators", f"?{GROUP}{more}")},
        ):
            with server.test_request_context("/indicators", **asked):
                assert programme_query(programme_asked()) == main["data-programme"]
    with server.test_request_context("/indicators"):
        assert programme_asked() == HOME
