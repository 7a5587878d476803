import assert from "node:assert/strict";
import { test } from "node:test";
import { ours, run } from "./page.mjs";

const document = { addEventListener() {}, querySelectorAll: () => [], querySelector: () => null };
const { search } = run(["76-councils.js", "78-search/10-match.js"], { document }).explorer;
const READY = search.prepare({
  kinds: { indicator: "Indicator", council: "Council", page: "Page", card: "Chart or table" },
  alike: [
    ["care", "looked"],
    ["spend", "money"],
  ],
  entries: [
    [
      "indicator",
      "Median days to complete an assessment",
      "Assessment",
      "/a",
      ["how long do assessments take"],
    ],
    ["indicator", "Children looked after", "Care", "/b", []],
    ["council", "Leeds", "Yorkshire", "/c", ["E08000035"]],
    ["page", "Families", "Practice", "/d", ["what parents said"]],
    ["card", "What families said", "Families", "/e", []],
  ],
});
const found = (text) => ours(search.find(READY, text)).map((one) => one.address);

test("words, their beginnings and their plurals are found, whatever their capitals", () => {
  assert.deepEqual(found("LEEDS"), ["/c"]);
  assert.deepEqual(found("lee"), ["/c"]);
  assert.deepEqual(found("assessments"), ["/a"]);
  assert.equal(found("family")[0], "/d");
});

test("words that mean much the same are found", () => {
  assert.deepEqual(found("children in care"), ["/b"]);
});

test("all words count but one of many, and what nothing holds does not", () => {
  assert.deepEqual(found("leeds children"), []);
  assert.deepEqual(found("xylophone leeds"), ["/c"]);
  assert.deepEqual(found("median days assessment leeds"), ["/a"]);
  assert.deepEqual(found("xylophone"), []);
});

test("a name that says little else comes first, and small words say nothing", () => {
  assert.deepEqual(found("what did the families say").slice(0, 1), ["/d"]);
  assert.deepEqual(found("what families said"), ["/e", "/d"]);
  assert.deepEqual(found("how long do assessments take")[0], "/a");
  assert.deepEqual(found(""), []);
});

test("what is found says what kind it is", () => {
  const [first] = ours(search.find(READY, "leeds"));
  assert.deepEqual(first, {
    kind: "council",
    label: "Council",
    name: "Leeds",
    note: "Yorkshire",
    address: "/c",
  });
});
