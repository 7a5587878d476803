import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./page.mjs";

/** A page whose server answers as told; with what it dispatches. */
function page(answer, more = {}) {
  const told = [];
  const document = {
    body: { dataset: { patience: "15" } },
    querySelector: () => null,
    getElementById: () => null,
    dispatchEvent: (event) => told.push(event.detail),
  };
  const window = run(["15-requests.js"], {
    document,
    navigator: { onLine: true },
    fetch: answer,
    CustomEvent: class {
      constructor(name, { detail }) {
        Object.assign(this, { name, detail });
      }
    },
    ...more,
  });
  return { window, told };
}

const JSON_TYPE = { "content-type": "application/json" };
const ask = (window) =>
  window.fetch("/_dash-update-component", { body: JSON.stringify({ output: "answered.data", inputs: [] }) });

test("a good answer reaches Dash", async () => {
  const { window, told } = page(async () => new Response('{"response": {"a": 1}}', { headers: JSON_TYPE }));
  assert.deepEqual(JSON.parse(JSON.stringify(await (await ask(window)).json())), { response: { a: 1 } });
  assert.deepEqual(told, []);
});

const LOOK = {
  layout: { a: 1 },
  dependencies: [2],
  pathname: "/pilots",
  search: "?k=5",
  page: { multi: true },
};
/** A page that brought what Dash asks for first. */
function brought() {
  const asked = [];
  const { window } = page(
    async (address) => {
      asked.push(address);
      return new Response('{"response": {}}', { headers: JSON_TYPE });
    },
    {
      document: {
        body: { dataset: {} },
        querySelector: () => null,
        getElementById: (id) => (id === "first-look" ? { textContent: JSON.stringify(LOOK) } : null),
      },
    },
  );
  const router = (pathname, search) =>
    JSON.stringify({
      output: "router",
      inputs: [
        { id: "_pages_location", property: "pathname", value: pathname },
        { id: "_pages_location", property: "search", value: search },
      ],
    });
  const data = async (address, body) =>
    JSON.parse(JSON.stringify(await (await window.fetch(address, { body })).json()));
  return { asked, router, data };
}

test("what came with the page is not asked for, once", async () => {
  const { asked, router, data } = brought();
  assert.deepEqual(await data("/_dash-layout"), LOOK.layout);
  assert.deepEqual(await data("/_dash-dependencies"), LOOK.dependencies);
  assert.deepEqual(await data("/_dash-update-component", router("/pilots", "?k=5")), LOOK.page);
  assert.deepEqual(asked, []);
  assert.deepEqual(await data("/_dash-update-component", router("/pilots", "?k=5")), { response: {} });
  assert.deepEqual(asked, ["/_dash-update-component"]);
});

test("the page of another address is asked for", async () => {
  const { asked, router, data } = brought();
  assert.deepEqual(await data("/_dash-update-component", router("/pilots", "")), { response: {} });
  assert.deepEqual(asked, ["/_dash-update-component"]);
});

const REFUSED = {
  "a page of another server": [() => new Response("<!doctype html>"), "signedOut"],
  "words that are no JSON": [() => new Response("{", { headers: JSON_TYPE }), "unreadable"],
  "JSON that Dash does not know": [() => new Response("{}", { headers: JSON_TYPE }), "unreadable"],
  401: [() => new Response("", { status: 401 }), "signedOut"],
  404: [() => new Response("", { status: 404 }), "outdated"],
  429: [() => new Response("", { status: 429 }), "busy"],
  500: [() => new Response("", { status: 500 }), "failed"],
};
for (const [name, [answer, kind]] of Object.entries(REFUSED)) {
  test(`${name} is told to the page, and Dash hears that nothing changed`, async () => {
    const { window, told } = page(async () => answer());
    assert.equal((await ask(window)).status, 204);
    assert.deepEqual(
      told.map((one) => [one.output, one.refusal.kind]),
      [["answered.data", kind]],
    );
    assert.match(told[0].refusal.message, /\.$/);
  });
}

test("no answer is told apart from no network", async () => {
  const silent = async () => {
    throw new TypeError("failed");
  };
  const there = page(silent);
  await ask(there.window);
  const away = page(silent, { navigator: { onLine: false } });
  await ask(away.window);
  assert.deepEqual(
    [...there.told, ...away.told].map((one) => one.refusal.kind),
    ["unreachable", "offline"],
  );
});

test("other requests are sent as they are", async () => {
  const { window } = page(async (address) => address);
  assert.equal(await window.fetch("/assets/x.js"), "/assets/x.js");
});
