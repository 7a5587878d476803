import assert from "node:assert/strict";
import { test } from "node:test";
import { ours, run } from "./page.mjs";

/** A page whose server answers in order, the questions that reach it, and what is shown. */
function opened() {
  const asked = [];
  const shown = [];
  const left = [];
  let waiting = false;
  let release = "2026-01-01";
  // Answers can be read twice, as those of 15-requests.js.
  async function fetch(_address, { body }) {
    const [{ value }] = JSON.parse(body).inputs;
    asked.push(value);
    const data = { step: value.step, permalink: `?release=${release}`, cards: { gaps: { waiting } } };
    const reply = { response: { answered: { data } } };
    const words = JSON.stringify(reply);
    return { status: 200, json: async () => reply, text: async () => words };
  }
  const page = run(["60-selection/28-asking.js"], {
    fetch,
    explorer: {
      at: (path) => path,
      abandon: (output) => left.push(output),
      selection: {
        show(answer) {
          shown.push(ours(answer));
          answer.cards.gaps.drawn = true; // as Plotly writes into what it draws
        },
      },
    },
  });
  const put = (query, step, cards = ["gaps"]) =>
    page.explorer.asking.put({ query, cards, page: "indicators", step });
  const now = (change) => {
    waiting = change.waiting ?? waiting;
    release = change.release ?? release;
  };
  return { put, asked, shown, left, now };
}

test("who goes back to a selection is answered at once, with what the server said", async () => {
  const { put, asked, shown, left } = opened();
  await put("?k=9", "push:1");
  await put("?k=8", "push:2");
  put("?k=9", "push:3"); // not waited for
  assert.equal(asked.length, 2);
  assert.deepEqual(shown.at(-1), { ...shown[0], step: "push:3" });
  assert.deepEqual(left, ["answered.data"]);
  await put("?k=9", "push:4", ["changes"]);
  assert.equal(asked.length, 3);
});

test("what waits for slow work is asked for again", async () => {
  const { put, asked, now } = opened();
  now({ waiting: true });
  await put("", "push:1");
  now({ waiting: false });
  await put("", "push:2");
  await put("", "push:3");
  assert.equal(asked.length, 2);
});

test("answers of another release are forgotten", async () => {
  const { put, asked, now } = opened();
  await put("?k=9", "push:1");
  now({ release: "2027-01-01" });
  await put("?k=8", "push:2");
  await put("?k=9", "push:3");
  await put("?k=8", "push:4");
  assert.deepEqual(
    asked.map(({ query }) => query),
    ["?k=9", "?k=8", "?k=9"],
  );
});

test("of many answers those asked for last are kept", async () => {
  const { put, asked } = opened();
  for (let k = 0; k < 60; k += 1) await put(`?k=${k}`, `push:${k}`);
  await put("?k=59", "push:60");
  assert.equal(asked.length, 60);
  await put("?k=0", "push:61");
  assert.equal(asked.length, 61);
});
