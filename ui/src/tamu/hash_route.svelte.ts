/** The part of a page that its address names after the `#`, so that "back" leads back. */

export class HashRoute {
  /** Without the `#`; empty on the first part. */
  name = $state(nameOf(location.hash));

  readonly changed = (): void => {
    this.name = nameOf(location.hash);
  };

  open(name: string): void {
    location.hash = name;
    this.name = name;
    scrollTo(0, 0);
  }

  /** Goes back to the first part; "back" does not lead here again. */
  close(): void {
    history.replaceState(null, '', location.pathname);
    this.name = '';
    scrollTo(0, 0);
  }
}

function nameOf(hash: string): string {
  return hash.replace(/^#\/?/, '');
}
