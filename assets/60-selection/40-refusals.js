/* What becomes of the page where a question or a page was refused: it goes back to what it shows,
   says so, and can try the same again. */
(() => {
  "use strict";
  const { explorer } = window;
  const { selection } = explorer;
  const { state } = selection;

  /**
   * The cards that were asked for last.
   * @returns {HTMLElement[]} Those that are on the page.
   */
  const rest = () =>
    explorer.cards.all().filter((section) => state.rest.includes(section.dataset.card ?? ""));

  /**
   * A question was refused: the page goes back to what it shows, and says so.
   * @param {Asked} asked The question.
   * @param {RefusalError} refusal Why.
   */
  function refusedQuestion({ query, step }, refusal) {
    if (step !== state.step) return;
    const [kind] = step.split(":");
    explorer.cards.all().forEach(explorer.cards.free);
    if (kind === "rest") {
      for (const section of rest()) section.dataset.stale = "";
      explorer.refuse({
        refusal,
        what: "The cards that are marked still show your earlier choice.",
        again: () => {
          explorer.cards.wait(rest());
          selection.askForTheRest(state.query);
        },
      });
      return;
    }
    state.step = "";
    selection.setControls(state.shown);
    const back =
      kind === "pop"
        ? explorer.travel.undo(selection.go)
        : () => selection.send(selection.question(query, /** @type {Step} */ (kind)));
    explorer.refuse({
      refusal,
      what: "Your change was not made; the page shows what it did before.",
      again: back,
    });
  }

  /**
   * A page was refused: the one before stays, and says so.
   * @param {RefusalError} refusal Why.
   */
  function refusedPage(refusal) {
    if (!state.main) {
      explorer.refuse({ refusal, what: "The page could not be opened.", again: selection.route });
      return;
    }
    if (state.touched) {
      const value = state.shown[state.touched];
      window.dash_clientside.set_props({ name: state.touched, type: "control" }, { value });
      state.touched = "";
    }
    selection.setControls(state.shown);
    const again = explorer.travel.undo(selection.go);
    explorer.refuse({
      refusal,
      what: "The page you asked for could not be opened; you are still on the one before.",
      again,
    });
    selection.askForWhatIsBusy();
  }

  document.addEventListener("explorer:refused", ({ detail: { output, asked, refusal } }) => {
    if (asked && output === "answered.data") refusedQuestion(asked.inputs[0].value, refusal);
    else if (output === selection.ROUTER) refusedPage(refusal);
  });
})();
