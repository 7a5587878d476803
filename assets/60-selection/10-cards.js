/* What an answer changes in the page: each card its words and its chart, the words above the cards,
   and what is wrong with a field. */
(() => {
  "use strict";
  const { explorer } = window;

  /**
   * Make an element.
   * @param {string} name Of the element.
   * @param {string | (string | Node)[]} words What stands in it.
   * @param {Record<string, string>} [marks] Attributes by name.
   * @returns {HTMLElement} The element.
   */
  function element(name, words, marks = {}) {
    const made = document.createElement(name);
    made.append(...[words].flat());
    for (const [key, value] of Object.entries(marks)) made.setAttribute(key, value);
    return made;
  }

  /**
   * A part of a card or page by its `data-part`.
   * @param {ParentNode} section Around it.
   * @param {string} name Of the part.
   * @returns {HTMLElement | null} Nothing where there is no such part.
   */
  const part = (section, name) => section.querySelector(`[data-part="${name}"]`);

  /**
   * Every card of the page.
   * @returns {HTMLElement[]} In the order of the page.
   */
  const all = () =>
    [...document.querySelectorAll("section.card")].filter((one) => one instanceof HTMLElement);

  /**
   * Every headline of the page.
   * @returns {HTMLElement[]} In the order of the page.
   */
  const headlines = () =>
    [...document.querySelectorAll("[data-headline]")].filter((one) => one instanceof HTMLElement);

  /**
   * Whether any part of an element is in the window.
   * @param {Element} section The element.
   * @returns {boolean} False above and below the window.
   */
  function inView(section) {
    const box = section.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }

  /**
   * Write words where others stand: for the same ones the browser would lay the page out again.
   * @param {Element} node Where.
   * @param {string} words Without markup.
   */
  function write(node, words) {
    if (node.textContent !== words) node.textContent = words;
  }

  /**
   * Write the words of a card.
   * @param {HTMLElement} section The card.
   * @param {Piece} piece What the server says of it.
   */
  function setWords(section, piece) {
    for (const name of /** @type {const} */ (["title", "topic", "own", "subtitle", "summary", "technical"])) {
      const node = part(section, name);
      if (node) explorer.writeTerms(node, piece[name], piece.terms[name] ?? "");
    }
    const alone = document.querySelector("main:has(> .card-home) > h1");
    if (alone) write(alone, piece.topic || piece.title);
    const withheld = part(section, "withheld");
    if (withheld) {
      write(withheld, piece.withheld);
      withheld.hidden = !piece.withheld;
    }
    const notes = part(section, "notes");
    const listed = [...(notes?.children ?? [])].map((one) => one.textContent);
    if (notes && listed.join("\n") !== piece.notes.join("\n")) {
      notes.replaceChildren(...piece.notes.map((words) => element("li", words)));
    }
  }

  /**
   * Make room for the chart of a card.
   * @param {string} key Of the card.
   * @param {Figure | null} figure Nothing where the card has no chart.
   * @returns {HTMLElement | null} Where it is drawn; nothing where the card has no chart.
   */
  function roomFor(key, figure) {
    const graph = document.getElementById(`graph-${key}`);
    const chart = /** @type {HTMLElement | null | undefined} */ (graph?.closest(".chart"));
    if (!figure || !graph || !chart) return null;
    const { height, meta } = figure.layout;
    const rooms = { "--chart-height": `${height}px`, "--chart-tall": `${meta?.tall ?? height}px` };
    for (const [name, room] of Object.entries(rooms)) {
      if (chart.style.getPropertyValue(name) !== room) chart.style.setProperty(name, room);
    }
    return graph;
  }

  /**
   * Draw the charts of cards.
   * @param {Iterable<Shown>} shown The cards.
   */
  function draw(shown) {
    const rooms = [...shown].map(({ key, piece }) => ({
      figure: piece.figure,
      graph: roomFor(key, piece.figure),
    }));
    for (const { figure, graph } of rooms) if (figure && graph) explorer.draw(graph, figure);
  }

  /** @typedef {{ key: string, piece: Piece, section: HTMLElement }} Shown a card with what becomes of it */

  const LATE = 200; // ms after which a card shows that it waits
  let late = 0;

  /**
   * Say that cards wait for an answer. The styles show it of those that wait long: drawing that of all
   * would take from the browser the time in which most answers come.
   * @param {Iterable<Element>} sections The cards.
   */
  function wait(sections) {
    for (const one of sections) one.setAttribute("aria-busy", "true");
    clearTimeout(late);
    late = setTimeout(() => {
      for (const one of document.querySelectorAll("section.card[aria-busy]"))
        one.setAttribute("data-late", "");
    }, LATE);
  }

  /**
   * Say that a card waits for nothing.
   * @param {Element} section The card.
   */
  function free(section) {
    section.removeAttribute("aria-busy");
    section.removeAttribute("data-late");
  }

  /**
   * Bring the words of a card up to date.
   * @param {Shown} shown The card, and what the server says of it.
   */
  function tell({ piece, section }) {
    setWords(section, piece);
    free(section);
    section.removeAttribute("data-stale");
  }

  /**
   * The first card that says something else from now on.
   * @param {Record<string, Piece>} pieces By key of the card.
   * @returns {Piece | undefined} Nothing where all say the same.
   */
  function news(pieces) {
    const says = /** @type {const} */ (["title", "summary", "withheld"]);
    return Object.entries(pieces).find(([key, piece]) => {
      const section = document.getElementById(`card-${key}`);
      return (
        section && says.some((name) => (part(section, name)?.textContent ?? piece[name]) !== piece[name])
      );
    })?.[1];
  }

  /**
   * Bring cards up to date: those in view first, the others after the paint.
   * @param {Record<string, Piece>} pieces By key of the card.
   * @param {() => boolean} isNewest Whether no newer answer has come; one ends the queue of an older.
   */
  function drawAll(pieces, isNewest) {
    const shown = Object.entries(pieces).flatMap(([key, piece]) => {
      const section = document.getElementById(`card-${key}`);
      return section ? [{ key, piece, section }] : [];
    });
    const near = new Set(shown.filter((one) => inView(one.section))); // read every box before any write
    const later = shown.filter((one) => !near.has(one));
    // Plotly measures what it draws: that is quick as long as nothing around has changed.
    draw(near);
    for (const one of near) tell(one);
    const next = () => {
      const one = isNewest() ? later.shift() : undefined;
      if (!one) return;
      draw([one]);
      tell(one);
      explorer.afterPaint(next);
    };
    explorer.afterPaint(next);
  }

  /**
   * Write what stands above the cards: the selection in words, notices, headlines.
   * @param {Answered} answer Of the server.
   */
  function setHead(answer) {
    const words = part(document, "words");
    if (words) write(words, answer.words);
    const notice = part(document, "notice");
    if (notice) {
      notice.replaceChildren(...answer.notices.map((said) => element("p", said)));
      notice.hidden = !answer.notices.length;
    }
    const cited = part(document, "cited");
    if (cited && !new URLSearchParams(answer.query).has("release")) cited.remove();
    else if (cited?.dataset.fill) {
      cited.dataset.fill = cited.dataset.fill.split("?")[0] + answer.query;
      delete cited.dataset.filled;
      explorer.panels.fillPage();
    }
    for (const one of headlines()) {
      const piece = answer.cards[one.dataset.headline ?? ""];
      if (piece) {
        const layer = /** @type {"headline" | "summary" | "title" | "brief"} */ (one.dataset.layer);
        write(one, piece[layer]);
      }
    }
  }

  /**
   * The element of a control of the selection.
   * @param {string} name Of the control.
   * @returns {HTMLElement | null} Nothing where the page has no such control.
   */
  const control = (name) => document.getElementById(`{"name":"${name}","type":"control"}`);

  /**
   * Tie a field to its hint and to the place that says what is wrong with it.
   * @param {Element} field The field.
   * @param {string} ids Of what describes it, with spaces.
   * @param {boolean} isFaulty Whether anything is wrong.
   */
  function tie(field, ids, isFaulty) {
    field.setAttribute("aria-describedby", ids); // Dash does not offer it
    if (isFaulty) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  /** Tie the fields of a form, which is no part of the selection, to what is said of them. */
  function tieForm() {
    /** @type {NodeListOf<HTMLElement>} */
    const places = document.querySelectorAll("[data-of]");
    for (const place of places) {
      const id = place.dataset.of ?? "";
      const field = document.getElementById(id);
      const hint = document.getElementById(`${id}-hint`);
      const said = [place, ...place.children].some((one) => one.matches(".fault") && one.textContent);
      const ids = new Set([place.id, hint?.id ?? place.id]); // a field without faults has its hint alone
      if (field) tie(field, [...ids].join(" "), said);
    }
  }

  /**
   * Say beside each field what is wrong with it; what was typed stays in it.
   * @param {Record<string, string>} faults Sentences by parameter.
   * @returns {boolean} Whether anything else is wrong now, which is read out where it stands.
   */
  function setFaults(faults) {
    let isNew = false;
    /** @type {NodeListOf<HTMLElement>} */
    const places = document.querySelectorAll("[data-fault]");
    for (const place of places) {
      const name = place.dataset.fault ?? "";
      const words = faults[name] || "";
      isNew ||= words !== "" && words !== place.textContent;
      write(place, words);
      const field = control(name);
      if (!field) continue;
      field.inputMode = "decimal"; // Dash does not offer it
      tie(field, `${place.id} ${place.dataset.hint}`, Boolean(words));
    }
    return isNew;
  }

  /**
   * Say something to those who hear the page.
   * @param {string} words A sentence.
   */
  function announce(words) {
    const live = document.getElementById("live");
    if (!live) return;
    if (live.textContent === words) live.textContent = ""; // the same words again are news again
    live.textContent = words;
  }

  explorer.announce = announce;
  explorer.element = element;
  explorer.cards = {
    all,
    headlines,
    inView,
    wait,
    free,
    news,
    drawAll,
    setHead,
    setFaults,
    tieForm,
    control,
  };
})();
