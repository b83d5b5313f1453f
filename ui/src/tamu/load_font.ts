/**
 * The typeface, once the page has what it came for. Until then, and on slow or metered lines, the phone's own is used.
 */

/** As much of the Network Information API as a browser has. */
type Line = { saveData?: boolean; effectiveType?: string };

const AFTER_MS = 1500;

export function loadFont(): void {
  const line = (navigator as { connection?: Line }).connection;
  if (line?.saveData || /[23]g/.test(line?.effectiveType ?? '')) return;
  const load = () => setTimeout(() => void import('../shared/font.css').catch(() => undefined), AFTER_MS);
  if (document.readyState === 'complete') load();
  else addEventListener('load', load, { once: true });
}
