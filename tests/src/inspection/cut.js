// What is cut off: a line of text that goes on behind the side of a box that hides it, and does not say so by dots.

const MOST = 8;
const SLACK = 3;

function isSeen(element) {
  return (
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.closest('.sembunyi, [aria-hidden="true"], dialog:not([open])') === null
  );
}

/** The side of the first box around it that hides what goes on to the right; nothing where it says so, or scrolls there. */
function hides(element, { left, right }) {
  for (let up = element; up && up !== document.documentElement; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') return undefined;
    if (style.overflowX === 'visible') continue;
    const edge = up.getBoundingClientRect();
    // What is out of sight as a whole is not cut: it is not there.
    if (left >= edge.right) return undefined;
    if (right > edge.right + SLACK) return up;
  }
  return undefined;
}

function cuts() {
  const told = new Set();
  const dialogs = [...document.querySelectorAll('dialog[open]')];
  const walker = document.createTreeWalker(dialogs.at(-1) ?? document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text && told.size < MOST; text = walker.nextNode()) {
    if (!text.data.trim() || !isSeen(text.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const line of range.getClientRects()) {
      const box = line.width > 0 && hides(text.parentElement, line);
      if (box) told.add(`“${text.data.trim().slice(0, 40)}” is cut off by ${box.tagName.toLowerCase()}.${box.className}`);
    }
  }
  return [...told];
}

return cuts();
