/* What is marked: passed over by pointer or keyboard, or kept by a press. What is kept is in the
   address, and on the bar, until Escape or its button takes it away; the server is not asked. */
(() => {
  "use strict";
  const { explorer } = window;
  const { selection } = explorer;
  const { state } = selection;
  const AGAIN = ". Tap again to open it.";
  const TWICE = 500; // ms, in which two presses are one that was meant to be quick

  let passing = ""; // key of what the reader is at
  /** @type {Map<string, string>} names of what was marked, by key */
  const names = new Map();
  let frame = 0; // of the next paint, before which it is shown
  /** @type {Press | undefined} */
  let pressed;
  /** @type {Element | null} */
  let said = null; // the chart below which the words of a point are since it was pressed

  /** Show what is marked in every chart before the next paint. */
  function paint() {
    if (frame) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      explorer.marks.show([state.mark, passing]);
    });
  }

  /**
   * The line on the bar that says what is kept.
   * @returns {HTMLElement | null} Nothing on a page without a bar.
   */
  const line = () => document.querySelector('[data-part="mark"]');

  /**
   * The page about something that can be marked.
   * @param {string} key Of it.
   * @returns {string} Its address without the selection; "" where there is none, or it is this page.
   */
  function pageOf(key) {
    const folder = selection.folder(explorer.marks.told(key)?.parameter ?? "");
    const address = folder && explorer.at(`/${folder}/${key}`);
    return address && selection.samePath(address, location.pathname) ? "" : address;
  }

  /**
   * Say on the bar what is kept.
   * @param {string} name Of it.
   * @param {string} address Of its page, or "".
   */
  function write(name, address) {
    const place = line();
    const link = place?.querySelector("a");
    if (!place || !link) return;
    if (!state.mark && place.contains(document.activeElement)) {
      document.getElementById("page-title")?.focus({ preventScroll: true });
    }
    place.hidden = !state.mark;
    place.dataset.mark = state.mark;
    link.textContent = name;
    for (const one of ["href", "data-follow", "data-base"]) link.removeAttribute(one);
    if (!address) return;
    link.href = address;
    link.dataset.follow = "";
  }

  /**
   * Keep a mark, or none.
   * @param {string} key Of what is marked; "" for nothing.
   * @param {string} name Of it.
   * @param {string} address Of its page, or "".
   */
  function keep(key, name, address) {
    state.mark = key;
    names.set(key, name);
    write(name, address);
    selection.readdress();
    explorer.follow();
    paint();
    if (!key) return explorer.announce("Nothing is marked.");
    const again = address ? " Press it again to open its page." : "";
    const rows = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("tr[data-mark]"));
    const inTable = [...rows].some((row) => row.dataset.mark === key);
    explorer.announce(explorer.keys.sentence(name, explorer.marks.charts(key), inTable) + again);
  }

  /**
   * Say the words of a point below its chart, and take away those of another.
   * @param {Element | null} chart Nothing to take them away alone.
   * @param {string} words Of the point.
   */
  function say(chart, words) {
    if (said && said !== chart) explorer.plotPoints.say(said, "");
    if (chart) explorer.plotPoints.say(chart, words);
    said = chart;
  }

  /** Take the mark away. */
  function clear() {
    pressed = undefined;
    say(null, "");
    if (state.mark) keep("", "", "");
  }

  /**
   * Keep what is pressed; what is kept already leads to its page.
   * @param {string} key Of what is pressed, not "".
   * @param {string} name Of it.
   * @param {string} address Of its page, or "".
   */
  function press(key, name, address) {
    const now = performance.now();
    const before = key === state.mark && pressed?.key === key ? pressed.at : undefined;
    pressed = { at: now, key, trace: "", point: 0 };
    if (before === undefined) keep(key, name, address);
    else if (address && now - before > TWICE) explorer.open(address);
  }

  explorer.mark = {
    pass(key) {
      if (key === passing) return;
      passing = key;
      paint();
    },

    show() {
      paint();
      if ((line()?.dataset.mark ?? "") === state.mark) return; // the server, or a press, has named it
      const name = explorer.marks.told(state.mark)?.name ?? names.get(state.mark) ?? state.mark;
      write(name, pageOf(state.mark));
      explorer.follow();
    },

    press(plot, trace, point, touch) {
      const leads = explorer.points.leadsTo(trace.customdata?.[point]);
      const again = pressed && pressed.trace === trace.uid && pressed.point === point;
      const soon = pressed && performance.now() - pressed.at < TWICE; // a finger presses twice in a moment
      if (leads && (!touch || (again && !soon))) return leads;
      say(plot.closest(".chart"), explorer.points.wordsOf(trace, point) + (touch && leads ? AGAIN : ""));
      explorer.plotPoints.ring(plot);
      if (touch) explorer.plotPoints.bringIntoView(plot, trace, point); // its words may cover it
      const key = explorer.marks.known(explorer.keys.keysOf(trace, point)[0]);
      if (key) press(key, explorer.marks.told(key)?.name ?? "", pageOf(key));
      pressed = { at: performance.now(), key, trace: trace.uid, point };
      return "";
    },
  };

  /* ----- rows ----- */

  /**
   * The row that is marked by what happens in it.
   * @param {Event} event In the page.
   * @returns {HTMLElement | null} Nothing outside rows that have a key.
   */
  const rowOf = (event) => explorer.closest(event, "tr[data-mark]");

  for (const name of /** @type {const} */ (["pointerover", "focusin"])) {
    document.addEventListener(name, (event) => {
      const row = rowOf(event);
      if (row) explorer.mark.pass(row.dataset.mark ?? "");
    });
  }

  for (const name of /** @type {const} */ (["pointerout", "focusout"])) {
    document.addEventListener(name, (event) => {
      if (rowOf(event)) explorer.mark.pass("");
    });
  }

  document.addEventListener("click", (event) => {
    if (explorer.closest(event, "#mark-clear, #reset")) return clear();
    const row = rowOf(event);
    const isText = getSelection()?.isCollapsed === false; // words are being marked to be copied
    if (!row || isText || !explorer.isPlain(event) || explorer.closest(event, "a, button")) return;
    const key = row.dataset.mark ?? "";
    const head = row.querySelector("th");
    const link = head?.querySelector("a"); // a row's head may hold more than its name
    const name = explorer.marks.told(key)?.name ?? (link ?? head)?.textContent?.trim() ?? "";
    press(key, name, pageOf(key) || (link?.dataset.base ?? ""));
  });

  /* ----- keys ----- */

  document.addEventListener("keydown", (event) => {
    const chart = event.target;
    if (!(chart instanceof HTMLElement) || !chart.matches(".chart-stop") || !passing) return;
    if (event.key !== " " && (event.key !== "Enter" || chart.dataset.leads)) return;
    event.preventDefault();
    if (!event.repeat) press(passing, explorer.marks.told(passing)?.name ?? "", pageOf(passing));
  });

  // After those of the document: Escape closes what is unfolded first.
  addEventListener("keydown", (event) => {
    const typing = explorer.closest(event, "input, select, textarea");
    if (event.key === "Escape" && !event.defaultPrevented && !typing) clear();
  });
})();
