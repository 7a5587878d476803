// A file of comma-separated values, as a spreadsheet pastes it.
import assert from "node:assert/strict";
import test from "node:test";
import { run } from "./page.mjs";

const { explorer } = run(["77-copy-card.js"], { document: { addEventListener() {} } });

test("numbers are as they are, and what is missing is empty", () => {
  assert.equal(
    explorer.pasted("\ufeffkey,gap,n\r\na,-1234.5,\r\nb,,10\r\n"),
    "key\tgap\tn\na\t-1234.5\t\nb\t\t10",
  );
});

test("commas, quotes and line ends within a cell stay in it", () => {
  assert.equal(
    explorer.pasted('name,x\r\n"One, ""two""\nthree\tfour",5\r\n'),
    'name\tx\nOne, "two" three four\t5',
  );
  assert.equal(explorer.pasted('a,""\r\n,"b"\n'), "a\t\n\tb");
});
