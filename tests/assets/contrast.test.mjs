// Words and marks of charts can be told from what is behind them, in both themes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const STYLES = readFileSync(new URL("../../assets/30-parts/06-tokens.css", import.meta.url), "utf8");
const [light, dark] = STYLES.split("@media screen");
const BEHIND = ["surface", "page"]; // cards, and cards that were folded
const BANDS = Object.keys(tokens(light)).filter((name) => name.startsWith("band-"));
const WORDS = ["chart-ink", "chart-muted", "accent", "accent-2", "comparator", ...BANDS];
const MARKS = ["comparator-soft", "suppressed"];
/** @type {[string, string][]} words, and the mark that they are in */
const INSIDE = [
  ...["accent", "accent-2", ...BANDS].map((mark) => /** @type {any} */ (["on-accent", mark])),
  ...["accent-soft", "accent-2-soft", "surface-2"].map((mark) => /** @type {any} */ (["chart-ink", mark])),
];

/**
 * The colours of a theme.
 * @param {string} styles Of the theme.
 * @returns {Record<string, string>} By token.
 */
function tokens(styles) {
  const found = styles.matchAll(/--([\w-]+): (#[\da-f]+);/g);
  return Object.fromEntries([...found].map(([, name, value]) => [name, value]));
}

/**
 * How light a colour is, as WCAG 2.2 defines it.
 * @param {string} colour "#rgb" or "#rrggbb".
 * @returns {number} 0 to 1.
 */
function luminance(colour) {
  const digits =
    colour.length === 4 ? [...colour.slice(1)].map((one) => one + one) : colour.slice(1).match(/../g);
  const [red, green, blue] = (digits ?? []).map((pair) => {
    const part = Number.parseInt(pair, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * The contrast of two colours.
 * @param {string} one A colour.
 * @param {string} other Another.
 * @returns {number} 1 to 21.
 */
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test("no two bands have a colour in common, in either theme", () => {
  for (const styles of [light, dark]) {
    const colours = BANDS.map((name) => tokens(styles)[name]);
    assert.equal(new Set(colours).size, BANDS.length);
    assert.ok(!colours.includes(undefined));
  }
});

test("contrast is counted as WCAG counts it", () => {
  assert.equal(contrast("#fff", "#000000"), 21);
  assert.equal(contrast("#777777", "#fff").toFixed(2), "4.48");
});

for (const [theme, styles] of [
  ["light", light],
  ["dark", dark],
]) {
  const colours = tokens(styles);
  test(`words in charts have a contrast of 4.5 at least, ${theme}`, () => {
    for (const word of WORDS) {
      for (const behind of BEHIND) {
        const found = contrast(colours[word], colours[behind]);
        assert.ok(found >= 4.5, `${word} on ${behind}: ${found.toFixed(2)}`);
      }
    }
    for (const [word, mark] of INSIDE) {
      const found = contrast(colours[word], colours[mark]);
      assert.ok(found >= 4.5, `${word} in ${mark}: ${found.toFixed(2)}`);
    }
  });

  test(`marks have a contrast of 3 at least, ${theme}`, () => {
    for (const mark of MARKS) {
      for (const behind of BEHIND) {
        const found = contrast(colours[mark], colours[behind]);
        assert.ok(found >= 3, `${mark} on ${behind}: ${found.toFixed(2)}`);
      }
    }
  });
}
