import { expect, test } from 'vitest';
import { placeOf } from './place';

const kode = 'cakqqz'.padEnd(47, 'a');

test('an address names a visit by its code, in either case', () => {
  const visit = { kind: 'kunjungan', kode: kode.toUpperCase() };
  expect(placeOf(`/k/${kode}`)).toEqual(visit);
  expect(placeOf(`/K/${kode.toUpperCase()}`)).toEqual(visit);
  expect(placeOf(`/k/${kode}/`)).toEqual(visit);
});

test('what a messenger adds to an address does not count', () => {
  for (const added of ['.', ')', '%3E', ',', '”']) {
    expect(placeOf(`/k/${kode}${added}`)).toMatchObject({ kode: kode.toUpperCase() });
  }
});

test('an address without a code names no visit, and any other is the account', () => {
  expect(placeOf('/k/')).toEqual({ kind: 'kunjungan', kode: '' });
  expect(placeOf('/k/abc')).toEqual({ kind: 'kunjungan', kode: '' });
  expect(placeOf('/tamu')).toEqual({ kind: 'akun' });
});
