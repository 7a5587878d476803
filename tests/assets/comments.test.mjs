import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ASSETS = new URL("../../assets/", import.meta.url);
const scripts = readdirSync(ASSETS, { recursive: true }).filter(
  (name) => name.endsWith(".js") && !name.startsWith("vendor"),
);

test("every function says in a comment what it does, takes and answers", () => {
  assert.ok(scripts.length > 10);
  const bare = scripts.flatMap((name) => {
    const lines = readFileSync(new URL(name, ASSETS), "utf8").split("\n");
    const begins = /^ {2}((async )?function \w+|const \w+ = (async )?\(.*\) =>|const \w+ = \w+ =>)/;
    const ours = lines.map((line, at) => [line, lines[at - 1]]).filter(([line]) => begins.test(line));
    return ours
      .filter(([, before]) => !before.trim().endsWith("*/"))
      .map(([line]) => `${name}: ${line.trim()}`);
  });
  assert.deepEqual(bare, []);
});
