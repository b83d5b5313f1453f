/** Opens a page: first the picture that its HTML brings along, then, once that stands on the screen, the surface. */

/** A page that is out of sight gets no frame. */
const FRAME_WITHIN_MS = 200;
const RETRY_MS = 3000;

export function openPage(surface: () => Promise<unknown>): void {
  let begun = false;
  function begin() {
    if (begun) return;
    begun = true;
    // The server went away between the page and its script.
    surface().catch((error: unknown) => {
      console.error(error);
      setTimeout(() => location.reload(), RETRY_MS);
    });
  }
  // The frame is painted between its callback and the next task.
  requestAnimationFrame(() => setTimeout(begin));
  setTimeout(begin, FRAME_WITHIN_MS);
}
