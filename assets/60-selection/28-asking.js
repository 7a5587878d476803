/* Questions go to the server straight from here, and answers straight to the page: Dash, which would tell
   every component of both, hears what its controls show once the answer is painted. Who goes back to a
   selection is not made to wait for the server again. */
(() => {
  "use strict";
  const { explorer } = window;
  /** @type {Set<string>} controls that show something else than Dash knows */
  const untold = new Set();

  const OUTPUT = "answered.data"; // as Dash calls it
  const MOST = 40; // of some 50 kB each
  /** @type {Map<string, string>} what the server answered, by question, that asked for last at the end */
  const answers = new Map();
  let release = ""; // that the answers are of

  /**
   * The answer to a question that was put before.
   * @param {string} question Without its step.
   * @returns {Answered | undefined} As it came, whatever was done with it since.
   */
  function recall(question) {
    const body = answers.get(question);
    if (body === undefined) return undefined;
    answers.delete(question);
    answers.set(question, body);
    return JSON.parse(body).response.answered.data;
  }

  /**
   * Keep an answer that will be the same when it is asked for again.
   * @param {string} question Without its step.
   * @param {Answered} answer Of the server.
   * @param {string} body The same as it came.
   */
  function remember(question, answer, body) {
    const of = new URLSearchParams(answer.permalink).get("release") ?? "";
    if (of !== release) answers.clear();
    release = of;
    if (Object.values(answer.cards).some((piece) => piece.waiting)) return;
    answers.set(question, body);
    if (answers.size > MOST) answers.delete([...answers.keys()][0]);
  }

  /**
   * Ask the server, in the words of Dash, and show what it answers.
   * @param {Asked} data The question.
   */
  async function put(data) {
    const question = JSON.stringify([data.query, data.cards, data.page]);
    const known = recall(question);
    if (known) {
      explorer.abandon(OUTPUT);
      explorer.selection.show({ ...known, step: data.step });
      return;
    }
    const reply = await window.fetch(explorer.at("/_dash-update-component"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        output: OUTPUT,
        outputs: { id: "answered", property: "data" },
        inputs: [{ id: "asked", property: "data", value: data }],
        changedPropIds: ["asked.data"],
        parsedChangedPropsIds: ["asked.data"],
      }),
    });
    if (reply.status !== 200) return; // refused, which was told
    const { response } = await reply.json();
    const answer = response.answered.data;
    explorer.selection.show(answer);
    remember(question, answer, await reply.text());
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
