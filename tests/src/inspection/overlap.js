// What stands on something else: two texts or controls that show at one place, or one that lies under what does not move away.
// Gives a line for each, a few at most.

const MOST = 8;
/** Letters reach a little out of their boxes, and boxes round to half pixels. */
const SLACK = 2;

/** What can be seen of a box, behind the edges of all that clips it. */
function visible(box, element) {
  let { left, top, right, bottom } = box;
  for (let up = element; up && up !== document.documentElement; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (style.position === 'fixed') break;
    if (!style.overflow.match(/hidden|auto|scroll|clip/)) continue;
    const edge = up.getBoundingClientRect();
    [left, top] = [Math.max(left, edge.left), Math.max(top, edge.top)];
    [right, bottom] = [Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
  }
  [left, top] = [Math.max(left, 0), Math.max(top, 0)];
  [right, bottom] = [Math.min(right, innerWidth), Math.min(bottom, innerHeight)];
  return right - left > SLACK && bottom - top > SLACK ? { left, top, right, bottom } : undefined;
}

/** Nobody sees it, or only those who listen. */
function isHidden(element) {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return true;
  return element.closest('.sembunyi, [aria-hidden="true"]') !== null;
}

/** Every line of text, and every control, as it stands on the screen. */
function pieces(root) {
  const found = [];
  const put = (element, box, what) => {
    const seen = visible(box, element);
    if (seen) found.push({ element, what, ...seen });
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || isHidden(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const { left, top, right, bottom } of range.getClientRects()) {
      // A font's box is higher than its letters.
      const spare = (bottom - top) * 0.16;
      put(element, { left, right, top: top + spare, bottom: bottom - spare }, text.data.trim().slice(0, 40));
    }
  }
  for (const control of root.querySelectorAll('button, input, textarea, select, a[href], [role="option"]')) {
    if (isHidden(control)) continue;
    const name = control.getAttribute('aria-label') ?? control.textContent?.trim() ?? '';
    put(control, control.getBoundingClientRect(), `[${control.tagName.toLowerCase()} ${name.slice(0, 30)}]`);
  }
  return found;
}

const isOpaque = (element) => {
  const style = getComputedStyle(element);
  const alpha = /rgba\(.*, ([\d.]+)\)/.exec(style.backgroundColor)?.[1];
  return style.backgroundColor !== 'transparent' && (alpha === undefined || Number(alpha) > 0.9);
};

/** Moves over what scrolls, by design. */
const isPinned = (element, until) => {
  for (let up = element; up && up !== until; up = up.parentElement) {
    if (['sticky', 'fixed'].includes(getComputedStyle(up).position)) return true;
  }
  return false;
};

/** The lower one scrolls away from under it. */
const scrollsFree = (lower, upper) => {
  for (let up = lower; up; up = up.parentElement) {
    if (up.contains(upper) && !isPinned(upper, up)) return false;
    if (up.scrollHeight > up.clientHeight + 1 && getComputedStyle(up).overflowY.match(/auto|scroll/)) return true;
  }
  return false;
};

/** Whether the upper one hides the lower one, and may. */
function hidesByRight(upper, lower, x, y) {
  const stack = document.elementsFromPoint(x, y);
  const at = stack.findIndex((element) => element === lower || lower.contains(element));
  const above = at < 0 ? stack : stack.slice(0, at);
  const cover = above.find((element) => !element.contains(lower) && isOpaque(element));
  if (!cover) return false;
  return isPinned(cover, null) || scrollsFree(lower, cover) || scrollsFree(lower, upper);
}

function overlaps() {
  // A dialog makes all else unreachable, and says so.
  const dialogs = [...document.querySelectorAll('dialog[open]')];
  const all = pieces(dialogs.at(-1) ?? document.body);
  const told = new Set();
  for (const [at, one] of all.entries()) {
    for (const other of all.slice(at + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide <= SLACK || high <= SLACK) continue;
      const x = Math.max(one.left, other.left) + wide / 2;
      const y = Math.max(one.top, other.top) + high / 2;
      if (hidesByRight(one.element, other.element, x, y) || hidesByRight(other.element, one.element, x, y)) continue;
      told.add(`“${one.what}” and “${other.what}”, ${Math.round(wide)}×${Math.round(high)} at ${Math.round(x)},${Math.round(y)}`);
      if (told.size === MOST) return [...told];
    }
  }
  return [...told];
}

return overlaps();
