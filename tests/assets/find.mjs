// Searches a list as the browser does: node find.mjs INDEX QUERIES, files of JSON; prints JSON.
import { readFileSync } from "node:fs";
import { run } from "./page.mjs";

const [index, queries] = process.argv.slice(2).map((name) => JSON.parse(readFileSync(name, "utf8")));
const document = { addEventListener() {}, querySelector: () => null, querySelectorAll: () => [] };
const { search } = run(["76-councils.js", "78-search/10-match.js"], { document }).explorer;
const ready = search.prepare(index);
console.log(JSON.stringify(queries.map((query) => search.find(ready, query))));
