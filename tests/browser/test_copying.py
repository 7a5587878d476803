"""What is copied from a table or a card: in a spreadsheet, numbers are numbers."""

import csv
import io
import re

import pytest

from analytics.selection.parameter import Page
from analytics.selection.parse import from_search

SELECT = """([first, last]) => {
    const range = document.createRange();
    range.setStartBefore(document.querySelector(first));
    range.setEndAfter(document.querySelector(last));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""
KINDS = ("text/plain", "text/html")


@pytest.fixture
def copied(reader):
    """Copies what is between two places of a page, as the keyboard does."""
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def copy(first, last):
        page = reader.page
        page.evaluate(SELECT, [first, last])
        page.keyboard.press("Control+c")
        return page.evaluate(
            """async kinds => {
                const [item] = await navigator.clipboard.read();
                return Promise.all(kinds.map(async kind => (await item.getType(kind)).text()));
            }""",
            KINDS,
        )

    return copy


def rows(plain):
    return list(csv.reader(io.StringIO(plain), delimiter="\t"))


def cells(html):
    lines = re.findall(r"<tr.*?</tr>", html, flags=re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, flags=re.DOTALL) for line in lines]


def open_table(reader, path, card):
    page = reader.open(path)
    page.locator(f"#tab-{card}-table").click()
    page.wait_for_selector(f"#card-{card} table")
    return page.locator(f"#card-{card} tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )


TABLE = "#card-kpis-gaps table"


def test_a_copied_table_holds_the_numbers_shown(reader, copied):
    shown = open_table(reader, "/expenditure", "expenditure-changes")
    table = "#card-expenditure-changes tbody"
    plain, html = copied(f"{table} tr:first-child", f"{table} tr:last-child")
    lines = rows(plain)
    assert [len(line) for line in lines] == [len(line) for line in shown]
    numbers = 0
    for line, row in zip(lines, shown, strict=True):
        for pasted, cell in zip(line, row, strict=True):
            if re.fullmatch(r"[−\d.,]*\d", cell):
                assert float(pasted) == float(cell.replace("−", "-").replace(",", ""))
                numbers += 1
            else:
                assert pasted == " ".join(cell.split())
    assert numbers > 100
    assert any("−" in cell for row in shown for cell in row)
    assert any(re.fullmatch(r"−?\d+,\d+\.\d+", cell) for row in shown for cell in row)
    assert [len(line) for line in cells(html)] == [len(line) for line in shown]
    assert "−" not in re.sub(r"<[^>]*>", "", html)
    assert "style=" not in html


def test_part_of_a_table_and_words_around_it_keep_their_order(reader, copied):
    open_table(reader, "/indicators", "kpis-gaps")
    plain, _ = copied(f"{TABLE} tbody tr:nth-child(2) td:nth-child(3)",
                      f"{TABLE} tbody tr:nth-child(3)")  # fmt: skip
    assert len(rows(plain)) == 2
    plain, _ = copied("#card-kpis-gaps-title", f"{TABLE} tbody tr:last-child")
    title = reader.page.locator("#card-kpis-gaps-title").inner_text()
    assert plain.startswith(title)
    assert len([line for line in rows(plain) if len(line) > 5]) == 25


def test_one_number_alone_is_copied_plain(reader, copied):
    open_table(reader, "/indicators", "kpis-gaps")
    place = reader.page.evaluate(
        """() => {
            const cell = [...document.querySelectorAll('#card-kpis-gaps td.number')]
                .find(one => one.textContent.startsWith('−'));
            cell.id = 'negative';
            return cell.textContent;
        }"""
    )
    plain, html = copied("#negative", "#negative")
    assert plain == place.replace("−", "-").replace(",", "")
    assert f">{plain}<" in html


def test_words_are_copied_as_the_browser_does(reader, copied):
    page = reader.open("/indicators")
    plain, _ = copied("h1", "h1")
    assert plain.strip() == page.locator("h1").inner_text()


def press(reader, card, kind):
    """Press what copies something of a card, and return what it then says."""
    page = reader.page
    page.locator(f"#card-{card} [data-copy={kind}]").click()
    status = page.locator(f"#card-{card} [data-part=copy-status]")
    page.wait_for_function(
        "one => one.textContent && one.textContent !== 'Copying…'", arg=status.element_handle()
    )
    assert status.get_attribute("role") == "status"
    return status.inner_text()


def test_a_card_is_copied_as_link_citation_data_and_picture_or_shown_selected(reader):
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.open("/indicators?band=beginner")
    page.locator("#tab-kpis-gaps-copy").click()
    page.wait_for_selector("#card-kpis-gaps [data-copy]")
    spelled = from_search("?band=beginner").to_permalink(Page.INDICATORS)
    link = f"{reader.address}/cards/kpis-gaps{spelled}"
    assert press(reader, "kpis-gaps", "link") == "Link copied."
    assert page.evaluate("navigator.clipboard.readText()") == link
    assert press(reader, "kpis-gaps", "citation") == "Citation copied."
    cited = page.evaluate("navigator.clipboard.readText()")
    assert re.search(rf"{re.escape(link)} \(accessed \d+ [A-Z][a-z]+ 20\d\d\)\.$", cited)
    assert page.locator("#card-kpis-gaps-title").inner_text() in cited
    assert press(reader, "kpis-gaps", "data").startswith("Data copied")
    head, *lines = rows(page.evaluate("navigator.clipboard.readText()"))
    address = f"{reader.address}/api/v1/findings/kpis-gaps.csv?band=beginner"
    held = list(csv.reader(io.StringIO(page.request.get(address).text().lstrip("\ufeff"))))
    assert [head, *lines] == held
    numbers = [cell for line in lines for cell in line if re.fullmatch(r"-?\d.*\.\d+", cell)]
    assert len(numbers) > 100
    assert any(float(cell) < 0 for cell in numbers)
    assert press(reader, "kpis-gaps", "picture") == "Picture copied."
    size = page.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read();
            const picture = await createImageBitmap(await item.getType("image/png"));
            return [picture.width, picture.height];
        }"""
    )
    assert size[0] == 2400
    assert size[1] > 800
    page.evaluate(
        "() => { navigator.clipboard.write = () => Promise.reject(new Error('not allowed')); }"
    )
    assert "not allowed" in press(reader, "kpis-gaps", "picture")
    assert "selected below" in press(reader, "kpis-gaps", "citation")
    assert page.evaluate("String(getSelection())") == cited
    assert page.evaluate("document.activeElement.value") == cited
