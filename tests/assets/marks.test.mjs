import assert from "node:assert/strict";
import { test } from "node:test";
import { ours, run } from "./page.mjs";

const { keys } = run(["10-plots/22-keys.js"]).explorer;
const trace = (carried) => ({ meta: { keys: carried } });
const of = (carried, point) => ours(keys.keysOf(trace(carried), point));

test("a point has the keys of its own place, or those of its whole trace", () => {
  assert.deepEqual(of(["E1 band", "E2"], 0), ["E1", "band"]);
  assert.deepEqual(of(["E1 band", "E2"], 1), ["E2"]);
  assert.deepEqual(of("E1 band", 7), ["E1", "band"]);
});

test("what is about nothing has no key, and what belongs to several has none of its own", () => {
  assert.deepEqual(ours(keys.keysOf({}, 0)), [""]);
  assert.deepEqual(ours(keys.keysOf({ meta: { silent: true } }, 0)), [""]);
  assert.deepEqual(of(["E1"], 3), [""]);
  assert.deepEqual(of([" one two"], 0), ["", "one", "two"]);
});

test("a mark is what is marked, a part of it, another, or about nothing", () => {
  assert.equal(keys.standing(["E1", "band"], ["E1"]), "own");
  assert.equal(keys.standing(["E1", "band"], ["band"]), "part");
  assert.equal(keys.standing(["", "one", "two"], ["two"]), "part");
  assert.equal(keys.standing(["E2", "band"], ["E1"]), "other");
  assert.equal(keys.standing(["", "one"], ["E1"]), "other");
  assert.equal(keys.standing([""], ["E1"]), "");
});

test("what is kept and what is passed over are marked together", () => {
  assert.equal(keys.standing(["E1"], ["E1", "E2"]), "own");
  assert.equal(keys.standing(["E2"], ["E1", "E2"]), "own");
  assert.equal(keys.standing(["E3"], ["E1", "E2"]), "other");
});

test("a chart shows a key that any of its points has, whole and not in part", () => {
  const traces = [trace(["E1 band", ""]), trace("E22"), {}, { meta: { silent: true } }];
  assert.deepEqual(ours(keys.carried(traces, ["band", "E2", "E22", "E1"])), ["band", "E22", "E1"]);
  assert.deepEqual(ours(keys.carried([], ["E1"])), []);
});

test("what is said counts the charts, of one as of many names", () => {
  assert.equal(keys.sentence("Norfolk", 4), "Marked in 4 charts: Norfolk.");
  assert.equal(keys.sentence("New plans", 1), "Marked in 1 chart: New plans.");
  assert.equal(keys.sentence("Leeds", 0), "Marked: Leeds. No chart here shows it.");
  assert.equal(keys.sentence("Leeds", 0, true), "Marked in the table: Leeds.");
});

test("a point says in how many charts it is marked, when it is more than one and was not just said", () => {
  assert.equal(keys.also(3, undefined), ". Marked in 3 charts.");
  assert.equal(keys.also(3, 3), "");
  assert.equal(keys.also(2, 3), ". Marked in 2 charts.");
  assert.equal(keys.also(1, undefined), "");
  assert.equal(keys.also(0, undefined), "");
});

/** The scripts of the selection on a page whose address says what is marked. */
function page(asked, path = "/pilots", holds = "") {
  const seen = { replaced: [], shown: [] };
  const main = { dataset: { path: `/sos${path}`, query: asked, asked, holds } };
  const explorer = {
    closest: () => null,
    announce() {},
    asking: { untold: new Set() },
    travel: { replace: (address) => seen.replaced.push(address), arrived() {} },
    cards: { all: () => [], headlines: () => [] },
    marks: {
      show: (marked) => seen.shown.push(marked),
      told: (key) => ({ E1: { name: "One", parameter: "area" }, b: { name: "B", parameter: "band" } })[key],
      known: (key) => key,
      charts: () => 2,
    },
    points: { leadsTo: () => "", wordsOf: () => "" },
    plotPoints: { ring() {} },
  };
  const given = run(["10-plots/22-keys.js", "60-selection/30-question.js", "60-selection/47-mark.js"], {
    explorer,
    location: { pathname: `/sos${path}`, search: asked, hash: "", href: "" },
    history: {},
    performance: { now: () => 0 },
    requestAnimationFrame: (task) => task() ?? 1,
    document: {
      getElementById: () => ({ textContent: '{"requests_pathname_prefix": "/sos/"}', dataset: {} }),
      querySelector: (selector) => (selector.startsWith("main") ? main : null),
      querySelectorAll: () => [],
      addEventListener() {},
    },
    dash_clientside: { set_props() {} },
  });
  given.explorer.selection.settled();
  return { ...given.explorer, seen };
}

/** Press a point of a key. */
const press = ({ mark }, key) => mark.press({ closest: () => null }, trace([key]), 0, false);

test("what is marked is last in the address and no part of what the server is asked", () => {
  const { selection, query, withSelection } = page("?k=5&mark=E1");
  assert.equal(selection.state.mark, "E1");
  assert.equal(query(), "?k=5");
  assert.equal(selection.held(), "?k=5&mark=E1");
  assert.equal(selection.unmarked("?k=5&mark=E1"), "?k=5");
  assert.equal(withSelection("/sos/councils"), "/sos/councils?k=5&mark=E1");
  assert.equal(
    withSelection("/sos/over-time?base=2013#card-x"),
    "/sos/over-time?k=5&base=2013&mark=E1#card-x",
  );
});

test("where nothing is marked addresses are as they were", () => {
  const { selection, withSelection } = page("?k=5");
  assert.equal(selection.held(), "?k=5");
  assert.equal(page("").selection.held(), "");
  assert.equal(withSelection("/sos/councils"), "/sos/councils?k=5");
});

test("a press is kept in the address without another entry of the history", () => {
  const made = page("");
  assert.equal(press(made, "E1 b"), "");
  assert.deepEqual(ours(made.seen.replaced), ["/sos/pilots?mark=E1"]);
  assert.deepEqual(ours(made.seen.shown.at(-1)), ["E1", ""]);
  press(made, "b");
  assert.equal(made.seen.replaced.at(-1), "/sos/pilots?mark=b");
});

test("what is of no one thing is not kept", () => {
  const made = page("");
  press(made, " b other");
  assert.deepEqual(made.seen.replaced, []);
});

test("what a parameter names has its folder of pages, or none", () => {
  const { selection } = page("");
  assert.deepEqual(["area", "indicator", "band", "ratio", ""].map(selection.folder), [
    "councils",
    "indicators",
    "",
    "",
    "",
  ]);
});
