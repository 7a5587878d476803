/* The bar of the selection: what its buttons say, what puts defaults back, and panels that close with
   Escape, or once the reader is somewhere else. The menu of the pages closes in the same way. */
(() => {
  "use strict";
  const { explorer } = window;
  const { selection } = explorer;
  const { state } = selection;

  /**
   * What is unfolded in the bar, and the menu.
   * @returns {HTMLDetailsElement[]} A panel before the sheet that it is in.
   */
  function unfolded() {
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const panels = document.querySelectorAll(".bar-open[open]");
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const wholes = document.querySelectorAll(".bar-whole[open], .menu[open]");
    return [...panels, ...wholes];
  }

  /**
   * Whether a node belongs to what is unfolded.
   * @param {HTMLDetailsElement} fold What is unfolded.
   * @param {EventTarget | null} node Any node of the page.
   * @returns {boolean} True for its button too.
   */
  function holdsNode(fold, node) {
    if (!(node instanceof Element)) return false;
    if (fold.className === "menu") return node.closest(".menu, .rail") !== null;
    if (fold.className === "bar-whole") return node.closest(".selection-bar") !== null;
    return fold.parentElement?.contains(node) ?? false;
  }

  /**
   * Fold up what the reader has left; the bar for refusals leads back to it.
   * @param {Event} event Where the reader is now.
   */
  function leave(event) {
    if (explorer.closest(event, "#refused")) return;
    for (const fold of unfolded()) if (!holdsNode(fold, event.target)) fold.open = false;
  }
  document.addEventListener("pointerdown", leave);
  document.addEventListener("focusin", leave);

  document.addEventListener("keydown", (event) => {
    const [fold] = event.key === "Escape" ? unfolded() : [];
    if (!fold) return;
    event.preventDefault();
    fold.open = false;
    fold.querySelector("summary")?.focus();
  });

  /** Show again in the list of what the path names the one of the page, where another was not gone to. */
  function forgetNamed() {
    const name = selection.holds();
    const value = state.controls[name];
    if (name) window.dash_clientside.set_props({ name, type: "control" }, { value });
  }

  /**
   * Move a panel that would reach over the right end of the bar to the left.
   * @param {HTMLDetailsElement} fold Of a part of the bar, open.
   */
  function keepInside(fold) {
    /** @type {HTMLElement | null} */
    const panel = fold.querySelector(".bar-panel");
    const bar = fold.closest(".selection-bar");
    if (!panel || !bar) return;
    panel.style.translate = "";
    const over = panel.getBoundingClientRect().right - bar.getBoundingClientRect().right;
    if (over > 0) panel.style.translate = `${-over}px`;
  }

  document.addEventListener(
    "toggle",
    (event) => {
      const fold = event.target;
      if (!(fold instanceof HTMLDetailsElement) || fold.className !== "bar-open") return;
      if (fold.open) {
        keepInside(fold);
        return;
      }
      fold.querySelector(".panel-said")?.remove();
      if (explorer.cards.control(selection.holds())?.closest("details") === fold) forgetNamed();
    },
    true, // it does not bubble
  );

  /** Go to the page of what is chosen in the list, on a page whose path names one. */
  function goToNamed() {
    const name = selection.holds();
    const list = explorer.cards.control(name);
    const isOther = list instanceof HTMLSelectElement && list.value && list.value !== state.controls[name];
    if (!isOther) return;
    state.touched = name;
    selection.go(selection.path().replace(/[^/]*$/, list.value) + selection.held());
  }

  /**
   * Put the defaults of a part back.
   * @param {HTMLElement} button Of the part; it disappears.
   */
  function putBack(button) {
    const asked = new URLSearchParams(state.query);
    for (const name of (button.dataset.resets ?? "").split(",")) asked.delete(name);
    button.parentElement?.querySelector("summary")?.focus();
    selection.send(selection.question(`?${asked}`, "push"));
  }

  /**
   * Show a control of the bar to the reader, who is taken to it.
   * @param {string} name Of the control.
   */
  function leadTo(name) {
    const control = explorer.cards.control(name);
    const sheet = control?.closest(".selection-bar")?.querySelector(".bar-whole");
    for (const fold of [sheet, control?.closest(".bar-open")]) {
      if (fold instanceof HTMLDetailsElement && fold.checkVisibility()) fold.open = true;
    }
    control?.focus();
  }

  document.addEventListener("click", (event) => {
    const asking = explorer.closest(event, "[data-asks]");
    if (asking) leadTo(asking.dataset.asks ?? "");
    const back = explorer.closest(event, "[data-resets]");
    if (back) putBack(back);
    const ticks = explorer.closest(event, "[data-sets]");
    if (ticks) explorer.asking.set(ticks.dataset.sets ?? "", (ticks.dataset.ticks ?? "").split(","));
    if (explorer.closest(event, "#go")) goToNamed();
    const menu = document.getElementById("menu")?.parentElement;
    if (explorer.closest(event, ".rail a") && menu instanceof HTMLDetailsElement) menu.open = false;
  });

  /**
   * Say on the buttons what an answer says of the selection; beside what was just changed, also what
   * could not be followed.
   * @param {Answered} answer Of the server.
   */
  function show(answer) {
    /** @type {NodeListOf<HTMLElement>} */
    const parts = document.querySelectorAll("[data-bar]");
    for (const part of parts) {
      const said = answer.bar[part.dataset.bar ?? ""];
      if (!said) continue;
      const [short, full] = [part.querySelector(".bar-words"), part.querySelector(".panel-words")];
      if (short && short.textContent !== said.short) short.textContent = said.short;
      if (full && full.textContent !== said.full) full.textContent = said.full;
      part.querySelector(".panel-said")?.remove();
      const panel = part.querySelector(".bar-open[open] > .bar-panel");
      if (answer.notices.length) {
        panel?.append(explorer.element("p", answer.notices.join(" "), { class: "panel-said" }));
      }
      if (said.changed) part.dataset.changed = "";
      else delete part.dataset.changed;
    }
  }

  /**
   * What an answer changes of the selection, before it is shown.
   * @param {Answered} answer Of the server.
   * @returns {string} The new words of each button that changes, as a sentence; "" for none.
   */
  function changes(answer) {
    /** @type {NodeListOf<HTMLElement>} */
    const parts = document.querySelectorAll("[data-bar]:not([data-bar=all])");
    const changed = [...parts].flatMap((part) => {
      const now = answer.bar[part.dataset.bar ?? ""]?.short;
      return now && now !== part.querySelector(".bar-words")?.textContent ? [now] : [];
    });
    return changed.length ? `${changed.join(", ")}.` : "";
  }

  explorer.bar = { show, changes };
})();
