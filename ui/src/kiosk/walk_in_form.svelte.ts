/** The form of a guest without an appointment: number first, at most four fields. */
import { walkIn } from '../api/janji_temu';
import type { WalkInRequest } from '../api/requests';
import { newIdempotencyKey } from '../api/idempotency_key';
import { codeOf, type Failure } from '../api/result';
import { findByTelp } from '../api/tamu';
import type { GuruRingkas, JanjiTemu, Kedatangan, TamuRingkas } from '../api/types';
import { failureText, fieldTexts } from '../i18n/failure';
import { kt } from '../i18n/desk_work';
import { t } from '../i18n/kiosk';
import { sekolah } from '../i18n/sekolah.svelte';
import { telpText } from '../shared/names';
import type { Prefill } from './screen';

/** A number is looked up if it may be complete and nobody typed for this long. */
const LOOKUP_AFTER_MS = 350;
const TELP_MIN_DIGITS = 9;

/** One of the school's own purposes. */
export type OwnPurpose = `:${string}`;

type Listener = { registered(row: Kedatangan): void; failed(failure: Failure): void };
type FieldName = 'telp' | 'nama' | 'guru' | 'keperluan' | 'setuju' | 'instansi';

/** The server takes no larger group. */
export const ORANG_MAX = 999;

export class WalkInForm {
  telp = $state('');
  nama = $state('');
  guru = $state.raw<Pick<GuruRingkas, 'id' | 'nama' | 'sapaan' | 'jabatan' | 'unit'>>();
  /** The chip that was chosen; `lainnya` opens a line to write in. */
  pilihan = $state<number | 'lainnya' | OwnPurpose>();
  keperluan_lain = $state('');
  setuju = $state(false);

  is_searching = $state(false);
  /** Whose number it is, masked until they say yes. */
  known_tamu = $state.raw<TamuRingkas>();
  /** The guest said that it is them. */
  is_confirmed = $state(false);
  /** The owner of the number, if the guest said that it is somebody else's. */
  owner = $state.raw<TamuRingkas>();
  /** The owner and the guest are one person whose stored name is wrong. */
  sama = $state(false);
  /** A guest without a phone. */
  without_phone = $state(false);
  /** Where a new guest comes from. */
  instansi = $state('');
  jumlah_orang = $state(1);
  /** A known guest's number or code, brought by somebody else. */
  is_another = $state(false);

  busy = $state(false);
  message = $state('');
  /** Errors show only after a first attempt. */
  attempted = $state(false);
  #refused = $state.raw<Partial<Record<FieldName, string>>>({});

  /** What is offered: the school's own purposes, or the usual ones in the guest's language. */
  readonly options = $derived.by((): [number | OwnPurpose, string][] =>
    sekolah.keperluan.length > 0
      ? sekolah.keperluan.map((words) => [`:${words}`, words])
      : t.langsung.pilihan.map((words, at) => [at, words]),
  );
  readonly keperluan = $derived.by(() => {
    const { pilihan } = this;
    if (typeof pilihan === 'number') return t.langsung.pilihan[pilihan] ?? '';
    return pilihan?.startsWith(':') ? pilihan.slice(1) : this.keperluan_lain.trim();
  });
  /** Only a new guest is asked for consent. */
  readonly needs_setuju: boolean = $derived.by(() => !this.is_confirmed || this.is_another);
  readonly #missing = $derived.by(() => {
    const missing: Partial<Record<FieldName, string>> = {};
    if (!this.without_phone && !isWhole(this.telp)) missing.telp = t.langsung.telp_pendek;
    if (this.known_tamu && !this.is_confirmed) missing.telp = t.langsung.jawab_dulu;
    if (this.is_another && !this.nama.trim()) missing.nama = kt.langsung.atas_nama_kosong;
    if (!this.is_confirmed && !this.known_tamu && !this.nama.trim()) missing.nama = t.langsung.nama_kosong;
    if (!this.guru) missing.guru = t.langsung.guru_kosong;
    if (!this.keperluan) missing.keperluan = t.langsung.keperluan_kosong;
    if (this.needs_setuju && !this.setuju) missing.setuju = t.langsung.setuju_kosong;
    return missing;
  });
  readonly errors = $derived<Partial<Record<FieldName, string>>>(
    this.attempted ? { ...this.#refused, ...this.#missing } : this.#refused,
  );

  /** Whether something was filled in. */
  get is_filled(): boolean {
    return Boolean(this.telp || this.nama || this.guru || this.pilihan !== undefined);
  }

  /** The visit that the new one replaces, because its guru cannot meet. */
  readonly replaced: JanjiTemu | undefined;

  #timer: ReturnType<typeof setTimeout> | undefined;
  #kunci = newIdempotencyKey();
  #sent = '';

  constructor(
    content: Prefill,
    private readonly listener: Listener,
  ) {
    const { tamu, janji_temu, replaces = false } = content;
    this.replaced = replaces ? janji_temu : undefined;
    if (tamu) this.#know(tamu);
    if (janji_temu) {
      this.#know({ ...guestOf(janji_temu) });
      if (!replaces)
        this.guru = {
          id: janji_temu.id_guru,
          nama: janji_temu.nama_guru,
          sapaan: janji_temu.sapaan_guru ?? null,
          jabatan: janji_temu.jabatan_guru ?? null,
          unit: janji_temu.unit ?? false,
        };
      this.pilihan = 'lainnya';
      this.keperluan_lain = janji_temu.keperluan;
    }
  }

  /** The number was changed. */
  typed(): void {
    this.known_tamu = undefined;
    this.is_confirmed = false;
    this.is_another = false;
    this.owner = undefined;
    this.sama = false;
    this.#refused = {};
    clearTimeout(this.#timer);
    this.is_searching = isWhole(this.telp);
    if (this.is_searching) this.#timer = setTimeout(() => void this.#lookUp(), LOOKUP_AFTER_MS);
  }

  confirm(): void {
    this.is_confirmed = true;
  }

  /** The number is somebody else's in the family. The visit is in another name. */
  notMe(): void {
    this.owner = this.known_tamu;
    this.known_tamu = undefined;
  }

  /** Enters a guest without a phone by name alone. */
  setWithoutPhone(without: boolean): void {
    this.without_phone = without;
    this.telp = '';
    this.typed();
  }

  /** Another person brings a known guest's number. The visit is in their name. */
  forAnother(other: boolean): void {
    this.is_another = other;
    this.nama = '';
  }

  changeJumlahOrang(orang: number): void {
    this.jumlah_orang = Math.min(ORANG_MAX, Math.max(1, this.jumlah_orang + orang));
  }

  chooseGuru(guru: GuruRingkas | undefined): void {
    this.guru = guru;
  }

  async submit(): Promise<void> {
    this.attempted = true;
    this.message = '';
    this.#refused = {};
    if (Object.keys(this.#missing).length > 0 || !this.guru || this.busy) return;
    const visit = { keperluan: this.keperluan, id_guru: this.guru.id, jumlah_orang: this.jumlah_orang };
    this.busy = true;
    const sent = await walkIn(this.#keyed({ ...this.#guest(), ...visit }));
    this.busy = false;
    if (sent.ok) {
      this.listener.registered(sent.data);
      return;
    }
    this.#refused = fieldErrors(sent.failure);
    if (Object.keys(this.#refused).length === 0) this.message = failureText(sent.failure);
    this.listener.failed(sent.failure);
  }

  #guest(): Partial<WalkInRequest> {
    const nama = this.nama.trim();
    if (this.known_tamu && this.is_confirmed) {
      return { id_tamu: this.known_tamu.id, ...(this.is_another ? { atas_nama: nama } : {}) };
    }
    const instansi = this.instansi.trim();
    return {
      tamu: {
        nama,
        ...(this.without_phone ? {} : { telp: this.telp }),
        ...(instansi ? { instansi } : {}),
      },
      orang_yang_sama: this.owner !== undefined && this.sama,
    };
  }

  /** Keeps the key for the same content only, so that a correction is not taken for a repetition. */
  #keyed(body: Omit<WalkInRequest, 'kunci'>): WalkInRequest {
    const content = JSON.stringify(body);
    if (this.#sent && this.#sent !== content) this.#kunci = newIdempotencyKey();
    this.#sent = content;
    return { ...body, kunci: this.#kunci };
  }

  async #lookUp(): Promise<void> {
    const telp = this.telp;
    const found = await findByTelp(telp);
    if (telp !== this.telp) return;
    this.is_searching = false;
    if (found.ok) this.known_tamu = found.data;
    else this.listener.failed(found.failure);
  }

  #know(tamu: TamuRingkas): void {
    this.telp = tamu.telp ? telpText(tamu.telp) : '';
    this.known_tamu = tamu;
    // The guest's code proves it.
    this.is_confirmed = true;
  }
}

function isWhole(telp: string): boolean {
  return telp.replace(/\D/g, '').length >= TELP_MIN_DIGITS;
}

function guestOf(row: JanjiTemu): TamuRingkas {
  const { id_tamu, nama_tamu, telp = null, instansi } = row;
  return { id: id_tamu, nama: nama_tamu, telp, instansi: instansi ?? null };
}

/** What the server said of each field, by this form's names. */
function fieldErrors(failure: Failure): Partial<Record<FieldName, string>> {
  if (failure.kind !== 'problem' || codeOf(failure) !== 'isian_tidak_valid') return {};
  const names: Record<string, FieldName> = {
    'tamu.telp': 'telp',
    'tamu.nama': 'nama',
    'tamu.instansi': 'instansi',
    atas_nama: 'nama',
    id_tamu: 'telp',
    id_guru: 'guru',
    keperluan: 'keperluan',
  };
  const errors: Partial<Record<FieldName, string>> = {};
  for (const [name, message] of Object.entries(fieldTexts(failure))) {
    const field = names[name];
    if (field) errors[field] = message;
  }
  return errors;
}
