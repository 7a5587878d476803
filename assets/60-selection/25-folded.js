/* What is folded: cards to their verdicts, the section of a page that tries the analysis, and rows of a
   view. Each is opened by its own button, or because the address names it or a place within. */
(() => {
  "use strict";
  const { explorer } = window;

  /**
   * Open or fold a card.
   * @param {HTMLElement} section The card, which has a button for it.
   * @param {boolean} open Whether it is to be open.
   */
  function set(section, open) {
    section.toggleAttribute("data-folded", !open);
    section.querySelector(".card-opener")?.setAttribute("aria-expanded", String(open));
    if (!open) return;
    explorer.drawOpened(section);
    explorer.panels.fillOpen();
  }

  document.addEventListener("click", (event) => {
    const button = explorer.closest(event, ".card-opener");
    const section = /** @type {HTMLElement | null | undefined} */ (button?.closest(".card"));
    if (section) set(section, section.hasAttribute("data-folded"));
  });

  // "toggle" does not bubble.
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.matches(".trial")) return;
      target.toggleAttribute("data-folded", !target.open);
      if (!target.open) return;
      explorer.drawOpened(target);
      explorer.panels.fillOpen();
    },
    true,
  );

  explorer.unfold = (place) => {
    let fold = place.closest("details");
    while (fold) {
      fold.open = true;
      fold = fold.parentElement?.closest("details") ?? null;
    }
    const section = /** @type {HTMLElement | null} */ (place.closest(".card[data-folded]"));
    if (section) set(section, true);
  };
})();
