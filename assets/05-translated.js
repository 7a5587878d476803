/* A browser that translates a page wraps or replaces its text nodes. React still holds the nodes it
   made, and stops with an error when one is no longer where it put it. Both methods that React
   moves nodes with therefore look for the wrapper that stands in the place of the node
   (https://github.com/facebook/react/issues/11538). */
(function () {
  "use strict";
  const { removeChild, insertBefore } = Node.prototype;

  /* The child of a parent that is, or holds, a node; null where the node has left the parent. */
  function childHolding(parent, node) {
    let found = node;
    while (found && found.parentNode !== parent) found = found.parentNode;
    return found;
  }

  Node.prototype.removeChild = function (child) {
    if (!child || child.parentNode === this) return removeChild.call(this, child);
    const held = childHolding(this, child);
    if (held) removeChild.call(this, held);
    return child;
  };

  Node.prototype.insertBefore = function (node, next) {
    if (!next || next.parentNode === this) return insertBefore.call(this, node, next);
    return insertBefore.call(this, node, childHolding(this, next));
  };
})();
