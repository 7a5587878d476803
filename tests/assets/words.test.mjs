import assert from "node:assert/strict";
import { test } from "node:test";
import { ours, run } from "./page.mjs";

const { plainNumber } = run(["75-copy.js"]).explorer;
const { wrap } = run(["40-images.js"]).explorer;

test("numbers are copied as a spreadsheet reads them", () => {
  const pairs = {
    "−1,234.5": "-1234.5",
    "£50,000": "£50000",
    "+3": "+3",
    "12.5 %": "12.5%",
    " 7 ": "7",
    "−£2": "-£2",
  };
  for (const [shown, copied] of Object.entries(pairs)) assert.equal(plainNumber(shown), copied, shown);
});

test("what is no number is copied as it is", () => {
  for (const words of ["2015/16", "1,23", "n = 10", "−", "", "1,234,5", "10–20"])
    assert.equal(plainNumber(words), words);
});

test("lines that fit, joined, are the text again", () => {
  const fits = (line) => line.trimEnd().length <= 10;
  for (const text of [
    "one two three four",
    "a,very,long,address,without,spaces",
    "x".repeat(35),
    "",
    "two  spaces here",
  ]) {
    const lines = ours(wrap(text, fits));
    assert.equal(lines.join(""), text);
    assert.ok(lines.every(fits), text);
  }
});
