/** The screen that the address names. "Back" and bookmarks rely on it. */

export const SECTIONS = ['pesan', 'sekolah', 'data'] as const;
/** A part of the settings. */
export type Section = (typeof SECTIONS)[number];
export type Route = { screen: 'pengguna' } | { screen: 'pesan' } | { screen: 'setelan'; section: Section };

export function parseRoute(hash: string): Route {
  const [screen, rest] = hash.replace(/^#\/?/, '').split('/');
  if (screen === 'pesan') return { screen };
  if (screen === 'setelan') return { screen, section: SECTIONS.find((name) => name === rest) ?? 'pesan' };
  return { screen: 'pengguna' };
}

export function hrefOf(route: Route): string {
  return route.screen === 'setelan' ? `#/setelan/${route.section}` : `#/${route.screen}`;
}

export class Router {
  current = $state.raw<Route>(parseRoute(location.hash));
  /** Asked before another address opens: true if it stays shut, as something would be lost. */
  guard: ((hash: string) => boolean) | undefined;

  readonly changed = (): void => {
    const next = parseRoute(location.hash);
    if (hrefOf(next) === hrefOf(this.current)) return;
    if (this.guard?.(hrefOf(next))) {
      // The address follows the screen, not the other way round.
      history.replaceState(null, '', hrefOf(this.current));
      return;
    }
    this.current = next;
  };
}
