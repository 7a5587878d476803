import assert from "node:assert/strict";
import { test } from "node:test";
import { ours, run } from "./page.mjs";

const { points } = run(["50-keyboard/10-points.js"]).explorer;
const trace = (index, x, y, more = {}) => ({ index, x, y, visible: true, name: `t${index}`, ...more });

test("silent, hidden and empty traces are no series, and gaps are no points", () => {
  const traces = [
    trace(0, [1, 2, 3], [1, null, 3]),
    trace(1, [1], [1], { meta: { silent: true } }),
    trace(2, [1], [1], { visible: "legendonly" }),
    trace(3, [1], [Number.NaN]),
    trace(4, undefined, [1]),
  ];
  assert.deepEqual(ours(points.seriesOf(traces).map((one) => [one.trace.index, one.points])), [[0, [0, 2]]]);
});

test("the words of a point are the server's, else its name and coordinates", () => {
  const said = trace(0, [1], [2], { customdata: ["one<br>two", "one:<br>two"] });
  assert.equal(points.wordsOf(said, 0), "one, two");
  assert.equal(points.wordsOf(said, 1), "one: two");
  assert.equal(points.wordsOf(trace(0, [1], [2], { customdata: [["words", "/view"]] }), 0), "words");
  assert.equal(points.wordsOf(trace(7, [2016], [12345.6789]), 0), "t7: 2016, 12,345.679");
  assert.equal(points.wordsOf(trace(7, [0.5], ["Norfolk"], { orientation: "h" }), 0), "t7: Norfolk, 0.5");
});

test("a point leads only to an address of the explorer", () => {
  assert.equal(points.leadsTo(["words", "/robustness?k=5"]), "/robustness?k=5");
  for (const other of [["words"], ["words", 3], ["words", "https://x.example"], "/words", undefined]) {
    assert.equal(points.leadsTo(other), "");
  }
});

test("a point that is not drawn is met where its words say why", () => {
  const held = trace(0, [1, 2, 3], [1, null, null], { customdata: ["one", "two: hidden", ""] });
  assert.deepEqual(ours(points.seriesOf([held])[0].points), [0, 1]);
  assert.deepEqual([points.isDrawn(held, 0), points.isDrawn(held, 1)], [true, false]);
});

const series = [
  { trace: { index: 2 }, points: [0, 1, 5] },
  { trace: { index: 4 }, points: [3] },
];
const at = (place, key) => ours(points.moved(series, place, key));

test("the first key opens the first series, End at its last point", () => {
  assert.deepEqual(at(undefined, "ArrowRight"), { row: 0, at: 0 });
  assert.deepEqual(at(undefined, "End"), { row: 0, at: 2 });
});

test("keys move along a series and stop at its ends", () => {
  assert.deepEqual(at({ curve: 2, point: 1 }, "ArrowRight"), { row: 0, at: 2 });
  assert.deepEqual(at({ curve: 2, point: 5 }, "ArrowRight"), { row: 0, at: 2 });
  assert.deepEqual(at({ curve: 2, point: 0 }, "ArrowLeft"), { row: 0, at: 0 });
  assert.deepEqual(at({ curve: 2, point: 5 }, "Home"), { row: 0, at: 0 });
});

test("up and down lead to the nearest point of the next series", () => {
  assert.deepEqual(at({ curve: 2, point: 5 }, "ArrowDown"), { row: 1, at: 0 });
  assert.deepEqual(at({ curve: 4, point: 3 }, "ArrowUp"), { row: 0, at: 1 });
  assert.deepEqual(at({ curve: 4, point: 3 }, "ArrowDown"), { row: 1, at: 0 });
});

test("in a chart of one series up and down lead from row to row", () => {
  const rows = [{ trace: { index: 0 }, points: [0, 1, 2] }];
  const to = (point, key) => ours(points.moved(rows, { curve: 0, point }, key));
  assert.deepEqual(to(1, "ArrowDown"), { row: 0, at: 2 });
  assert.deepEqual(to(2, "ArrowDown"), { row: 0, at: 2 });
  assert.deepEqual(to(1, "ArrowUp"), { row: 0, at: 0 });
});

test("another series is entered in the same row, or in the same year", () => {
  const many = { trace: trace(0, [1, 2, 3, 4], ["A", "A", "B", "B"]), points: [0, 1, 2, 3] };
  const one = { trace: trace(1, [5, 6], ["A", "B"]), points: [0, 1] };
  const down = (rows, point) => points.moved(rows, { curve: 0, point }, "ArrowDown").at;
  assert.deepEqual([down([many, one], 1), down([many, one], 3)], [0, 1]);
  const long = { trace: trace(0, [2013, 2014, 2015], [1, 1, 1]), points: [0, 1, 2] };
  const late = { trace: trace(1, [2014, 2015], [2, 2]), points: [0, 1] };
  const entered = [0, 1, 2].map((point) => down([long, late], point));
  assert.deepEqual(entered, [0, 0, 1]);
});

test("the position is said with a point, and the series where it is another than before", () => {
  const two = [
    { trace: trace(0, [1, 2], [3, 4], { name: "Before", customdata: ["a", "b"] }), points: [0, 1] },
    { trace: trace(1, [1, 2], [3, 4], { name: "After", customdata: ["c, After: 5", "d"] }), points: [0, 1] },
  ];
  assert.equal(points.spoken(two, { row: 0, at: 1 }, undefined), "Before. 2 of 2: b");
  assert.equal(points.spoken(two, { row: 0, at: 1 }, { curve: 0, point: 0 }), "2 of 2: b");
  assert.equal(points.spoken(two, { row: 1, at: 1 }, { curve: 0, point: 1 }), "After. 2 of 2: d");
  assert.equal(points.spoken(two, { row: 1, at: 0 }, { curve: 0, point: 0 }), "1 of 2: c, After: 5");
  assert.equal(points.spoken(two.slice(0, 1), { row: 0, at: 0 }, undefined), "1 of 2: a");
});
