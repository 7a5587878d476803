/* Cards that are folded to their verdicts: opened by their button, or because the address names them. */
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

  explorer.unfold = (place) => {
    const section = /** @type {HTMLElement | null} */ (place.closest("[data-folded]"));
    if (section) set(section, true);
  };
})();
