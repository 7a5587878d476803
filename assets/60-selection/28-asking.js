/* Questions go to the server straight from here, and answers straight to the page: Dash, which would tell
   every component of both, hears what its controls show once the answer is painted. */
(() => {
  "use strict";
  const { explorer } = window;
  /** @type {Set<string>} controls that show something else than Dash knows */
  const untold = new Set();

  /**
   * Ask the server, in the words of Dash, and show what it answers.
   * @param {Asked} data The question.
   */
  async function put(data) {
    const reply = await window.fetch(explorer.at("/_dash-update-component"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        output: "answered.data",
        outputs: { id: "answered", property: "data" },
        inputs: [{ id: "asked", property: "data", value: data }],
        changedPropIds: ["asked.data"],
        parsedChangedPropsIds: ["asked.data"],
      }),
    });
    if (reply.status !== 200) return; // refused, which was told
    const { response } = await reply.json();
    explorer.selection.show(response.answered.data);
  }

  /**
   * The control of the selection that a list is.
   * @param {EventTarget | null} list Any element.
   * @returns {string} Its name; "" for anything else.
   */
  function nameOf(list) {
    if (!(list instanceof HTMLSelectElement) || !list.id.startsWith("{")) return "";
    return JSON.parse(list.id).name ?? "";
  }

  // On the way down, before Dash hears of it.
  document.getElementById("react-entry-point")?.addEventListener(
    "change",
    (event) => {
      const name = nameOf(event.target);
      const { value } = /** @type {HTMLSelectElement} */ (event.target);
      if (!name || !explorer.selection.choose(name, value)) return;
      event.stopPropagation();
      untold.add(name);
    },
    true,
  );

  explorer.asking = { put, untold };
})();
