/** The screen that the address names. "Back" and bookmarks rely on it. */
import { SCREENS, type ScreenName } from './screens';
import { askUnsaved } from './unsaved';

/** `rest` is what follows the screen's name, as `sekolah` in `#/setelan/sekolah`; empty if there is nothing. */
export type Route = { screen: ScreenName; rest: string };

export function parseRoute(hash: string): Route {
  const [screen = '', ...rest] = hash.replace(/^#\/?/, '').split('/');
  return screen in SCREENS
    ? { screen: screen as ScreenName, rest: rest.join('/') }
    : { screen: 'dasbor', rest: '' };
}

export function hrefOf(screen: ScreenName, rest = ''): string {
  return rest ? `#/${screen}/${rest}` : `#/${screen}`;
}

export class Router {
  current = $state.raw<Route>(parseRoute(location.hash));
  /** Asked before another address opens: true if it stays shut, as something would be lost. */
  guard: ((hash: string) => boolean) | undefined;

  /** Writes what follows the screen's name anew, without a step for "back". */
  rewrite(rest: string): void {
    const { screen } = this.current;
    history.replaceState(null, '', hrefOf(screen, rest));
    this.current = { screen, rest };
  }

  readonly changed = (): void => {
    const next = parseRoute(location.hash);
    const { screen, rest } = this.current;
    const href = hrefOf(next.screen, next.rest);
    if (href === hrefOf(screen, rest)) return;
    if (this.guard?.(href) || askUnsaved()) {
      // The address follows the screen, not the other way round.
      history.replaceState(null, '', hrefOf(screen, rest));
      return;
    }
    this.current = next;
  };
}
