// A drawing of the server's, as nodes.

const SVG = "image/svg+xml";

/** @param {string} text @returns {Element | null} */
export function drawingOf(text) {
  const { documentElement } = new DOMParser().parseFromString(text, SVG);
  return documentElement.localName === "svg" ? document.importNode(documentElement, true) : null;
}
