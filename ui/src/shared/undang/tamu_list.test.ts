import { expect, test } from 'vitest';
import { lineFaults, readTamuList, tamuRequest } from './tamu_list';

const faultsOf = (text: string) => lineFaults(readTamuList(text)).map((fault) => fault?.fault);

test('a pasted sheet, a CSV file and typed lines are one list', () => {
  const dewi = {
    nama: 'Dewi Anggraini',
    telp: '0812-0000-5160',
    email: 'dewi@x.example',
    instansi: 'Komite',
  };
  for (const sign of ['\t', ';', ', ']) {
    const line = [dewi.nama, dewi.telp, dewi.email, dewi.instansi].join(sign);
    expect(readTamuList(`${line}\r\n\r\n${line}`)).toEqual([dewi, dewi]);
  }
  expect(readTamuList('Togi Marpaung;081200008842')).toEqual([
    { nama: 'Togi Marpaung', telp: '081200008842', email: '', instansi: '' },
  ]);
});

test('a heading is no guest, and may change the order', () => {
  const text = '\uFEFFNo. HP;Nama Lengkap;Asal\r\n0812 0000 3041;Lim Mei Hua;"SD ""Melati""; Bandung"';
  expect(readTamuList(text)).toEqual([
    { nama: 'Lim Mei Hua', telp: '0812 0000 3041', email: '', instansi: 'SD "Melati"; Bandung' },
  ]);
  expect(readTamuList('Nama,Telp\nSukirman,081200004400')).toHaveLength(1);
  expect(readTamuList('nama\ttelp\temail\tinstansi')).toEqual([]);
  // A guest who is called like a heading is still a guest.
  expect(readTamuList('Nama Wibowo,081200004400')).toHaveLength(1);
});

test('quotes keep commas and line ends, and an open quote loses nobody', () => {
  expect(
    readTamuList('"Wirawan, I Gede",081200001111\nSukirman,081200002222').map(({ nama }) => nama),
  ).toEqual(['Wirawan, I Gede', 'Sukirman']);
  expect(readTamuList('"Dua\nbaris",081200001111')[0]?.nama).toBe('Dua\nbaris');
  expect(readTamuList('Toko "Maju",081200001111')[0]?.nama).toBe('Toko "Maju"');
});

test('a sheet that took the zero of a number gives it back', () => {
  expect(readTamuList('Sukirman\t81200004400')[0]?.telp).toBe('081200004400');
  expect(readTamuList('Sukirman\t+6281200004400')[0]?.telp).toBe('+6281200004400');
});

test('each wrong line says what is wrong with it', () => {
  expect(
    faultsOf(
      [
        'Dewi,081200005160',
        ',081200008842',
        'Togi,',
        'Sukirman,0812 44',
        'Lim,telepon saya',
        'Mei,081200003041,bukan-alamat',
        `${'x'.repeat(101)},081200003042`,
        'Dewi,+62 812-0000-5160',
        'Anak Dewi,081200005160',
      ].join('\n'),
    ),
  ).toEqual([undefined, 'wajib', 'wajib', 'telp', 'telp', 'email', 'panjang', 'dua_kali', undefined]);
});

test('empty cells are not sent', () => {
  const [tamu] = readTamuList(' Dewi , 081200005160 ,, ');
  expect(tamu && tamuRequest(tamu)).toEqual({ nama: 'Dewi', telp: '081200005160' });
});
