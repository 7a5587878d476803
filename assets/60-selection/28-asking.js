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
   * The control of the selection that an element is in.
   * @param {EventTarget | null} target Any element.
   * @returns {HTMLElement | null} Nothing for anything else.
   */
  function controlOf(target) {
    const found = target instanceof Element ? target.closest('[id^="{"]') : null;
    return found instanceof HTMLElement && JSON.parse(found.id).type === "control" ? found : null;
  }

  /**
   * What a control shows.
   * @param {HTMLElement} control A list, a field, or ticks.
   * @returns {ControlValue} As Dash would have it.
   */
  function read(control) {
    if (control instanceof HTMLSelectElement || control instanceof HTMLInputElement) return control.value;
    /** @type {NodeListOf<HTMLInputElement>} */
    const ticks = control.querySelectorAll("input:checked");
    return [...ticks].map((tick) => tick.value);
  }

  /**
   * Make a control show a value; for Dash it may have shown that all along.
   * @param {HTMLElement} control A list, a field, or ticks.
   * @param {ControlValue} value What it is to show.
   */
  function write(control, value) {
    if (control instanceof HTMLSelectElement || control instanceof HTMLInputElement) {
      control.value = String(value);
      return;
    }
    for (const tick of control.querySelectorAll("input")) tick.checked = [value].flat().includes(tick.value);
  }

  /**
   * Ask for what a control shows, before Dash hears of it.
   * @param {Event} event On its way down.
   */
  function hear(event) {
    const control = controlOf(event.target);
    const isTick = event.target instanceof HTMLInputElement && event.target.type === "checkbox";
    if (!control || isTick !== (event.type === "click")) return;
    const { name } = JSON.parse(control.id);
    if (!explorer.selection.choose(name, read(control))) return;
    event.stopPropagation();
    untold.add(name);
  }

  // React hears of a tick by its click, of anything else by its change.
  for (const name of ["change", "click"]) {
    document.getElementById("react-entry-point")?.addEventListener(name, hear, true);
  }

  /**
   * Tick a list, and ask for what it then shows.
   * @param {string} name Of its control.
   * @param {string[]} value What is ticked.
   */
  function set(name, value) {
    const control = explorer.cards.control(name);
    if (!control || !explorer.selection.choose(name, value)) {
      window.dash_clientside.set_props({ name, type: "control" }, { value });
      return;
    }
    untold.add(name);
    write(control, value);
  }

  explorer.asking = { put, set, write, untold };
})();
