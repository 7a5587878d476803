/* The field for a council on the first page: its button leads to the page of the one chosen. */
(() => {
  "use strict";
  const { explorer } = window;

  document.addEventListener("click", (event) => {
    if (!explorer.closest(event, "#council-go")) return;
    const list = document.getElementById("council");
    if (!(list instanceof HTMLSelectElement)) return;
    if (list.value) explorer.open(explorer.at(`/councils/${list.value}${explorer.query()}`));
    else list.focus();
  });
})();
