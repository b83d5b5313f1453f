/** Opens a page: paints the picture of its HTML first, then loads the surface. */

/** A page that is out of sight gets no frame. */
const FRAME_WITHIN_MS = 200;
const RETRY_MS = 3000;

export function openPage(surface: () => Promise<unknown>): void {
  let begun = false;
  function begin() {
    if (begun) return;
    begun = true;
    // The server went away after it sent the page.
    surface().catch((error: unknown) => {
      console.error(error);
      setTimeout(() => location.reload(), RETRY_MS);
    });
  }
  // The frame is painted between its callback and the next task.
  requestAnimationFrame(() => setTimeout(begin));
  setTimeout(begin, FRAME_WITHIN_MS);
}
