/* One card as one picture: words, chart, notes, source, licence and link, always in the light palette. */
(() => {
  "use strict";

  const { explorer } = window;
  const SVG = "http://www.w3.org/2000/svg";
  const WIDTH = 1200;
  const MARGIN = 48;
  const COLUMN = WIDTH - 2 * MARGIN;
  const CHART_SCALE = 1.2;
  const PNG_SCALE = 2;
  const TOKENS = [
    "--ink",
    "--ink-2",
    "--border",
    "--border-strong",
    "--accent",
    "--accent-2",
    "--chart-surface",
  ];
  /** @typedef {{ size: number, weight: number, line: number, width: number, colour: string }} Style */
  const STYLES = {
    title: { size: 32, weight: 680, line: 40, width: COLUMN, colour: "--ink" },
    subtitle: { size: 19, weight: 400, line: 27, width: 1000, colour: "--ink-2" },
    kind: { size: 15.5, weight: 600, line: 23, width: 1000, colour: "--ink" },
    summary: { size: 20, weight: 520, line: 29, width: 1000, colour: "--ink" },
    small: { size: 15.5, weight: 400, line: 23, width: COLUMN, colour: "--ink-2" },
  };

  /**
   * The words of some elements, spaces as they are seen.
   * @param {Element} root Around them.
   * @param {string} selector Finds them.
   * @returns {string[]} None of them empty.
   */
  const wordsOf = (root, selector) =>
    [...root.querySelectorAll(selector)]
      .map((node) => (node.textContent ?? "").replace(/[ \t\r\n]+/g, " ").trim())
      .filter(Boolean);

  /**
   * The colours of the light theme.
   * @returns {Record<string, string>} By token.
   */
  function lightPalette() {
    const probe = document.createElement("div");
    probe.hidden = true;
    probe.dataset.bsTheme = "light";
    document.body.append(probe);
    const style = getComputedStyle(probe);
    const colours = Object.fromEntries(TOKENS.map((name) => [name, style.getPropertyValue(name).trim()]));
    probe.remove();
    return colours;
  }

  /**
   * How wide words are.
   * @param {string} text In one line.
   * @param {Style} style How they are set.
   * @returns {number} Pixels.
   */
  function measure(text, style) {
    const pen = penOf(document.createElement("canvas"));
    pen.font = `${style.weight} ${style.size}px ${explorer.figures.font}`;
    return pen.measureText(text.trimEnd()).width;
  }

  /**
   * What draws on a canvas.
   * @param {HTMLCanvasElement} canvas Any.
   * @returns {CanvasRenderingContext2D} Its context.
   * @throws {Error} The browser cannot draw.
   */
  function penOf(canvas) {
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("the browser cannot draw");
    return pen;
  }

  /**
   * Break words into lines. Spaces stay at the end of their line, so that the lines joined are the
   * text again.
   * @param {string} text In one line.
   * @param {(line: string) => boolean} fits Whether a line has room.
   * @returns {string[]} At least one line.
   */
  function wrap(text, fits) {
    const words = text.match(/[^ ]+ */g) || [];
    const clauses = words.flatMap((word) => (fits(word) ? [word] : word.match(/[^,&?]+[,&?]* */g) || [word]));
    const pieces = clauses.flatMap((clause) => (fits(clause) ? [clause] : [...clause]));
    const lines = [""];
    for (const piece of pieces) {
      if (fits(lines[lines.length - 1] + piece)) lines[lines.length - 1] += piece;
      else lines.push(piece);
    }
    return lines;
  }
  explorer.wrap = wrap;

  /**
   * Set attributes of an element.
   * @template {Element} T
   * @param {T} node The element.
   * @param {Record<string, string | number>} attributes By name.
   * @returns {T} The element.
   */
  function set(node, attributes) {
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
    return node;
  }

  /**
   * Add an element of SVG.
   * @param {Element} parent Around it.
   * @param {string} name Of the element.
   * @param {Record<string, string | number>} attributes By name.
   * @param {string} [text] In it.
   * @returns {Element} The element.
   */
  function add(parent, name, attributes, text) {
    const node = set(parent.ownerDocument.createElementNS(SVG, name), attributes);
    if (text !== undefined) node.textContent = text;
    return parent.appendChild(node);
  }

  /** @typedef {{ svg: Element, width: number, height: number }} Drawing a chart as an image, in pixels */

  /**
   * Write a picture from its top down.
   * @param {Element} root Of the picture.
   * @param {Record<string, string>} palette Colours by token.
   * @returns {Picture} What is written next stands below what was written before.
   */
  function pictureWriter(root, palette) {
    let y = MARGIN;
    return {
      height: () => Math.ceil(y + MARGIN - 12),
      gap(space) {
        y += space;
      },
      rule() {
        add(root, "path", { d: `M${MARGIN} ${y + 20}H${WIDTH - MARGIN}`, stroke: palette["--border"] });
        y += 36;
      },
      text(text, style, part, indent = 0) {
        const look = { "font-size": style.size, "font-weight": style.weight, fill: palette[style.colour] };
        const node = add(root, "text", { "data-part": part, ...look });
        for (const line of wrap(text, (line) => measure(line, style) <= style.width)) {
          add(node, "tspan", { x: MARGIN + indent, y: y + style.size }, line);
          y += style.line;
        }
      },
      label(text, simulated) {
        const frame = {
          x: MARGIN,
          y: y - 4.5,
          width: measure(text, STYLES.kind) + 24,
          height: 29,
          rx: 4,
          fill: "none",
        };
        add(root, "rect", {
          ...frame,
          stroke: palette[simulated ? "--accent-2" : "--border-strong"],
          "stroke-dasharray": simulated ? "5 3" : "none",
        });
        this.text(text, STYLES.kind, "kind", 12);
        y += 20;
      },
      chart({ svg, width, height }) {
        const nested = /** @type {Element} */ (root.ownerDocument.importNode(svg, true));
        root.append(
          set(nested, {
            x: MARGIN,
            y,
            width: COLUMN,
            height: height * CHART_SCALE,
            viewBox: `0 0 ${width} ${height}`,
          }),
        );
        y += height * CHART_SCALE;
      },
    };
  }

  /**
   * Give the ids of a drawing names that no other part of the picture has.
   * @param {Element} svg The drawing; changed in place, with all that refers to its ids.
   */
  function prefixIds(svg) {
    const known = new Set([...svg.querySelectorAll("[id]")].map((node) => node.id));
    const renamed = (/** @type {string} */ id) => (known.has(id) ? `chart-${id}` : id);
    for (const attribute of [...svg.querySelectorAll("*")].flatMap((node) => [...node.attributes])) {
      if (attribute.name === "id") attribute.value = renamed(attribute.value);
      else
        attribute.value = attribute.value.replace(
          /(url\(['"]?#|^#)([^'")]+)/g,
          (_, start, id) => start + renamed(id),
        );
    }
  }

  /**
   * Draw a chart in the light theme, as wide as the picture.
   * @param {PlotElement} plot On the page.
   * @returns {Promise<Drawing>} The drawing.
   * @throws {Error} There is no chart, or nothing to draw it with.
   */
  async function drawChart(plot) {
    const raw = explorer.raw(plot);
    if (!raw || !window.Plotly || !plot._fullLayout)
      throw new Error("there is no chart on this card to save");
    const width = Math.round(COLUMN / CHART_SCALE);
    const { data, layout } = explorer.dressed(raw, "light", width);
    const height = layout.height;
    const figure = { data, layout: { ...layout, width, height, autosize: false }, config: {} };
    const address = await window.Plotly.toImage(figure, { format: "svg", width, height });
    const markup = decodeURIComponent(address.slice(address.indexOf(",") + 1));
    const svg = new DOMParser().parseFromString(markup, "image/svg+xml").documentElement;
    prefixIds(svg);
    return { svg, width, height };
  }

  /**
   * The font as a rule of CSS. A picture cannot reach the page's fonts, so it carries the one it was
   * measured with.
   * @returns {Promise<string>} "" where the server has no such font.
   */
  async function fetchFont() {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const face = rules.find((rule) => rule instanceof CSSFontFaceRule && rule.cssText.includes("woff2"));
    const source =
      face instanceof CSSFontFaceRule && face.style.getPropertyValue("src").match(/url\("?([^")]+)/)?.[1];
    if (!source) return "";
    const response = await fetch(new URL(source, face.parentStyleSheet?.href || location.href));
    if (!response.ok) return "";
    const bytes = [...new Uint8Array(await response.arrayBuffer())].map((byte) => String.fromCharCode(byte));
    return `@font-face{font-family:Inter;font-weight:100 900;src:url(data:font/woff2;base64,${btoa(bytes.join(""))}) format("woff2")}`;
  }

  /** @type {Promise<string> | undefined} fetched once */
  let font;

  /**
   * The font, or nothing where it could not be had: the picture then shows the system's.
   * @returns {Promise<string>} A rule of CSS.
   */
  function fontRule() {
    font ??= fetchFont().catch(() => "");
    return font;
  }

  /**
   * Write a card into a picture.
   * @param {Picture} picture Still empty.
   * @param {HTMLElement} card The card.
   * @param {Drawing} chart Its chart.
   */
  function write(picture, card, chart) {
    /** @type {(selector: string, style: Style, part: string, gap: number) => void} */
    const every = (selector, style, part, gap) => {
      for (const text of wordsOf(card, selector)) picture.text(text, style, part);
      picture.gap(gap);
    };
    every("[data-part=topic]", STYLES.subtitle, "topic", 4);
    every(".card-title", STYLES.title, "title", 4);
    every("[data-part=subtitle]", STYLES.subtitle, "subtitle", 12);
    const simulated = card.querySelector(".kind--simulated") !== null;
    for (const text of wordsOf(card, "[data-part=kind]")) picture.label(text, simulated);
    picture.chart(chart);
    every("[data-part=summary]", STYLES.summary, "summary", 8);
    every("[data-part=technical]", STYLES.small, "technical", 12);
    picture.rule();
    every("[data-part=notes] li", STYLES.small, "note", 8);
    every("[data-part=source]", STYLES.small, "source", 0);
    if (card.dataset.licence) picture.text(card.dataset.licence, STYLES.small, "licence");
    const release = document.querySelector("[data-part=release]")?.textContent;
    if (release) picture.text(release, STYLES.small, "release");
    picture.text(explorer.permalink(), STYLES.small, "link");
  }

  /**
   * Make the picture of a card.
   * @param {HTMLElement} card The card.
   * @returns {Promise<{ svg: Blob, height: number }>} The picture, and how high it is in pixels.
   * @throws {Error} It has no chart.
   */
  async function compose(card) {
    const plot = /** @type {PlotElement | null} */ (card.querySelector(".js-plotly-plot"));
    const withheld = card.querySelector("[data-part=withheld]:not([hidden])");
    if (!plot?._fullLayout || withheld) throw new Error("there is no chart on this card to save");
    const [chart, rule] = await Promise.all([drawChart(plot), fontRule(), document.fonts.ready]);
    const palette = lightPalette();
    const root = document.implementation.createDocument(SVG, "svg").documentElement;
    add(root, "title", {}, wordsOf(card, ".card-title").join(" "));
    add(root, "style", {}, rule);
    add(root, "rect", { width: "100%", height: "100%", fill: palette["--chart-surface"] });
    add(root, "rect", { width: WIDTH, height: 8, fill: palette["--accent"] });
    const picture = pictureWriter(root, palette);
    write(picture, card, chart);
    const height = picture.height();
    set(root, {
      width: WIDTH,
      height,
      viewBox: `0 0 ${WIDTH} ${height}`,
      "font-family": explorer.figures.font,
    });
    return {
      svg: new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" }),
      height,
    };
  }

  /**
   * Draw a picture as PNG.
   * @param {{ svg: Blob, height: number }} picture And how high it is in pixels.
   * @returns {Promise<Blob>} The same as PNG.
   * @throws {Error} The browser cannot draw so large a picture.
   */
  async function drawnAsPng({ svg, height }) {
    const image = new Image();
    image.src = URL.createObjectURL(svg);
    await image.decode().finally(() => URL.revokeObjectURL(image.src));
    const canvas = set(document.createElement("canvas"), {
      width: WIDTH * PNG_SCALE,
      height: height * PNG_SCALE,
    });
    penOf(canvas).drawImage(image, 0, 0, canvas.width, canvas.height);
    /** @type {Blob | null} */
    const png = await new Promise((done) => {
      canvas.toBlob(done, "image/png");
    });
    if (!png) throw new Error("the browser could not draw a picture of this size");
    return png;
  }

  /**
   * Let the reader save the picture of a card.
   * @param {HTMLElement} card The card.
   * @param {string} kind "png" or "svg".
   * @param {string} name Of the file, without its extension.
   * @returns {Promise<string>} What was saved, in words.
   * @throws {Error} It could not be made.
   */
  async function saveImage(card, kind, name) {
    const picture = await compose(card);
    const blob = kind === "png" ? await drawnAsPng(picture) : picture.svg;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${name}.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    return `${link.download} saved, ${Math.ceil(blob.size / 1024).toLocaleString("en-GB")} kB.`;
  }

  explorer.pictureOf = async (card) => drawnAsPng(await compose(card));

  document.addEventListener("click", async (event) => {
    const button = explorer.closest(event, "button[data-image]");
    const card = /** @type {HTMLElement | null | undefined} */ (button?.closest("section.card"));
    const kind = button?.dataset.image;
    if (!card || !kind) return;
    const tell = (/** @type {string} */ text) =>
      card.querySelector("[data-part=image-status]")?.replaceChildren(text);
    tell(`Preparing the ${kind.toUpperCase()} image…`);
    try {
      tell(await saveImage(card, kind, button.dataset.file ?? card.dataset.file ?? "chart"));
    } catch (error) {
      tell(
        `The image could not be made: ${error instanceof Error ? error.message : error}. The other files are not affected.`,
      );
    }
  });
})();
