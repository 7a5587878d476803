/* Words of cards: what no line breaks, and terms of the glossary where a card first says them. Each term
   is a button that opens its words below it: with the pointer after a moment, by key or touch at once.
   They stay while the pointer is on either, or, once pressed, until Escape or a press elsewhere
   (WCAG 1.4.13). */
(() => {
  "use strict";
  const { explorer } = window;
  const LIST = "terms.json";
  const OPENS = 250; // milliseconds that the pointer rests on a term before its words come
  const CLOSES = 300; // and that it may be on its way to them
  const SPACE = 6; // pixels between a term and its words
  const EDGE = 16; // and from there to the edge of the window
  /** @type {WeakMap<Element, string>} what the buttons of an element were made from */
  const made = new WeakMap();
  /** @type {Promise<Record<string, [string, string]>> | null} */
  let fetched = null;
  /** @type {HTMLElement | null} the term whose words are open */
  let open = null;
  let isPinned = false; // the reader pressed it
  let timer = 0;

  /* ----- the buttons ----- */

  /**
   * A term as a button that can be broken into lines and copied with its sentence, as no native one can.
   * @param {string} words As the sentence says it.
   * @param {string} key Of the term.
   * @returns {HTMLElement} Closed.
   */
  function button(words, key) {
    const term = explorer.element("span", words, {
      class: "term",
      role: "button",
      tabindex: "0",
      "aria-expanded": "false",
    });
    term.dataset.term = key;
    return term;
  }

  /* ----- what no line breaks ----- */

  // A sign with its amount, "p = 0.002", "n 10", and a dot between two facts with what is before it.
  const WHOLE = /(?:\b[np] (?:[=<] )?)?\S+ ·|\b[np] (?:[=<] )?\d[\d,.]*|[−+±]£?\d[\d,.]*/g;

  explorer.wholes = (words, terms) => {
    const found = [...words.matchAll(WHOLE)].map(({ index, 0: one }) => {
      const start = [...words.slice(0, index)].length; // in letters, as the server counts them
      return { start, end: start + [...one].length };
    });
    for (const whole of found) {
      for (const { start, end } of terms) {
        if (start >= whole.end || end <= whole.start) continue;
        whole.start = Math.min(start, whole.start);
        whole.end = Math.max(end, whole.end);
      }
    }
    return found.filter(({ start }, at) => !at || start >= found[at - 1].end);
  };

  /**
   * Part of some words, with buttons for the terms in it.
   * @param {string[]} letters Of all of the words.
   * @param {Mention[]} terms Of all of the words, none of them partly in the part.
   * @param {number} from The first letter.
   * @param {number} to The one after the last.
   * @returns {(string | HTMLElement)[]} In reading order.
   */
  function pieces(letters, terms, from, to) {
    const inside = terms.filter(({ start, end }) => start >= from && end <= to);
    const parts = inside.flatMap(({ start, end, key }, at) => {
      const before = letters.slice(at ? inside[at - 1].end : from, start).join("");
      return [before, button(letters.slice(start, end).join(""), key)];
    });
    return [...parts, letters.slice(inside.at(-1)?.end ?? from, to).join("")];
  }

  explorer.writeTerms = (node, words, said) => {
    if (node.textContent === words && made.get(node) === said) return;
    made.set(node, said);
    const letters = [...words]; // as the server counts them
    const terms = said.split(" ").flatMap((one) => {
      const [start, end, key] = one.split("-");
      return key ? [{ start: Number(start), end: Number(end), key }] : [];
    });
    let from = 0;
    const parts = explorer.wholes(words, terms).flatMap(({ start, end }) => {
      const whole = explorer.element("span", pieces(letters, terms, start, end), { class: "unbroken" });
      const before = pieces(letters, terms, from, start);
      from = end;
      return [...before, whole];
    });
    node.replaceChildren(...parts, ...pieces(letters, terms, from, letters.length));
  };

  explorer.markTerms = () => {
    /** @type {NodeListOf<HTMLElement>} */
    const nodes = document.querySelectorAll("[data-terms], .summary, .technical, .headline");
    for (const node of nodes) {
      const said = node.dataset.terms ?? made.get(node) ?? (node.childElementCount ? null : "");
      if (said === null) continue; // it holds more than words
      delete node.dataset.terms;
      explorer.writeTerms(node, node.textContent ?? "", said);
    }
  };

  /* ----- the words ----- */

  /**
   * The words of every term, fetched when the first is asked for; after a refusal asked for again.
   * @returns {Promise<Record<string, [string, string]>>} Name and words by key.
   */
  function list() {
    fetched ??= explorer
      .load(explorer.at(`/search/${LIST}${explorer.programme()}`))
      .then((body) => JSON.parse(body))
      .catch((refusal) => {
        fetched = null;
        throw refusal;
      });
    return fetched;
  }

  /**
   * The box that the words are shown in.
   * @returns {HTMLElement} The same for all terms.
   */
  function box() {
    const there = document.getElementById("term-words");
    if (there) return there;
    const empty = explorer.element("div", [], { id: "term-words", class: "term-words", popover: "manual" });
    document.body.append(empty);
    return empty;
  }

  /** Close the words. */
  function close() {
    clearTimeout(timer);
    if (!open) return;
    open.setAttribute("aria-expanded", "false");
    open = null;
    isPinned = false;
    box().hidePopover();
  }

  /**
   * Put the box below a term, or above it where there is no room.
   * @param {HTMLElement} term The term.
   */
  function place(term) {
    const lines = term.getClientRects();
    const { left, top, bottom } = lines[0] ?? term.getBoundingClientRect();
    const { offsetWidth, offsetHeight, style } = box();
    const width = document.documentElement.clientWidth;
    const below = lines[lines.length - 1]?.bottom ?? bottom;
    const isBelow = below + SPACE + offsetHeight < innerHeight;
    const x = Math.max(EDGE, Math.min(left, width - EDGE - offsetWidth));
    const y = isBelow ? below + SPACE : Math.max(SPACE, top - SPACE - offsetHeight);
    style.left = `${x + scrollX}px`;
    style.top = `${y + scrollY}px`;
  }

  /**
   * Open the words of a term.
   * @param {HTMLElement} term Its button.
   * @param {boolean} pin Whether the reader pressed it: then they are read out, and stay.
   */
  async function show(term, pin) {
    clearTimeout(timer);
    if (open !== term) close();
    open = term;
    isPinned = pin;
    let name = "";
    let words = "";
    try {
      [name, words] = (await list())[term.dataset.term ?? ""];
    } catch (refusal) {
      words = `This could not be loaded. ${/** @type {Error} */ (refusal).message}`;
    }
    if (open !== term || !term.isConnected) return;
    const address = explorer.withSelection(explorer.at(`/data#term-${term.dataset.term}`));
    const entry = explorer.element("a", "All terms", { href: address });
    box().replaceChildren(
      explorer.element("p", name, { class: "term-name" }),
      explorer.element("p", words),
      entry,
    );
    term.setAttribute("aria-expanded", "true");
    if (!box().matches(":popover-open")) box().showPopover({ source: term });
    place(term);
    if (isPinned) explorer.announce(`${name}: ${words}`);
  }

  /**
   * A term was pressed: open its words, keep them, or close them.
   * @param {HTMLElement} term Its button.
   */
  function press(term) {
    if (open === term && isPinned) close();
    else show(term, true);
  }

  document.addEventListener("click", (event) => {
    const term = explorer.closest(event, ".term");
    if (term) press(term);
    else if (explorer.closest(event, ".term-words a")) close();
  });

  document.addEventListener("keydown", (event) => {
    if (open && event.key === "Escape") {
      event.preventDefault();
      if (box().contains(document.activeElement)) open.focus();
      close();
      return;
    }
    const term = explorer.closest(event, ".term");
    if (!term || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    press(term);
  });

  for (const leaving of /** @type {const} */ (["pointerdown", "focusin"])) {
    document.addEventListener(leaving, (event) => {
      if (open && explorer.closest(event, ".term") !== open && !explorer.closest(event, ".term-words"))
        close();
    });
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const term = explorer.closest(event, ".term");
    const isKept = explorer.closest(event, ".term-words") || (term && term === open);
    if (isKept) clearTimeout(timer);
    else if (term && !isPinned) {
      clearTimeout(timer);
      timer = window.setTimeout(() => show(term, false), OPENS);
    }
  });

  document.addEventListener("pointerout", (event) => {
    if (isPinned || !explorer.closest(event, ".term, .term-words")) return;
    clearTimeout(timer);
    timer = window.setTimeout(close, CLOSES);
  });
})();
