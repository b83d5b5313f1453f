/** The screen that the address names. "Back" and bookmarks rely on it. */

type Route =
  | { screen: 'hari'; tanggal?: string }
  | { screen: 'minggu'; tanggal?: string }
  | { screen: 'riwayat' }
  | { screen: 'evakuasi' }
  | { screen: 'janji'; id: number };

const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function parseRoute(hash: string): Route {
  const [screen, rest = ''] = hash.replace(/^#\/?/, '').split('/');
  if (screen === 'riwayat' || screen === 'evakuasi') return { screen };
  if (screen === 'janji' && /^\d+$/.test(rest)) return { screen, id: Number(rest) };
  const tanggal = DATE.test(rest) && !Number.isNaN(Date.parse(rest)) ? rest : undefined;
  return { screen: screen === 'minggu' ? 'minggu' : 'hari', ...(tanggal ? { tanggal } : {}) };
}

export function hrefOf(route: Route): string {
  if (route.screen === 'riwayat' || route.screen === 'evakuasi') return `#/${route.screen}`;
  if (route.screen === 'janji') return `#/janji/${route.id}`;
  return `#/${route.screen}${route.tanggal ? `/${route.tanggal}` : ''}`;
}

export class Router {
  current = $state.raw<Route>(parseRoute(location.hash));
  /** Where "back" leads from an appointment. */
  #previous: Route = { screen: 'hari' };

  readonly changed = (): void => {
    if (this.current.screen !== 'janji') this.#previous = this.current;
    this.current = parseRoute(location.hash);
  };

  open(route: Route): void {
    location.hash = hrefOf(route);
  }

  goBack(): void {
    this.open(this.#previous);
  }
}
