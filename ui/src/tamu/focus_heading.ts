/** A part that was loaded begins at its heading, which a screen reader then says. */
export function focusHeading(heading: HTMLElement): void {
  heading.focus({ preventScroll: true });
}
