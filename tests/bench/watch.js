/* Runs before the page's own scripts: notes when each watched element last changed, and when the
   second animation frame after that came, by which it had been painted. */
(() => {
  "use strict";
  const bench = { watched: "__WATCHED__", changed: new Map(), painted: new Map() };
  window.bench = bench;

  function note(node) {
    const now = performance.now();
    bench.changed.set(node, now);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (bench.changed.get(node) === now) bench.painted.set(node, performance.now());
      }),
    );
  }

  new MutationObserver((records) => {
    const nodes = new Set();
    for (const { target } of records) {
      const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      const node = element?.closest(bench.watched);
      if (node) nodes.add(node);
    }
    nodes.forEach(note);
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  function inView(node) {
    const box = node.getBoundingClientRect();
    return box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  }

  /* Wait until nothing watched has changed for `quiet` ms, or for `longest` ms. */
  function settled(quiet, longest, { inViewOnly }) {
    const begun = performance.now();
    return new Promise((done) => {
      const look = () => {
        const now = performance.now();
        const seen = [...bench.changed].filter(([node]) => !inViewOnly || inView(node));
        const last = Math.max(...seen.map(([, when]) => when));
        if (now - begun > longest || (seen.length && now - last > quiet)) done();
        else setTimeout(look, 20);
      };
      look();
    });
  }

  const asked = () =>
    performance.getEntriesByType("resource").filter((one) => one.name.includes("/_dash-update-component"))[0];

  /* Navigation to first chart: the first in view, or else the first there is. */
  bench.loaded = async (quiet, longest) => {
    await settled(quiet, longest, { inViewOnly: false });
    const nodes = [...document.querySelectorAll(bench.watched)].filter(
      (node) => node.getBoundingClientRect().height > 0 && bench.painted.has(node),
    );
    const first = nodes.find(inView) || nodes[0];
    const paints = performance.getEntriesByType("paint");
    const call = asked();
    return {
      painted: first ? bench.painted.get(first) : null,
      content: Math.max(...paints.map((one) => one.startTime)),
      asked: call ? call.startTime : null,
      answered: call ? call.responseEnd : null,
      in_view: Boolean(first) && inView(first),
    };
  };

  bench.show = () => {
    const nodes = [...document.querySelectorAll(bench.watched)];
    const first = nodes.find((node) => node.getBoundingClientRect().height > 0);
    if (first) first.scrollIntoView({ block: "center", behavior: "instant" });
  };

  const control = (name) => document.getElementById(`{"name":"${name}","type":"control"}`);

  bench.has = (name) => Boolean(control(name));

  function choose(name, value) {
    const chosen = control(name);
    chosen.value = value;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* A change of one control to the last change of everything watched in view. */
  bench.change = async (name, value, quiet, longest) => {
    bench.changed.clear();
    bench.painted.clear();
    performance.clearResourceTimings();
    const begun = performance.now();
    choose(name, value);
    await settled(quiet, longest, { inViewOnly: true });
    const shown = [...bench.painted].filter(([node]) => inView(node));
    const call = asked();
    return {
      painted: shown.length ? Math.max(...shown.map(([, when]) => when)) - begun : null,
      changed: Math.max(...shown.map(([node]) => bench.changed.get(node))) - begun,
      asked: call ? call.startTime - begun : null,
      answered: call ? call.responseEnd - begun : null,
      shown: shown.length,
    };
  };
})();
