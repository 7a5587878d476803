import assert from "node:assert/strict";
import { test } from "node:test";
import { ours, run } from "./page.mjs";

// Figures are made here: the plain objects of the page are ours.
const { figures } = run(["10-plots/10-figures.js"], { Object }).explorer;
const read = (token) => ({ accent: "#123456", "chart-ink": "#111111" })[token] ?? "";
const MARGIN = { l: 1, r: 1, t: 10, b: 20 };

test("tokens become colours, alone and inside words", () => {
  const found = ours(figures.resolved({ a: "@accent", b: ["<i>{@accent}</i>", "x"], c: [1, 2] }, read));
  assert.deepEqual(found, { a: "#123456", b: ["<i>#123456</i>", "x"], c: [1, 2] });
});

test("a token that the styles do not have stays what it was", () => {
  assert.equal(figures.resolved("@unknown", read), "@unknown");
});

test("a key is one line on a wide screen", () => {
  const figure = {
    data: [],
    layout: { annotations: [{ text: ["one", "{@accent} two"] }, { text: "a   b" }] },
  };
  const [key, note] = figures.dressed(figure, read).layout.annotations;
  assert.equal(key.text, "one   #123456 two");
  assert.equal(note.text, "a   b");
  assert.deepEqual(figure.layout.annotations[0].text, ["one", "{@accent} two"]);
});

test("a key is broken between its entries on a phone, and the chart makes room", () => {
  const entries = [
    "<span style='color:@accent'>●</span> a very long entry of a key",
    "another long entry of it",
    "end",
  ];
  const figure = { data: [], layout: { margin: MARGIN, annotations: [{ text: entries }] } };
  const { layout } = figures.narrowed(figure);
  assert.equal(layout.annotations[0].text, `${entries[0]}<br>${entries[1]}   ${entries[2]}`);
  assert.equal(layout.margin.t, 26);
  assert.equal(layout.margin.b, 20);
});

test("words that are no key are not broken", () => {
  const layout = {
    margin: MARGIN,
    annotations: [{ text: "three   spaces   are   words   like   any   others   here" }],
  };
  assert.deepEqual(ours(figures.narrowed({ data: [], layout }).layout), layout);
});

test("an entry that is too long for a line has one of its own", () => {
  const long = "x".repeat(60);
  assert.deepEqual(ours(figures.lined(["a", long, "b", "c"], " ", 44)), ["a", long, "b c"]);
  assert.deepEqual(ours(figures.lined([], " ", 44)), []);
});

test("a phone shows smaller marks, every third tick and short titles", () => {
  const figure = {
    data: [{ marker: { size: [10, 20], line: { width: 2 } } }, { marker: {} }],
    layout: {
      margin: MARGIN,
      meta: { shrink: 0.5, thin: true },
      xaxis: {
        ticktext: ["1", "", "2", "3", "4"],
        title: { text: "a title that is longer than one line of a phone" },
      },
    },
  };
  const { data, layout } = ours(figures.narrowed(figure));
  assert.deepEqual(data, [{ marker: { size: [5, 10], line: { width: 1 } } }, { marker: {} }]);
  assert.deepEqual(layout.xaxis.ticktext, ["1", "", "", "", "4"]);
  assert.equal(layout.xaxis.title.text, "a title that is longer<br>than one line of a phone");
  assert.equal(layout.margin.b, 35);
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
