import { expect, test } from 'vitest';
import { codeTail, shapeOf, type CodeShape } from './code_shape';

const TOKEN = 'CAAQAAAAAAAAAABKADVGAOKIVPXUHWTQDLZNABAYSIEGABY';

test.each<[string, CodeShape]>([
  [TOKEN, 'kode'],
  [`  ${TOKEN.toLowerCase()},1 `, 'kode'],
  [`HTTPS://BUKU.SEKOLAH.EXAMPLE/K/${TOKEN}/`, 'kode'],
  [TOKEN.slice(0, 46), 'terpotong'],
  [TOKEN.slice(12), 'terpotong'],
  [TOKEN.slice(0, 20).toLowerCase(), 'asing'],
  ['q2w3e4r5t6y7', 'terpotong'],
  [`https://buku.sekolah.example/k/${TOKEN.slice(0, 30)}`, 'terpotong'],
  ['HTTPS://BUKU.SEKOLAH.EXAMPLE/K/', 'terpotong'],
  [`]Q1${TOKEN.slice(0, 9)}`, 'terpotong'],
  ['00020101021126610014COM.EXAMPLE.WWW0118936000000000000000', 'asing'],
  ['https://lain.example/menu1', 'asing'],
  ['WIFI:T:WPA;S:Sekolah;P:rahasia234;;', 'asing'],
  ['8991234567890', 'asing'],
  ['Perpustakaan', 'asing'],
  ['PERPUSTAKAAN', 'asing'],
  [`${TOKEN.slice(0, 20)} ${TOKEN.slice(20)}`, 'asing'],
  ['', 'asing'],
])('%s', (text, look) => {
  expect(shapeOf(text)).toBe(look);
});

test('a code is what belongs to it, and not what was typed before', () => {
  for (const code of [TOKEN, `${TOKEN},1`, `]Q1${TOKEN}`, `https://a.example/k/${TOKEN}/`]) {
    expect(codeTail(code)).toBe(code.length);
    expect(codeTail(`Ibu Siti ${code}`)).toBe(code.length);
  }
  expect(codeTail(TOKEN.slice(1))).toBe(0);
});
