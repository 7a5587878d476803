"""A page that the browser has translated, with every text node moved, goes on working."""

import pytest

#: Ends every part that was translated, where text nodes are replaced.
MARK = "\u00b7"

#: As a browser's translation does it: each text node is moved into two elements, or replaced by
#: them, and so is every one that comes later.
TRANSLATE = """how => {
    const translate = (root) => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const nodes = [];
        for (let node = walker.currentNode; node; node = walker.nextNode()) {
            const parent = node.parentElement;
            if (node.nodeType === Node.TEXT_NODE && node.data.trim() && parent
                && !parent.closest('script, style, font')) nodes.push(node);
        }
        for (const node of nodes) {
            const [outer, inner] = [document.createElement('font'), document.createElement('font')];
            outer.append(inner);
            node.replaceWith(outer);
            inner.append(how === 'moved' ? node : node.data + '\u00b7');
        }
    };
    new MutationObserver((changes) => {
        const added = changes.flatMap((one) => [...one.addedNodes]);
        added.filter((one) => one.isConnected).forEach(translate);
    }).observe(document, {childList: true, subtree: true});
}"""


@pytest.mark.parametrize("how", ["moved", "replaced"])
def test_a_translated_page_goes_on_working(reader, how):
    reader.page.add_init_script(f"({TRANSLATE})({how!r})")
    page = reader.open("/indicators")
    before = reader.summary("kpis-gaps")
    assert page.locator("main font").count() > 100
    reader.reach(page.locator(".field-band input").last).click()
    reader.changed()
    assert "band=beginner,two-years" in page.url
    assert reader.summary("kpis-gaps") != before
    page.locator("#theme-toggle").click()
    assert page.locator("#theme-toggle").inner_text().startswith("Light theme")
    page.locator("#tab-kpis-gaps-table").click()
    page.wait_for_selector("#card-kpis-gaps table font")
    page.locator(".rail-pages a", has_text="Pilots").click()
    page.wait_for_selector("#card-pilots-changes")
    reader.settle()
    assert page.locator("h1").inner_text().startswith("Compare pilots")
    page.go_back()
    page.wait_for_selector("#card-kpis-gaps")
    reader.settle()
    page.go_back()
    reader.changed()
    assert page.url.endswith("/indicators")
    # Words that are set again are translated again, in as many parts as their terms make.
    assert reader.summary("kpis-gaps").replace(MARK, "") == before.replace(MARK, "")
    assert page.locator("#refused").is_hidden()


def test_nodes_that_were_moved_or_replaced_are_still_found(reader):
    page = reader.open("/claims")
    assert page.evaluate(
        """() => {
            const wrapped = (node) => {
                const outer = document.createElement('font');
                node.replaceWith(outer);
                outer.append(node);
            };
            const place = document.createElement('p');
            const [first, last] = [new Text('a'), new Text('c')];
            place.append(first, last);
            wrapped(first);
            wrapped(last);
            place.insertBefore(new Text('b'), last);
            const between = place.textContent;
            place.removeChild(first);
            last.remove();
            place.removeChild(last);
            place.insertBefore(new Text('d'), last);
            return [between, place.textContent];
        }"""
    ) == ["abc", "bd"]  # fmt: skip
