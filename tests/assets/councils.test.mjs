import assert from "node:assert/strict";
import { test } from "node:test";
import { ours, run } from "./page.mjs";

const page = run(["76-councils.js"], {
  document: { addEventListener() {}, querySelectorAll: () => [], querySelector: () => null },
});
const { fits, plainWords } = page.explorer;

test("words are compared without capitals, accents and marks", () => {
  assert.deepEqual(ours(plainWords("St. Helens & King’s Côte")), ["st", "helens", "kings", "cote"]);
});

test("every word that was typed begins a word of the entry", () => {
  assert.ok(fits("Kingston upon Hull", "hull king"));
  assert.ok(fits("Cumbria (to 2022/23)", "cumb"));
  assert.ok(fits("Leeds", ""));
  assert.ok(!fits("Leeds", "leeds west"));
  assert.ok(!fits("Kingston upon Hull", "ull"));
});
