"""The list of councils: every one of them, once, under its region."""

import re

from analytics.selection.places import authorities


def test_every_council_is_listed_once_and_leads_to_its_page(client):
    words = client.get("/sheets/councils").get_data(as_text=True)
    listed = re.findall(r'<a data-follow href="/councils/(\w+)">', words)
    assert sorted(listed) == sorted(authorities())
    assert all(client.get(f"/councils/{code}").status_code == 200 for code in listed[::20])
    headings = re.findall(r"<h2>([^<]*)</h2>", words)
    assert set(headings) == {one.region for one in authorities().values()}
    assert len(headings) == len(set(headings))
    first = re.findall(r"<a [^>]*>([^<]*)</a>", words.partition("</section>")[0])
    assert first == sorted(first)
    assert "Cumbria (to 2022/23)" in words
