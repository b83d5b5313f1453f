import { beforeEach, expect, test, vi } from 'vitest';

const respond = vi.fn();
vi.mock('../api/notifikasi', () => ({ respond }));
const { Reply, replies } = await import('./reply.svelte');
const { toast } = await import('./toast.svelte');

const nothing = {
  tanggapan: null,
  tanggapan_jenis: null,
  tanggapan_menit: null,
  tanggapan_tempat: null,
  ditanggapi_pada: null,
  diberi_tahu_pada: null,
};
const hers = {
  ...nothing,
  tanggapan: 'Saya ke lobi',
  tanggapan_jenis: 'ke_lobi' as const,
  ditanggapi_pada: '2026-11-23T02:00:00Z',
  ditanggapi_oleh: 'Ani',
};
const refused = {
  ok: false as const,
  failure: {
    kind: 'problem',
    problem: { status: 409, title: '', detail: '', code: 'sudah_ditanggapi', errors: {}, codes: {} },
  },
};

beforeEach(() => vi.clearAllMocks());

test("a colleague's answer that came first takes the place of one's own", async () => {
  const reply = new Reply(1, () => undefined, nothing);
  let answer: (value: unknown) => void = () => undefined;
  respond.mockReturnValue(new Promise((resolve) => (answer = resolve)));
  const sent = reply.send(replies.cannot_meet());
  reply.adopt(hers);
  expect(reply.phase).toBe('mengirim');
  answer(refused);
  await sent;
  expect([reply.phase, reply.body?.tanggapan_jenis, reply.by]).toEqual(['terkirim', 'ke_lobi', 'Ani']);
  expect(toast.message).toBe('Rekan Anda sudah menjawab lebih dahulu.');
});

test("a colleague's answer is shown as soon as it is told of", async () => {
  const reply = new Reply(1, () => undefined, nothing);
  respond.mockResolvedValue(refused);
  await reply.send(replies.cannot_meet());
  expect(reply.phase, 'the event is on its way').toBe('diam');
  reply.adopt(hers);
  expect([reply.phase, reply.by]).toEqual(['terkirim', 'Ani']);
  await reply.takeBack();
  expect([reply.phase, reply.by, reply.taken_back]).toEqual(['terkirim', 'Ani', false]);
});
