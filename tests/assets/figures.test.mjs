import assert from "node:assert/strict";
import { test } from "node:test";
import { ours, run } from "./page.mjs";

// Figures are made here: the plain objects of the page are ours.
const FILES = [
  "10-plots/10-figures.js",
  "10-plots/12-ticks.js",
  "10-plots/13-names.js",
  "10-plots/14-values.js",
  "10-plots/15-around.js",
];
const { figures } = run(FILES, { Object }).explorer;
const read = (token) => ({ accent: "#123456", "chart-ink": "#111111" })[token] ?? "";
const MARGIN = { l: 1, r: 1, t: 10, b: 20 };

test("tokens become colours, alone and inside words", () => {
  const found = ours(figures.resolved({ a: "@accent", b: ["<i>{@accent}</i>", "x"], c: [1, 2] }, read));
  assert.deepEqual(found, { a: "#123456", b: ["<i>#123456</i>", "x"], c: [1, 2] });
});

test("a token that the styles do not have stays what it was", () => {
  assert.equal(figures.resolved("@unknown", read), "@unknown");
});

// Every letter is 6 pixels wide.
const measure = (words) => words.replace(/<[^>]*>/g, "").length * 6;
const arranged = (layout, width, stacked = false) => {
  const figure = figures.dressed(
    { data: [], layout: { height: 400, margin: { l: 40, r: 10, t: 8, b: 20 }, ...layout } },
    read,
  );
  return ours(figures.arranged(figure, { width, stacked, measure }).layout);
};
const ROWS = { type: "category", categoryarray: ["one", "a long name of a row"] };

test("a key is one line where it has room, from the left edge of the chart", () => {
  const layout = { annotations: [{ text: ["one", "{@accent} two"] }, { text: "a   b" }] };
  const { annotations, margin } = arranged(layout, 600);
  assert.equal(annotations[0].text, "one   #123456 two");
  assert.equal(annotations[0].xshift, -40);
  assert.equal(annotations[0].yshift, 8);
  assert.equal(annotations[1].text, "a   b");
  assert.equal(margin.t, 25);
  assert.deepEqual(layout.annotations[0].text, ["one", "{@accent} two"]);
});

test("a key is broken between its entries, one that is too long inside, and the chart makes room", () => {
  const entries = ["<span style='color:@accent'>●</span> a very long entry of a key", "another", "end"];
  const { annotations, margin } = arranged({ annotations: [{ text: entries }] }, 160);
  const lines = annotations[0].text.split("<br>");
  assert.ok(lines.every((line) => measure(line) <= 156));
  assert.equal(lines.length, 2); // the others follow the end of the first
  assert.ok(lines[1].endsWith("   another   end"));
  assert.equal(margin.t, 8 + 17 * 2);
});

test("words are broken, and tags around a line are around each part of it", () => {
  const fits = (line) => measure(line) <= 40;
  assert.deepEqual(ours(figures.broken("<b>two words</b><br>x", fits)), ["<b>two</b>", "<b>words</b>", "x"]);
  assert.deepEqual(ours(figures.lined([], " ", fits)), []);
});

test("names of rows have the room that they need, and long ones are broken", () => {
  const wide = arranged({ yaxis: ROWS }, 600);
  assert.equal(wide.margin.l, measure("a long name of a row") + 10);
  const rows = { ...ROWS, categoryarray: ["one", "a much longer name of a row"] };
  const narrow = arranged({ yaxis: rows }, 350);
  assert.deepEqual(narrow.yaxis.ticktext, ["one", "a much longer name of<br>a row"]);
  assert.deepEqual(narrow.yaxis.tickvals, rows.categoryarray);
  assert.equal(narrow.margin.l, measure("a much longer name of") + 10);
});

test("a name that has more lines than its row has room for is broken less, or smaller", () => {
  const rows = { ...ROWS, categoryarray: ["one", "a much longer name of a row"] };
  const low = arranged({ yaxis: rows, height: 70 }, 350);
  assert.deepEqual(low.yaxis.ticktext, ["one", "a much longer name of a row"]);
  assert.equal(low.yaxis.tickfont.size, 12);
  assert.ok(low.margin.l <= 350 / 2 + 10);
  const narrow = arranged(
    { yaxis: { ...rows, categoryarray: ["Need ended within 3 months"] }, height: 50 },
    290,
  );
  assert.equal(narrow.yaxis.tickfont.size, 10);
});

test("the narrowest chart keeps 180 pixels of plot", () => {
  const rows = { ...ROWS, categoryarray: ["Need ended within 3 months"] };
  const { margin, yaxis } = arranged({ yaxis: rows }, 290);
  assert.ok(290 - margin.l - margin.r >= 180);
  assert.equal(yaxis.tickfont.size, 11);
  const years = { annotations: [{ name: "end", text: "Neighbours", x: 3, y: 3 }] };
  assert.ok(290 - arranged(years, 290).margin.l - arranged(years, 290).margin.r >= 180);
});

test("what heads a row is beside it, in a narrow card above it", () => {
  const layout = { annotations: [{ name: "row", text: "words of a row", y: 0.8 }], meta: { middle: 0.2 } };
  const [beside] = arranged(layout, 600).annotations;
  assert.equal(beside.y, 1);
  assert.equal(beside.xshift, -(40 + measure("words of a row") + 12));
  const above = arranged(layout, 300, true);
  assert.equal(above.annotations[0].y, 0.8);
  assert.equal(above.annotations[0].bgcolor, ours(above.template.layout.meta.surface));
  assert.equal(beside.bgcolor, undefined); // nothing is drawn left of the plot
  assert.equal(above.margin.l, 40);
});

test("no title is upright, and none is wider than the chart", () => {
  const axes = { yaxis: { title: { text: "up" } }, xaxis: { title: { text: "a title below the plot" } } };
  const { annotations, margin, xaxis, yaxis } = arranged(axes, 130);
  assert.equal(xaxis.title, undefined);
  assert.equal(yaxis.title, undefined);
  assert.deepEqual(
    annotations.map((one) => one.text),
    ["up", "a title below the<br>plot"],
  );
  assert.equal(margin.b, 22 + 17 * 2 + 4);
});

test("the words at the start share the line of the title where both have room, inside the chart", () => {
  const layout = {
    annotations: [{ name: "start", text: "starts in 2014", x: 2014.5, y: 1, yref: "paper" }],
    xaxis: { range: [2012, 2022] },
    yaxis: { title: { text: "per head" } },
  };
  const [start, title] = arranged(layout, 600).annotations;
  assert.equal(title.yshift, 5);
  assert.ok(start.xshift + 40 >= measure("per head"));
  const narrow = arranged({ ...layout, yaxis: { title: { text: "a much longer title" } } }, 220);
  assert.equal(narrow.annotations[1].yshift, 8);
  assert.ok(narrow.annotations[0].xshift >= -40);
  assert.ok(narrow.annotations[0].xshift + 40 + measure("starts in 2014") <= 220);
});

test("names at the ends of lines have their room", () => {
  const layout = { annotations: [{ name: "end", text: "similar councils", x: 3, y: 3 }] };
  assert.equal(arranged(layout, 600).margin.r, measure("similar councils") + 12);
  assert.equal(arranged(layout, 200).annotations[0].text, "similar<br>councils");
});

test("as many ticks have words as fit side by side", () => {
  const ticktext = ["12/13", "13/14", "14/15", "15/16", "16/17"];
  const xaxis = { range: [0, 5], tickvals: [0, 1, 2, 3, 4], ticktext };
  assert.deepEqual(arranged({ xaxis }, 400).xaxis.ticktext, ticktext);
  assert.deepEqual(arranged({ xaxis }, 150).xaxis.ticktext, ["12/13", "", "14/15", "", "16/17"]);
  const even = { range: [0, 4], tickvals: [0, 1, 2, 3], ticktext: ticktext.slice(0, 4) };
  assert.deepEqual(arranged({ xaxis: even }, 150).xaxis.ticktext, ["", "13/14", "", "15/16"]);
});

test("numbers at ticks are level, as many as fit, and the last has room in the narrowest chart", () => {
  const xaxis = { range: [-293, 172], nticks: 5, ticksuffix: "%" };
  const wide = arranged({ xaxis }, 600).xaxis;
  assert.deepEqual([wide.dtick, wide.tickangle, ...wide.range], [100, 0, -293, 172]);
  const { dtick, range } = arranged({ xaxis }, 160).xaxis;
  assert.ok((dtick * (160 - 40 - 10)) / (range[1] - range[0]) >= measure("−200%"));
  const ends = { tickvals: [1, 9], ticktext: ["£1", "£9,000,000"] };
  const layout = { margin: { l: 0, r: 44, t: 8, b: 20 }, yaxis: ROWS };
  assert.ok(arranged({ ...layout, xaxis: ends }, 290).margin.r >= measure("£9,000,000") / 2);
  assert.equal(arranged({ ...layout, xaxis: { showticklabels: false } }, 290).margin.r, 6);
});

test("an axis has three numbers, and one on each side of zero, and is longer only where it must be", () => {
  const ticks = (/** @type {number[]} */ ends, width = 300) => {
    const { range, dtick } = arranged({ xaxis: { range: ends, nticks: 5, ticksuffix: "%" } }, width).xaxis;
    const [low, high] = [Math.ceil(range[0] / dtick), Math.floor(range[1] / dtick)];
    return Array.from({ length: high - low + 1 }, (_, at) => (low + at) * dtick);
  };
  for (const width of [200, 300, 400, 600]) {
    for (const ends of [
      [-37, 21],
      [-58, 38],
      [-80, 9.5],
      [3, 8],
      [-0.4, 0.3],
      [-4, 900],
      [-900, 120],
    ]) {
      const found = ticks(ends, width);
      assert.ok(found.length >= 3, `${ends} at ${width}: ${found}`);
      const wide = ends[1] - ends[0];
      if (ends[0] < -wide / 10) assert.ok(found[0] < 0, `${ends} at ${width}: ${found}`);
      if (ends[0] < 0 && ends[1] > wide / 10)
        assert.ok((found.at(-1) ?? 0) > 0, `${ends} at ${width}: ${found}`);
    }
  }
  assert.deepEqual(ticks([-60, 110], 600), [-50, 0, 50, 100]);
});

test("values are in a column at the right edge, clear of the marks of their rows and of the sides", () => {
  const font = { size: 12 };
  const edge = { name: "edge", text: "−16%", x: 40, y: "a", xshift: 3, font };
  const sides = ["← lower", "higher →"].map((text, x) => ({ name: "side", text, x, font }));
  const layout = { annotations: [...sides, edge], xaxis: { range: [-40, 40] } };
  const { annotations, margin, xaxis } = arranged(layout, 250);
  const [first, last, value] = annotations;
  assert.deepEqual([value.x, value.xref, value.xanchor], [1, "paper", "right"]);
  const plot = 250 - margin.l - margin.r;
  const end = ((40 - xaxis.range[0]) * plot) / (xaxis.range[1] - xaxis.range[0]);
  assert.ok(end + 3 <= plot + value.xshift - measure("−16%"));
  assert.ok(last.xshift <= value.xshift - measure("−16%"));
  assert.ok(first.xshift + measure("← lower") <= plot + last.xshift - measure("higher →"));
});

test("a key that is only beside another takes the room of the longer", () => {
  const key = { text: ["● one entry", "○ another entry"] };
  const unseen = { text: ["● one entry", "○ another entry", "■ a third entry"], visible: false };
  const { annotations, margin } = arranged({ annotations: [key, unseen] }, 200);
  assert.equal(margin.t, arranged({ annotations: [unseen] }, 200).margin.t);
  assert.ok(margin.t > arranged({ annotations: [key] }, 200).margin.t);
  assert.equal(annotations[0].visible, undefined);
  assert.equal(annotations[1].visible, false);
});

test("an axis is long enough for the values beside its marks", () => {
  const value = { name: "value", text: "−1.5", x: -2, xanchor: "right", xshift: -3, font: { size: 12 } };
  const [low, high] = arranged({ annotations: [value], xaxis: { range: [-2, 2] } }, 250).xaxis.range;
  const pixel = (high - low) / 200;
  assert.ok((-2 - low) / pixel > measure("−1.5"));
  assert.equal(high, 2);
});

test("columns are headed upright where their heads have no room side by side", () => {
  const heads = ["Wakefield", "Leicestershire"].map((text) => ({
    name: "column",
    text,
    textangle: -90,
    font: { size: 12 },
  }));
  assert.deepEqual(
    arranged({ annotations: heads }, 600).annotations.map((one) => one.textangle),
    [0, 0],
  );
  assert.deepEqual(
    arranged({ annotations: heads }, 180).annotations.map((one) => one.textangle),
    [-90, -90],
  );
});

test("a phone shows smaller marks", () => {
  const figure = {
    data: [{ marker: { size: [10, 20], line: { width: 2 } } }, { marker: {} }],
    layout: { margin: MARGIN, meta: { shrink: 0.5 } },
  };
  const { data } = ours(figures.narrowed(figure));
  assert.deepEqual(data, [{ marker: { size: [5, 10], line: { width: 1 } } }, { marker: {} }]);
});

test("bare charts lose the words of their marks on a phone", () => {
  const figure = {
    data: [{ mode: "markers+text", marker: { size: [8] } }],
    layout: { margin: MARGIN, meta: { bare: true } },
  };
  assert.deepEqual(ours(figures.narrowed(figure).data), [{ mode: "markers", marker: { size: [4] } }]);
});

test("every figure has the look that all share", () => {
  const { layout } = figures.dressed({ data: [], layout: { height: 5 } }, read);
  assert.equal(layout.height, 5);
  assert.equal(layout.template.layout.font.color, "#111111");
});

test("no axis has what Plotly would measure its names for", () => {
  const { xaxis, yaxis } = figures.dressed({ data: [], layout: {} }, read).layout.template.layout;
  for (const { automargin, title } of [xaxis, yaxis]) {
    assert.equal(automargin, false);
    assert.equal("standoff" in title, false);
  }
});

/** The place of a chart that is drawn already, and the figures that Plotly has drawn in it. */
function place(laid) {
  const seen = [];
  const { explorer } = run(["12-first/20-charts.js"], {
    Plotly: { react: (_, { data }) => seen.push(data[0].name) },
  });
  return { explorer, seen, chart: { dataset: { figure: JSON.stringify(laid) }, firstElementChild: {} } };
}

const named = (name) => ({ data: [{ name }], layout: {} });

test("a chart is drawn again for another figure, and not for the one that it shows", () => {
  const { explorer, seen, chart } = place(named("laid out"));
  explorer.drawHere(chart);
  explorer.draw(chart, named("laid out"));
  explorer.draw(chart, named("answered"));
  explorer.draw(chart, named("answered"));
  assert.deepEqual(seen, ["laid out", "answered"]);
  explorer.drawHere(chart); // it was laid out with an earlier figure, which is not drawn over the answer
  assert.deepEqual(seen, ["laid out", "answered"]);
  chart.dataset.figure = JSON.stringify(named("laid out again"));
  explorer.drawHere(chart);
  assert.deepEqual(seen, ["laid out", "answered", "laid out again"]);
});

test("a chart that was moved is not drawn again in its new place", () => {
  const { explorer, seen, chart } = place(named("first"));
  const to = { dataset: { ...chart.dataset }, append() {} };
  explorer.drawHere(chart);
  explorer.moveChart(chart, to);
  explorer.drawHere(to);
  explorer.draw(to, named("first"));
  assert.deepEqual(seen, ["first"]);
});
