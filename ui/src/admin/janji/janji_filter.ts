/** Which appointments the list shows, as the address tells it: `#/janji/q=nilai&rentang=semua&janji=12`. */
import type { JanjiTemuFilter } from '../../api/janji_temu';
import type { Jenis, Status } from '../../api/types';
import { addDays } from '../../i18n/format';

export const RANGES = ['hari_ini', 'minggu', 'bulan', 'mendatang', 'semua', 'sendiri'] as const;
export type Range = (typeof RANGES)[number];
export const STATUSES: Status[] = [
  'belum',
  'menunggu',
  'sedang berlangsung',
  'selesai',
  'batal',
  'tidak hadir',
];
const KINDS: Jenis[] = ['janji', 'langsung'];

export type Filter = {
  q: string;
  range: Range;
  /** YYYY-MM-DD, of the range `sendiri`. */
  dari: string;
  sampai: string;
  id_guru: number;
  jenis: Jenis | '';
  status: Status | '';
  /** 0: anybody's. */
  id_tamu: number;
  page: number;
  /** The appointment that is open; 0: none. */
  opened: number;
  /** A new one is being made. */
  making: boolean;
};

export const NO_FILTER: Filter = {
  q: '',
  range: 'bulan',
  dari: '',
  sampai: '',
  id_guru: 0,
  jenis: '',
  status: '',
  id_tamu: 0,
  page: 1,
  opened: 0,
  making: false,
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const oneOf = <T extends string>(words: readonly T[], word: string | null): T | undefined =>
  words.find((known) => known === word);

export function readFilter(rest: string): Filter {
  const params = new URLSearchParams(rest);
  const number = (name: string) => Math.max(0, Math.trunc(Number(params.get(name) ?? 0)) || 0);
  const day = (name: string) => (DAY.test(params.get(name) ?? '') ? (params.get(name) ?? '') : '');
  return {
    q: (params.get('q') ?? '').slice(0, 60),
    range: oneOf(RANGES, params.get('rentang')) ?? (number('tamu') > 0 ? 'semua' : NO_FILTER.range),
    dari: day('dari'),
    sampai: day('sampai'),
    id_guru: number('guru'),
    jenis: oneOf(KINDS, params.get('jenis')) ?? '',
    status: oneOf(STATUSES, params.get('status')) ?? '',
    id_tamu: number('tamu'),
    page: Math.max(1, number('halaman')),
    opened: number('janji'),
    making: params.has('buat'),
  };
}

/** What differs from the list as it opens. */
export function writeFilter(filter: Filter): string {
  const params = new URLSearchParams();
  const put = (name: string, value: string | number, usual: string | number) => {
    if (value !== usual) params.set(name, String(value));
  };
  put('q', filter.q.trim(), '');
  put('rentang', filter.range, filter.id_tamu > 0 ? 'semua' : NO_FILTER.range);
  if (filter.range === 'sendiri') {
    put('dari', filter.dari, '');
    put('sampai', filter.sampai, '');
  }
  put('guru', filter.id_guru, 0);
  put('jenis', filter.jenis, '');
  put('status', filter.status, '');
  put('tamu', filter.id_tamu, 0);
  put('halaman', filter.page, 1);
  put('janji', filter.opened, 0);
  if (filter.making) params.set('buat', 'ya');
  return params.toString();
}

/** The days that a range stands for. Appointments can be made two months ahead. */
function daysOf({ range, dari, sampai }: Filter, today: string): Pick<JanjiTemuFilter, 'dari' | 'sampai'> {
  switch (range) {
    case 'hari_ini':
      return { dari: today, sampai: today };
    case 'minggu':
      return { dari: addDays(today, -6), sampai: today };
    case 'bulan':
      return { dari: addDays(today, -29), sampai: today };
    case 'mendatang':
      return { dari: today };
    case 'semua':
      return {};
    case 'sendiri': {
      const [first, last] = dari && sampai && sampai < dari ? [sampai, dari] : [dari, sampai];
      return { ...(first ? { dari: first } : {}), ...(last ? { sampai: last } : {}) };
    }
  }
}

/** What is asked of the server. */
export function queryOf(filter: Filter, today: string): JanjiTemuFilter {
  const q = filter.q.trim();
  return {
    ...daysOf(filter, today),
    ...(q ? { q } : {}),
    ...(filter.id_guru > 0 ? { id_guru: filter.id_guru } : {}),
    ...(filter.id_tamu > 0 ? { id_tamu: filter.id_tamu } : {}),
    ...(filter.jenis ? { jenis: filter.jenis } : {}),
    ...(filter.status ? { status: filter.status } : {}),
    urut: filter.range === 'mendatang' ? 'jadwal' : '-jadwal',
    hitung: true,
  };
}
