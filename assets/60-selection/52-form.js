/* The form of a page that is no part of the selection: the address keeps what is typed into it, so that
   Back and a reload find it again, and what changes because of it is read out in one sentence. */
(() => {
  "use strict";
  const { explorer } = window;
  const { selection } = explorer;
  const LONGEST = 2000; // characters of a query: the server reads no selection from a longer one
  let told = ""; // what was read out last

  /**
   * Keep what the fields hold in the address: called by Dash.
   * @param {string[]} values In the order of the parameters that the page names.
   * @returns {boolean} Whether it does not have to be said that there is too much to keep.
   */
  function keepGroup(...values) {
    const { state } = selection;
    const names = state.main?.dataset.keeps?.split(",");
    if (!names || !selection.samePath(location.pathname, selection.path())) return true; // it is being left
    const pairs = names.map((name, at) => [name, values[at] ?? ""]).filter(([, words]) => words);
    // Emptied, where the address holds a group that would fill it again.
    if (!pairs.length && new URLSearchParams(state.query).has("group")) pairs.push([names[0], ""]);
    state.kept = new URLSearchParams(pairs).toString();
    const fits = selection.held().length <= LONGEST;
    if (!fits) state.kept = "";
    selection.readdress();
    return fits;
  }

  /**
   * Read out what a group is, where that has changed: called by Dash.
   * @param {{ told: string }} heard What the server says.
   */
  function hearGroup(heard) {
    explorer.afterPaint(() => {
      explorer.cards.tieForm();
      if (heard.told && heard.told !== told) explorer.announce(heard.told);
      told = heard.told;
    });
  }

  window.dash_clientside.explorer = { ...window.dash_clientside.explorer, keepGroup, hearGroup };
})();
