/* A browser that translates a page wraps or replaces its text nodes. React still holds the nodes it
   made, and stops with an error when one is no longer where it put it. Both methods that React
   moves nodes with therefore look for the wrapper that stands in place of the node
   (https://github.com/facebook/react/issues/11538). */
(() => {
  "use strict";
  const { removeChild, insertBefore } = Node.prototype;

  /**
   * The child of a parent that is, or holds, a node.
   * @param {Node} parent Where React put the node.
   * @param {Node} node What React holds.
   * @returns {Node | null} Nothing where the node has left the parent.
   */
  function childHolding(parent, node) {
    /** @type {Node | null} */
    let found = node;
    while (found && found.parentNode !== parent) found = found.parentNode;
    return found;
  }

  /**
   * Remove a child, or the wrapper that holds it.
   * @template {Node} T
   * @this {Node}
   * @param {T} child What React holds.
   * @returns {T} The child.
   */
  Node.prototype.removeChild = function (child) {
    /** @type {any} what is no node is for the browser to refuse */
    const held = !child || child.parentNode === this ? child : childHolding(this, child);
    if (held !== null || child === null) removeChild.call(this, held);
    return child;
  };

  /**
   * Insert a node before a child, or before the wrapper that holds it.
   * @template {Node} T
   * @this {Node}
   * @param {T} node What is inserted.
   * @param {Node | null} next What React holds.
   * @returns {T} The node.
   */
  Node.prototype.insertBefore = function (node, next) {
    const before = !next || next.parentNode === this ? next : childHolding(this, next);
    insertBefore.call(this, node, before);
    return node;
  };
})();
