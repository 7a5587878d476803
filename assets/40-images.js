/* One card as one picture: words, chart, notes, source, licence and link, always in the light palette. */
(function () {
  'use strict';

  const explorer = window.explorer = window.explorer || {};
  const SVG = 'http://www.w3.org/2000/svg';
  const FONT = 'Inter, system-ui, "Segoe UI", Roboto, Arial, sans-serif';
  const LICENCE = 'Contains public sector information licensed under the Open Government Licence v3.0.';
  const WIDTH = 1200;
  const MARGIN = 48;
  const COLUMN = WIDTH - 2 * MARGIN;
  const CHART_SCALE = 1.2;
  const PNG_SCALE = 2;

  const STYLES = {
    title: { size: 32, weight: 680, line: 40, colour: '--ink' },
    subtitle: { size: 19, weight: 400, line: 27, colour: '--ink-2' },
    kind: { size: 16, weight: 650, line: 23, colour: '--ink' },
    says: { size: 20, weight: 520, line: 29, colour: '--ink' },
    small: { size: 15.5, weight: 400, line: 23, colour: '--ink-2' },
  };

  const wordsOf = (root, selector) =>
    [...root.querySelectorAll(selector)].map((node) => node.textContent.replace(/\s+/g, ' ').trim()).filter(Boolean);

  function lightPalette() {
    const probe = document.createElement('div');
    probe.hidden = true;
    probe.dataset.bsTheme = 'light';
    document.body.append(probe);
    const style = getComputedStyle(probe);
    const colours = Object.fromEntries(['--ink', '--ink-2', '--border', '--accent', '--accent-2', '--chart-surface']
      .map((name) => [name, style.getPropertyValue(name).trim()]));
    probe.remove();
    return colours;
  }

  /* Trailing spaces stay on their line, so that the lines joined are the text again. */
  function wrap(text, style, width) {
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = `${style.weight} ${style.size}px ${FONT}`;
    const fits = (line) => pen.measureText(line.trimEnd()).width <= width;
    const lines = [''];
    for (const word of text.match(/\S+\s*/g) || []) {
      const last = lines.length - 1;
      if (fits(lines[last] + word)) lines[last] += word;
      else if (fits(word)) lines.push(word);
      else for (const letter of word) {
        const end = lines.length - 1;
        if (fits(lines[end] + letter)) lines[end] += letter;
        else lines.push(letter);
      }
    }
    return lines.filter(Boolean);
  }

  function element(parent, name, attributes, text) {
    const node = parent.ownerDocument.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    return parent.appendChild(node);
  }

  function writer(root, palette) {
    return {
      y: MARGIN,
      gap(space) { this.y += space; },
      rule() { element(root, 'path', { d: `M${MARGIN} ${this.y}H${WIDTH - MARGIN}`, stroke: palette['--border'] }); },
      text(text, style, part, indent = 0) {
        const node = element(root, 'text', {
          'data-part': part, 'font-size': style.size, 'font-weight': style.weight, fill: palette[style.colour],
        });
        for (const line of wrap(text, style, COLUMN - indent)) {
          element(node, 'tspan', { x: MARGIN + indent, y: this.y + style.size }, line);
          this.y += style.line;
        }
      },
      chart(chart) {
        const height = chart.height * CHART_SCALE;
        const nested = root.ownerDocument.importNode(chart.root, true);
        const place = { x: MARGIN, y: this.y, width: COLUMN, height, viewBox: `0 0 ${chart.width} ${chart.height}` };
        for (const [key, value] of Object.entries(place)) nested.setAttribute(key, value);
        root.append(nested);
        this.y += height;
      },
    };
  }

  function parse(text) {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    if (root.nodeName !== 'svg') throw new Error('the chart could not be read');
    return root;
  }

  function prefixIds(root) {
    const known = new Map([...root.querySelectorAll('[id]')].map((node) => [node.id, `chart-${node.id}`]));
    known.forEach((renamed, id) => { root.querySelector(`[id="${CSS.escape(id)}"]`).id = renamed; });
    for (const node of root.querySelectorAll('*')) {
      for (const attribute of node.attributes) {
        if (attribute.value.includes('#')) {
          attribute.value = attribute.value
            .replace(/url\((['"]?)#([^'")]+)\1\)/g, (whole, quote, id) => `url(#${known.get(id) || id})`)
            .replace(/^#(.+)$/, (whole, id) => (known.has(id) ? `#${known.get(id)}` : whole));
        }
      }
    }
  }

  async function drawChart(plot) {
    const { data, layout } = explorer.dressed(explorer.raw(plot), 'light');
    const width = Math.round(COLUMN / CHART_SCALE);
    const height = Math.round(plot._fullLayout.height);
    const figure = { data, layout: { ...layout, width, height, autosize: false }, config: {} };
    const address = await window.Plotly.toImage(figure, { format: 'svg', width, height });
    const root = parse(decodeURIComponent(address.slice(address.indexOf(',') + 1)));
    prefixIds(root);
    return { root, width, height };
  }

  /* A picture cannot reach the page's fonts, so it carries the one it was measured with. */
  let fontRule;
  function fontInside() {
    fontRule = fontRule || fetchFont().catch(() => '');
    return fontRule;
  }

  async function fetchFont() {
    const sheet = [...document.styleSheets].find((one) => one.href && one.href.includes('30-parts'));
    const face = [...sheet.cssRules].find((rule) => rule instanceof CSSFontFaceRule);
    const source = face.style.getPropertyValue('src').match(/url\("?([^")]+)/)[1];
    const response = await fetch(new URL(source, sheet.href));
    if (!response.ok) return '';
    const bytes = new Uint8Array(await response.arrayBuffer());
    const binary = bytes.reduce((text, byte) => text + String.fromCharCode(byte), '');
    return `@font-face{font-family:Inter;font-weight:100 900;src:url(data:font/woff2;base64,${btoa(binary)}) format("woff2")}`;
  }

  function writeAbove(pen, card) {
    wordsOf(card, '.card-title').forEach((text) => pen.text(text, STYLES.title, 'title'));
    pen.gap(4);
    wordsOf(card, '[data-part=subtitle]').forEach((text) => pen.text(text, STYLES.subtitle, 'subtitle'));
    pen.gap(8);
    wordsOf(card, '[data-part=kind]').forEach((text) => pen.text(text, STYLES.kind, 'kind'));
    pen.gap(14);
    wordsOf(card, '[data-part=says]').forEach((text) => pen.text(text, STYLES.says, 'says'));
    pen.gap(20);
  }

  function writeBelow(pen, card) {
    pen.gap(20);
    pen.rule();
    pen.gap(16);
    wordsOf(card, '[data-part=notes] li').forEach((text) => pen.text(text, STYLES.small, 'note'));
    pen.gap(8);
    wordsOf(card, '[data-part=source]').forEach((text) => pen.text(text, STYLES.small, 'source'));
    pen.text(LICENCE, STYLES.small, 'licence');
    pen.text(location.href, STYLES.small, 'link');
  }

  async function compose(card) {
    const plot = card.querySelector('.js-plotly-plot');
    const withheld = card.querySelector('[data-part=withheld]');
    if (!plot || !plot._fullLayout || (withheld && !withheld.hidden)) throw new Error('there is no chart on this card to save');
    const [chart, font] = await Promise.all([drawChart(plot), fontInside(), document.fonts.ready]);
    const palette = lightPalette();
    const root = document.implementation.createDocument(SVG, 'svg').documentElement;
    element(root, 'title', {}, wordsOf(card, '.card-title').join(' '));
    if (font) element(root, 'style', {}, font);
    const paper = element(root, 'rect', { width: WIDTH, fill: palette['--chart-surface'] });
    element(root, 'rect', { width: WIDTH, height: 8, fill: palette['--accent'] });
    const pen = writer(root, palette);
    writeAbove(pen, card);
    pen.chart(chart);
    writeBelow(pen, card);
    const height = Math.ceil(pen.y + MARGIN - 12);
    const frame = { width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}`, 'font-family': FONT };
    for (const [key, value] of Object.entries(frame)) root.setAttribute(key, value);
    paper.setAttribute('height', height);
    return { text: new XMLSerializer().serializeToString(root), height };
  }

  async function toPng(picture) {
    const address = URL.createObjectURL(new Blob([picture.text], { type: 'image/svg+xml' }));
    try {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = WIDTH * PNG_SCALE;
      canvas.height = picture.height * PNG_SCALE;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => { canvas.toBlob(done, 'image/png'); });
      if (!blob) throw new Error('the browser could not draw a picture of this size');
      return blob;
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  function save(blob, name) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function saveImage(card, kind) {
    const picture = await compose(card);
    const blob = kind === 'png' ? await toPng(picture) : new Blob([picture.text], { type: 'image/svg+xml' });
    const name = `${card.dataset.file}.${kind}`;
    save(blob, name);
    return `${name} saved, ${Math.max(1, Math.round(blob.size / 1024)).toLocaleString('en-GB')} kB.`;
  }

  document.addEventListener('click', async (event) => {
    const button = event.target.closest('button[data-image]');
    const card = button && button.closest('section.card');
    if (!card || card.dataset.imageBusy) return;
    const status = card.querySelector('[data-part=image-status]');
    const tell = (text) => { if (status) status.textContent = text; };
    card.dataset.imageBusy = 'true';
    tell(`Preparing the ${button.dataset.image.toUpperCase()} image…`);
    try {
      tell(await saveImage(card, button.dataset.image));
    } catch (error) {
      tell(`The image could not be made: ${error.message}. The other files are not affected.`);
    } finally {
      delete card.dataset.imageBusy;
    }
  });
}());
