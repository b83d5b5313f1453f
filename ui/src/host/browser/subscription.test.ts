import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Event } from '../../api/types';
import type { Update } from '../contract.mjs';
import type { BrowserSesi } from './sesi';
import { BrowserSubscription } from './subscription';

class Socket {
  static last: Socket | undefined;
  onopen = (): void => undefined;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: string[] = [];
  constructor() {
    Socket.last = this;
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.onclose?.();
  }
  tell(event: Event): void {
    this.onmessage?.({ data: JSON.stringify(event) });
  }
}

const told: Update[] = [];
let subscription: BrowserSubscription;

beforeEach(async () => {
  vi.stubGlobal('WebSocket', Socket);
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  told.length = 0;
  const sesi = { access: () => Promise.resolve({ ok: true, data: 'akses' }) } as unknown as BrowserSesi;
  subscription = new BrowserSubscription(sesi, (update) => told.push(update));
  await Promise.resolve();
  await Promise.resolve();
  Socket.last?.onopen();
});
afterEach(() => {
  subscription.close();
  vi.unstubAllGlobals();
});

test('what becomes of messages and channels reaches the page as it is', () => {
  const pesan: Event = {
    type: 'pesan',
    data: {
      id: 4,
      jenis: 'undangan',
      id_janji_temu: 7,
      penerima: 'Ratna Wulandari',
      saluran: 'email',
      keadaan: 'terkirim',
      percobaan: 1,
      dibuat_pada: '2026-11-23T02:40:00Z',
      diubah_pada: '2026-11-23T02:41:00Z',
    },
  };
  const saluran: Event = { type: 'saluran', data: { nama: 'whatsapp', alasan: 'sesi_putus' } };
  expect(Socket.last?.sent).toEqual([JSON.stringify({ type: 'authenticate', token: 'akses' })]);
  Socket.last?.tell(pesan);
  Socket.last?.tell(saluran);
  expect(told).toEqual([pesan, saluran]);
});
