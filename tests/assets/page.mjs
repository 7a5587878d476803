// Our scripts as a browser would run them, in a page of stand-ins: what a test needs and no more.
import { readdirSync, readFileSync } from "node:fs";
import vm from "node:vm";

const ASSETS = new URL("../../assets/", import.meta.url);

/**
 * Run scripts in an empty page.
 * @param {string[]} names Below assets/; a folder stands for its scripts in their order.
 * @param {Record<string, unknown>} [given] Globals of the page, added to those that every page has.
 * @returns {any} The window.
 */
export function run(names, given = {}) {
  const window = {
    document: new Proxy({}, { get: () => () => null }),
    addEventListener() {},
    URLSearchParams,
    URL,
    setTimeout,
    clearTimeout,
    AbortController,
    Response,
    explorer: { closest: () => null },
    ...given,
  };
  window.window = window;
  const page = vm.createContext(window);
  for (const name of names.flatMap(scriptsOf)) {
    vm.runInContext(readFileSync(new URL(name, ASSETS), "utf8"), page, { filename: name });
  }
  return page;
}

/**
 * The scripts that a name stands for.
 * @param {string} name Below assets/.
 * @returns {string[]} In the order in which they are joined.
 */
function scriptsOf(name) {
  if (name.endsWith(".js")) return [name];
  const parts = readdirSync(new URL(`${name}/`, ASSETS)).filter((part) => part.endsWith(".js"));
  return parts.sort().map((part) => `${name}/${part}`);
}

/**
 * A value of the page as one of ours: arrays and objects of another page are not equal to our own.
 * @param {unknown} value JSON.
 * @returns {any} The same.
 */
export const ours = (value) => JSON.parse(JSON.stringify(value));
