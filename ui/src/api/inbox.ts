/**
 * A user's notifications, merged from whole states and single events in whatever order they come. Of two copies, the
 * one with the larger `versi` wins. An arrival alerts once for as long as this lives, and once more each time the desk
 * asks for it. The crate `client` merges alike (`subscription::inbox`), with the same cases:
 * `tests/fixtures/inbox.json`.
 */
import type { JanjiTemu, Notifikasi } from './types';

export type InboxChange =
  | { type: 'alert'; data: Notifikasi }
  | { type: 'changed'; data: Notifikasi }
  | { type: 'removed'; id: number };

/** `alerted`: the moment that was alerted last. */
type Known = { versi: number; alerted?: string | undefined };

/** When the guru was last to be alerted: at the arrival, or when the desk asked for it again. */
function alerted_at(notifikasi: Notifikasi): string {
  return notifikasi.diberi_tahu_pada ?? notifikasi.waktu;
}

export class Inbox {
  #id_pengguna: number | undefined;
  readonly #known = new Map<number, Known>();
  readonly #unread = new Map<number, Notifikasi>();
  readonly #appointments = new Map<number, number>();
  /** The unread ones of a state that is still coming in parts. */
  #coming: Set<number> | undefined;

  /**
   * Takes the unread state. Whatever was unread here and is missing in it was handled elsewhere meanwhile. If the state
   * comes in parts (`sebagian`), that is known with the last part.
   */
  ready(state: { pengguna: { id: number }; belum_dibaca: Notifikasi[]; sebagian?: boolean }): InboxChange[] {
    const changes: InboxChange[] = [];
    if (this.#id_pengguna !== undefined && this.#id_pengguna !== state.pengguna.id) {
      for (const id of this.#unread.keys()) changes.push({ type: 'removed', id });
      this.#unread.clear();
      this.#known.clear();
      this.#appointments.clear();
    }
    this.#id_pengguna = state.pengguna.id;
    this.#coming = new Set(state.belum_dibaca.map((notifikasi) => notifikasi.id));
    if (!state.sebagian) changes.push(...this.#settle());
    for (const notifikasi of state.belum_dibaca) {
      const change = this.#listed(notifikasi);
      if (change) changes.push(change);
    }
    return changes;
  }

  /**
   * Takes a further part of the unread state. Its notifications are old, so they are known and alert
   * nobody.
   */
  lanjutan(part: { belum_dibaca: Notifikasi[]; sebagian?: boolean }): InboxChange[] {
    if (!this.#coming) return [];
    const changes: InboxChange[] = [];
    for (const notifikasi of part.belum_dibaca) {
      this.#coming.add(notifikasi.id);
      const is_known = this.#known.has(notifikasi.id);
      if (!is_known) this.#known.set(notifikasi.id, { versi: -Infinity, alerted: alerted_at(notifikasi) });
      const change = this.#listed(notifikasi);
      if (change && is_known) changes.push(change);
    }
    if (!part.sebagian) changes.push(...this.#settle());
    return changes;
  }

  /** Takes a single event; undefined if something newer is known. */
  notification(notifikasi: Notifikasi): InboxChange | undefined {
    const known = this.#known.get(notifikasi.id);
    if (known && known.versi >= notifikasi.versi) return undefined;
    this.#coming?.add(notifikasi.id);
    return this.#put(notifikasi);
  }

  /** Whether this copy of an appointment is newer than any before. */
  appointment(janji_temu: JanjiTemu): boolean {
    const newest = this.#appointments.get(janji_temu.id);
    if (newest !== undefined && newest >= janji_temu.versi) return false;
    this.#appointments.set(janji_temu.id, janji_temu.versi);
    return true;
  }

  /** The unread ones, oldest first. */
  unread(): Notifikasi[] {
    return [...this.#unread.values()].sort((a, b) => a.waktu.localeCompare(b.waktu));
  }

  /** Ends the unread state. Whatever is missing in it is not unread any more. */
  #settle(): InboxChange[] {
    const still_unread = this.#coming;
    this.#coming = undefined;
    const handled = [...this.#unread.keys()].filter((id) => !still_unread?.has(id));
    for (const id of handled) this.#unread.delete(id);
    return handled.map((id) => ({ type: 'removed', id }));
  }

  /**
   * Takes one notification of a whole state. The same `versi` counts too, unless it is unread here already.
   */
  #listed(notifikasi: Notifikasi): InboxChange | undefined {
    const versi = this.#known.get(notifikasi.id)?.versi;
    if (versi !== undefined && versi > notifikasi.versi) return undefined;
    if (versi === notifikasi.versi && this.#unread.has(notifikasi.id)) return undefined;
    return this.#put(notifikasi);
  }

  #toldAlone(moment: string): string | undefined {
    const was_told = [...this.#known].some(([id, { alerted }]) => id < 0 && alerted === moment);
    return was_told ? moment : undefined;
  }

  #put(notifikasi: Notifikasi): InboxChange {
    const moment = alerted_at(notifikasi);
    const known = this.#known.get(notifikasi.id);
    // A desk told of it by itself, under a name of its own, while the database was away.
    const alerted = known || notifikasi.id < 0 ? known?.alerted : this.#toldAlone(moment);
    const is_pending = !notifikasi.is_read && !notifikasi.dihapus;
    this.#known.set(notifikasi.id, { versi: notifikasi.versi, alerted: is_pending ? moment : alerted });
    if (!is_pending) {
      this.#unread.delete(notifikasi.id);
      return notifikasi.dihapus
        ? { type: 'removed', id: notifikasi.id }
        : { type: 'changed', data: notifikasi };
    }
    this.#unread.set(notifikasi.id, notifikasi);
    return { type: alerted === moment ? 'changed' : 'alert', data: notifikasi };
  }
}
