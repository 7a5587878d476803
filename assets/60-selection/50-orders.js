/* Rows of a table in the order that a reader chooses from a list, also after they were written again. */
(() => {
  "use strict";
  const { explorer } = window;
  let chosen = ""; // "" for the order that rows come in

  /**
   * Put rows in an order.
   * @param {HTMLSelectElement} list Of the orders; the rows are in the same panel.
   */
  function order(list) {
    const body = list.closest(".card-panel")?.querySelector("[data-ordered]");
    if (!body) return;
    /** @type {NodeListOf<HTMLElement>} */
    const rows = body.querySelectorAll("[data-places]");
    const place = (/** @type {HTMLElement} */ row) =>
      Number((row.dataset.places ?? "").split(" ")[list.selectedIndex]);
    body.append(...[...rows].sort((a, b) => place(a) - place(b)));
  }

  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement) || target.id !== "rows-order") return;
    chosen = target.value;
    order(target);
    explorer.announce(`Ordered by ${target.selectedOptions[0].text}`);
  });

  explorer.reorder = () => {
    const list = document.getElementById("rows-order");
    if (!chosen || !(list instanceof HTMLSelectElement)) return;
    list.value = chosen;
    order(list);
  };
})();
