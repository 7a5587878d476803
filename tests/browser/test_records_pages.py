"""Social workers and the self-profile in a real browser."""

import base64


def test_choosing_an_item_changes_its_card_and_the_address(reader):
    page = reader.open("/social-workers")
    assert page.locator("#card-survey-change .js-plotly-plot .main-svg").count() == 0
    page.get_by_text("Try the analysis with made-up or your own records").click()
    page.wait_for_selector("#card-survey-change .js-plotly-plot .main-svg")
    assert reader.verdict("survey-change").startswith("Simulated")
    reader.choose("Survey item", "use_mapping")
    assert "item=use_mapping" in page.url
    assert (
        page.locator("#card-survey-bands [data-part=topic]")
        .inner_text()
        .startswith("How often mapp")
    )
    page.reload()
    reader.settle()
    assert page.get_by_label("Survey item", exact=True).input_value() == "use_mapping"


def test_hidden_stretches_are_drawn_and_said(reader):
    page = reader.open("/social-workers?band=two-years#card-survey-answers")
    page.wait_for_selector("#card-survey-answers .js-plotly-plot .bars")
    assert "shares hidden" in reader.technical("survey-answers")
    assert page.locator("#card-survey-answers pattern").count() > 0


def test_published_comes_first_and_stays_when_simulated_figures_are_hidden(reader):
    page = reader.open("/self-profile?evidence=real")
    first = page.locator("section.card").first
    assert first.get_attribute("data-card") == "profile-published"
    first.get_by_text("Embedding an organisational commitment to the approach").wait_for()
    page.get_by_text("Try the analysis with made-up or your own records").click()
    withheld = page.locator("#card-profile-change .withheld")
    assert "Simulated figures are hidden" in withheld.inner_text()
    assert page.locator(".caution").inner_text().startswith("Simulated")


#: The boxes of every text with the word in a drawn picture, then the same part of two pictures.
SAME = """async ([svg, png, word]) => {
  const [drawn, width] = [new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, 2];
  document.body.append(drawn);
  const at = drawn.getBoundingClientRect();
  const boxes = [...drawn.querySelectorAll('text')].filter((one) => one.textContent.includes(word))
    .map((one) => one.getBoundingClientRect())
    .map((one) => [one.x - at.x, one.y - at.y, one.width, one.height].map((n) => width * n));
  drawn.remove();
  const pixels = async (address, [x, y, wide, high]) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [at.width * width, at.height * width];
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return [...pen.getImageData(x, y, wide, high).data];
  };
  const plain = svg.replaceAll(word, '');
  const drawn_of = (words) => `data:image/svg+xml,${encodeURIComponent(words)}`;
  const apart = (one, other) => one.filter((value, n) => Math.abs(value - other[n]) > 64).length;
  return Promise.all(boxes.map(async (box) => {
    const shown = await pixels(`data:image/png;base64,${png}`, box);
    const others = await Promise.all([svg, plain].map((one) => pixels(drawn_of(one), box)));
    return others.map((other) => apart(shown, other));
  }));
}"""


def test_a_picture_of_a_simulated_chart_shows_the_word(reader):
    page = reader.open("/social-workers#card-survey-change")
    card = page.locator("#card-survey-change")
    card.get_by_role("tab", name="Download").click()
    card.locator("[data-image=svg]").wait_for()
    files = {}
    for ending in ("svg", "png"):
        with page.expect_download() as waiting:
            card.locator(f"[data-image={ending}]").click()
        assert "simulated" in waiting.value.suggested_filename
        files[ending] = waiting.value.path().read_bytes()
    svg, png = files["svg"].decode(), base64.b64encode(files["png"]).decode()
    found = page.context.new_page().evaluate(SAME, [svg, png, "Simulated"])
    assert len(found) >= 2  # above the words and in the chart
    for from_picture, from_one_without_the_word in found:
        assert from_picture < from_one_without_the_word / 10
