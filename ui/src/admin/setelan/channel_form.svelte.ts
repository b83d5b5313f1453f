/** How a channel is set up. What is kept of it is never told, and so its form begins empty. */
import type { SaluranRequest, SmtpForm, WhatsappForm } from '../../api/requests';
import { removeSaluran, updateSaluran } from '../../api/saluran';
import type { Failure, Result } from '../../api/result';
import type { Penyedia, SaluranRow } from '../../api/types';
import { t } from '../../i18n/admin_setelan';
import { failureText, fieldTexts } from '../../i18n/failure';
import { addressOf, faultOf, KEAMANAN, type Keamanan, type MailServer } from './smtp_address';

/** Those of WhatsApp. */
export const PROVIDERS = ['cloud', 'fonnte', 'wablas', 'waha', 'evolution'] as const satisfies Penyedia[];
/** What is sent. Templates of the Cloud API are named as usual. */
type SentField = Exclude<keyof WhatsappForm, 'penyedia' | 'template'> | keyof SmtpForm;
/** What is asked. Of a mail server its parts, which make its `url`. */
export type ChannelField = Exclude<SentField, 'url'> | keyof MailServer;

type FieldShape = { name: ChannelField; is_secret?: true; is_optional?: true };

const secret = (name: ChannelField): FieldShape => ({ name, is_secret: true });
const optional = (shape: FieldShape): FieldShape => ({ ...shape, is_optional: true });
const BASE: FieldShape = { name: 'base' };
const REPORTS = optional(secret('webhook_secret'));

/** What each provider asks for, as `domain` reads it. */
const ASKED: Record<Penyedia, FieldShape[]> = {
  smtp: [
    { name: 'server' },
    { name: 'keamanan' },
    optional({ name: 'port' }),
    optional({ name: 'pengguna' }),
    optional(secret('sandi')),
    optional({ name: 'dari' }),
    optional({ name: 'dari_nama' }),
  ],
  cloud: [
    { name: 'phone_id' },
    secret('token'),
    optional(secret('app_secret')),
    optional(secret('verify_token')),
    optional({ name: 'version' }),
    optional(BASE),
  ],
  fonnte: [secret('token'), REPORTS, optional(BASE)],
  wablas: [BASE, secret('token'), secret('secret'), REPORTS],
  waha: [BASE, secret('key'), optional({ name: 'session' }), REPORTS],
  evolution: [BASE, { name: 'instance' }, secret('key'), optional({ name: 'version' }), REPORTS],
};

export class ChannelForm {
  penyedia = $state<Penyedia>('smtp');
  values = $state<Partial<Record<ChannelField, string>>>({});
  keamanan = $state<Keamanan>(KEAMANAN[0]);
  busy = $state<'simpan' | 'hapus'>();
  message = $state('');
  #attempted = $state(false);
  #refused = $state.raw<Partial<Record<string, string>>>({});

  readonly fields = $derived(ASKED[this.penyedia]);
  readonly has_input = $derived(Object.values(this.values).some((value) => value.trim()));
  readonly errors: Partial<Record<string, string>> = $derived(
    this.#attempted ? { ...this.#refused, ...this.#missing() } : this.#refused,
  );

  constructor(readonly row: SaluranRow) {
    if (row.nama === 'whatsapp') this.penyedia = PROVIDERS.find((one) => one === row.penyedia) ?? 'cloud';
  }

  typed(): void {
    this.#refused = {};
    this.message = '';
  }

  /** The channel as it stands then; undefined if it was not taken. */
  async save(): Promise<SaluranRow | undefined> {
    this.#attempted = true;
    this.typed();
    if (this.busy || Object.keys(this.errors).length > 0) return undefined;
    const body = this.#body();
    return this.#send('simpan', () => updateSaluran(this.row.nama, body));
  }

  /** Takes the channel away. */
  async remove(): Promise<SaluranRow | undefined> {
    this.typed();
    return this.busy ? undefined : this.#send('hapus', () => removeSaluran(this.row.nama));
  }

  async #send(
    busy: 'simpan' | 'hapus',
    ask: () => Promise<Result<SaluranRow>>,
  ): Promise<SaluranRow | undefined> {
    this.busy = busy;
    const saved = await ask();
    this.busy = undefined;
    if (saved.ok) return saved.data;
    this.#refuse(saved.failure);
    return undefined;
  }

  #missing(): Partial<Record<string, string>> {
    const missing = this.fields.filter(
      ({ name, is_optional }) => !is_optional && name !== 'keamanan' && !this.#value(name),
    );
    const fault = this.penyedia === 'smtp' ? faultOf(this.#mailServer()) : undefined;
    return {
      ...(fault ? { [fault]: t.saluran.salah[fault] } : {}),
      ...Object.fromEntries(missing.map(({ name }) => [name, t.saluran.wajib])),
    };
  }

  #value(name: ChannelField): string {
    return this.values[name]?.trim() ?? '';
  }

  #mailServer(): MailServer {
    return {
      server: this.#value('server'),
      keamanan: this.keamanan,
      port: this.#value('port'),
      pengguna: this.#value('pengguna'),
      sandi: this.#value('sandi'),
    };
  }

  #body(): SaluranRequest {
    if (this.penyedia === 'smtp') {
      const [dari, dari_nama] = [this.#value('dari'), this.#value('dari_nama')];
      const url = addressOf(this.#mailServer());
      return { smtp: { url, ...(dari ? { dari } : {}), ...(dari_nama ? { dari_nama } : {}) } };
    }
    const given = this.fields.flatMap(({ name }) => (this.#value(name) ? [[name, this.#value(name)]] : []));
    const fields = Object.fromEntries(given) as Partial<Record<SentField, string>>;
    return { whatsapp: { penyedia: this.penyedia, ...fields } };
  }

  #refuse(failure: Failure): void {
    const { url, ...errors } = fieldTexts(failure);
    // Its server is what can be wrong about an address that was made of parts.
    this.#refused = url ? { ...errors, server: url } : errors;
    const is_told = this.fields.some(({ name }) => this.#refused[name]);
    if (!is_told) this.message = failureText(failure);
  }
}
