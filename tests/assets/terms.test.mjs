import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./page.mjs";

const document = { addEventListener() {} };
const { explorer } = run(["58-terms.js"], { document, explorer: { closest: () => null } });

/** What of some words no line breaks. */
function unbroken(words, ...terms) {
  const found = terms.map((term) => ({ start: words.indexOf(term), end: words.indexOf(term) + term.length }));
  return Array.from(explorer.wholes(words, found), ({ start, end }) => words.slice(start, end));
}

test("signs stay with their numbers, and dots with what is before them", () => {
  assert.deepEqual(unbroken("95% CI −£131.9 to −£19.8, n 10, exact p = 0.012) · max-T"), [
    "−£131.9",
    "−£19.8,",
    "n 10,",
    "p = 0.012) ·",
  ]);
  assert.deepEqual(unbroken("2 with p < 0.05 alone · gap +4.0"), ["p < 0.05", "alone ·", "+4.0"]);
  assert.deepEqual(unbroken("Pilots held fewer conferences"), []);
});

test("a term is never in two pieces", () => {
  assert.deepEqual(unbroken("of the number of tests · n 10", "number of tests", "n"), [
    "number of tests ·",
    "n 10",
  ]);
});
