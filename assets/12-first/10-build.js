/* Elements for what the server laid out as components of Dash: a page is seen before Dash is up, and
   Dash then makes the same elements of the same components. */
(() => {
  "use strict";
  const { explorer } = window;
  /** @typedef {{ type: string, namespace: string, props: Record<string, any> }} Component of Dash */

  /** @type {Record<string, string>} how Dash spells what HTML spells otherwise */
  const SPELLED = { className: "class", htmlFor: "for" };
  /** Ids are for the page that Dash makes; what other scripts look for there is not here either. */
  const LEFT_OUT = new Set(["children", "id", "style", "disable_n_clicks", "data-path", "data-terms"]);

  /**
   * Make an element with what stands in it.
   * @param {string} name Of the element.
   * @param {string} look Its class.
   * @param {Node[]} inside What stands in it.
   * @returns {HTMLElement} The element.
   */
  function element(name, look, inside) {
    const made = document.createElement(name);
    if (look) made.className = look;
    made.append(...inside);
    return made;
  }

  /**
   * Make a component of Bootstrap, as it looks before anyone uses it.
   * @param {Component} component A list, ticks or a field.
   * @returns {Node} The element.
   */
  function control({ type, props }) {
    if (type === "Select") {
      const words = props.options[props.value] ?? props.placeholder ?? "";
      return element("select", "form-select", [element("option", "", [new Text(words)])]);
    }
    if (type === "Checklist") {
      const rows = Object.entries(props.options).map(([value, words]) => {
        const tick = document.createElement("input");
        tick.type = "checkbox";
        tick.className = "form-check-input";
        tick.checked = props.value.includes(value);
        return element("div", "form-check", [tick, element("label", "form-check-label", [new Text(words)])]);
      });
      return element("div", "", rows);
    }
    const field = document.createElement("input");
    field.className = "form-control";
    field.value = props.value ?? "";
    field.placeholder = props.placeholder ?? "";
    return field;
  }

  /**
   * Set the attributes of an element.
   * @param {HTMLElement} node The element; changed in place.
   * @param {Record<string, any>} props Of a component of HTML.
   */
  function dress(node, props) {
    for (const [name, value] of Object.entries(props)) {
      if (LEFT_OUT.has(name) || value === null || value === false) continue;
      node.setAttribute(SPELLED[name] ?? name.toLowerCase(), value === true ? "" : value);
    }
    for (const [name, value] of Object.entries(props.style ?? {})) {
      if (name.startsWith("--")) node.style.setProperty(name, value);
      else Object.assign(node.style, { [name]: value });
    }
    if ("data-sheet" in props) node.innerHTML = props["data-sheet"]; // comes as HTML
    node.removeAttribute("data-sheet");
  }

  /**
   * Make what the server laid out.
   * @param {any} given A component, words, a list of both, or nothing.
   * @param {unknown} page What stands where Dash puts the page.
   * @returns {Node[]} Elements and words.
   */
  function build(given, page) {
    if (given === null || given === undefined || typeof given === "boolean") return [];
    if (Array.isArray(given)) return given.flatMap((one) => build(one, page));
    if (typeof given !== "object") return [new Text(String(given))];
    const { type, namespace, props } = /** @type {Component} */ (given);
    if (namespace === "dash_core_components") return []; // stores and the address: nothing to see
    if (namespace !== "dash_html_components") return [control(given)];
    const inside = props.id === "_pages_content" ? page : props.children;
    const node = element(type.toLowerCase(), "", build(inside, page));
    dress(node, props);
    return [node];
  }

  explorer.build = build;
})();
