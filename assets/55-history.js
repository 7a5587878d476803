/* Where the address stands in the history of the window, and where the page that is shown stands,
   so that a step that led nowhere can be taken back without losing any other. */
(() => {
  "use strict";
  const { explorer } = window;

  /**
   * Whether an entry of the history was numbered here.
   * @param {any} state Of the entry.
   * @returns {boolean} False for a place in the page, which makes an entry of its own.
   */
  const numbered = (state) => Boolean(state) && Number.isInteger(state.at);
  let at = numbered(history.state) ? history.state.at : 0;
  let shown = at;
  let pushed = false; // whether the last step was made by the page, not by Back or Forward
  let ours = false; // whether the next step is one that is being taken back

  history.replaceState({ ...history.state, at }, "", location.href);

  explorer.travel = {
    push(address) {
      at += 1;
      pushed = true;
      history.pushState({ at }, "", address);
    },
    replace: (address) => history.replaceState({ ...history.state, at }, "", address),

    arrived() {
      shown = at;
    },

    moved(state) {
      pushed = false;
      if (numbered(state)) at = state.at;
      else {
        at += 1; // a place in the page makes an entry of its own
        explorer.travel.replace(location.href);
      }
      const was = ours;
      ours = false;
      return !was;
    },

    undo(goTo) {
      const [steps, address, again] = [at - shown, location.href, pushed];
      if (steps) {
        ours = true;
        history.go(-steps);
      }
      return again || !steps ? () => goTo(address) : () => history.go(steps);
    },
  };
})();
