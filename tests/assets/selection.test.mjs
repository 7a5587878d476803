import assert from "node:assert/strict";
import { test } from "node:test";
import { ours, run } from "./page.mjs";

const GRAMMAR = {
  years: { controls: ["first", "last"], excludes: "" },
  area: { controls: ["area"], excludes: "pilots" },
};
const CONTROLS = { band: [], first: "2013", last: "2016", pilots: [], area: "", evidence: [] };

/** The query that a page asks with once controls say something else. */
function asked(changes, query = "", before = {}, grammar = GRAMMAR) {
  const { page, put } = opened(changes, query, before, grammar);
  page.dash_clientside.explorer.ask();
  return put.length ? ours(put[0]).query : "nothing";
}

/** A page whose controls say something else than its address, and the questions that it puts. */
function opened(changes, query, before, grammar) {
  const put = [];
  const main = {
    dataset: {
      path: "/indicators",
      query,
      asked: query,
      holds: "",
      controls: JSON.stringify({ ...CONTROLS, ...before }),
      grammar: JSON.stringify(grammar),
    },
  };
  const values = Object.entries({ ...CONTROLS, ...before, ...changes });
  const explorer = {
    closest: () => null,
    travel: { replace() {}, arrived() {} },
    cards: { all: () => [], headlines: () => [], wait() {}, control: (name) => name !== "mark" },
    asking: { put: (question) => put.push(question), untold: new Set() },
  };
  const page = run(["60-selection/30-question.js"], {
    explorer,
    location: { pathname: "/indicators", search: query, hash: "", href: "" },
    document: {
      getElementById: () => ({ textContent: '{"requests_pathname_prefix": "/sos/"}', dataset: {} }),
      querySelector: () => main,
      querySelectorAll: () => [],
      addEventListener() {},
    },
    dash_clientside: {
      set_props() {},
      callback_context: { inputs_list: [values.map(([name, value]) => ({ id: { name }, value }))] },
    },
  });
  assert.equal(page.explorer.at("/cards"), "/sos/cards");
  return { page, put };
}

test("controls that say what the address says ask nothing", () => {
  assert.equal(asked({}), "nothing");
});

test("what is chosen in a list is asked for at once, and Dash asks it no second time", () => {
  const { page, put } = opened({}, "?band=a", { band: ["a"], mark: "E1" }, GRAMMAR);
  const { choose } = page.explorer.selection;
  assert.equal(choose("last", "2015"), true);
  page.explorer.asking.untold.add("last");
  page.dash_clientside.explorer.ask(); // Dash still has 2016
  assert.deepEqual(
    ours(put).map(({ query }) => query),
    ["?band=a&years=2013-2015"],
  );
  assert.equal(choose("evidence", "published"), false);
});

test("a control is spelled by its name, ticks with commas, and left out where it is empty", () => {
  assert.equal(asked({ band: ["a", "b"] }), "?band=a%2Cb&years=2013-2016");
  assert.equal(asked({ last: "2015" }, "?band=a"), "?years=2013-2015");
});

test("the end of a period that was set last moves the other", () => {
  assert.equal(asked({ first: "2018" }), "?years=2018-2018");
  assert.equal(asked({ last: "2010" }), "?years=2010-2010");
});

test("a parameter that excludes another ends it when it is touched, and not before", () => {
  assert.equal(asked({ area: "E1" }, "?pilots=E2"), "?area=E1&years=2013-2016");
  assert.equal(asked({ band: ["a"] }, "?area=E1"), "?area=E1&band=a&years=2013-2016");
});

test("a list whose last tick is taken away is asked for as it is", () => {
  const grammar = { ...GRAMMAR, band: { controls: ["band"], excludes: "pilots" } };
  assert.equal(asked({ band: [] }, "", { band: ["a"] }, grammar), "?band=&years=2013-2016");
  assert.equal(asked({ evidence: [], band: ["b"] }, "", { band: ["a"] }, grammar), "?band=b&years=2013-2016");
});
