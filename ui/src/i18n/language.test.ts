import { afterEach, expect, test } from 'vitest';
import { language } from './language.svelte';
import { sekolah } from './sekolah.svelte';

afterEach(() => {
  language.offer(['id', 'en'], undefined);
  language.choose('id');
});

test('a guest reads what the school offers, and the phone keeps what its owner chose', () => {
  language.choose('en');
  sekolah.told({ nama: 'SMP', zona_waktu: 'Asia/Jakarta', bahasa: ['id'], bahasa_bawaan: 'id' });
  language.keepToOffered();
  expect([language.code, language.kept, document.documentElement.lang]).toEqual(['id', 'en', 'id']);
  sekolah.told({ nama: 'SMP', zona_waktu: 'Asia/Jakarta', bahasa: ['id', 'en'], bahasa_bawaan: 'id' });
  language.keepToOffered();
  expect(language.code).toBe('en');
});

test('an old copy of a visit tells nothing of languages and changes none', () => {
  sekolah.told({ nama: 'SMP', zona_waktu: 'Asia/Jakarta' });
  expect([language.offered, language.code]).toEqual([['id', 'en'], 'id']);
});
