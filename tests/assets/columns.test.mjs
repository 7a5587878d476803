import assert from "node:assert/strict";
import { test } from "node:test";
import { ours, run } from "./page.mjs";

class ResizeObserver {
  observe() {}
}
const { explorer } = run(["60-selection/12-columns.js"], { ResizeObserver });
const fitted = (widths, room) => ours(explorer.fittedColumns(widths, room));

test("whole columns fill the room, and those out of view keep their width", () => {
  assert.deepEqual(fitted([144, 88, 88, 88, 90], 420), [144, 92, 92, 92, 90]);
});

test("a table that fits, or whose second column does not, is left as it is", () => {
  assert.deepEqual(fitted([144, 88], 300), []);
  assert.deepEqual(fitted([144, 300, 88], 300), []);
});
