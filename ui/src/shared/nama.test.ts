import { expect, test } from 'vitest';
import { inisial, namaPendek, samarkan, telpTampil } from './nama';

test('the lobby reads a first name and an initial', () => {
  expect(namaPendek('Ratna Wulandari')).toBe('Ratna W.');
  expect(namaPendek('Yusuf')).toBe('Yusuf');
  expect(namaPendek('Bambang Prasetyo, S.Pd.')).toBe('Bambang P.');
  expect(namaPendek('Drs. Agus Salim Harahap')).toBe('Agus H.');
  expect(namaPendek('  ')).toBe('');
});

test('a masked name shows its owner enough and others too little', () => {
  expect(samarkan('Siti Rahmawati')).toBe('Si•• Rah••••••');
  expect(samarkan('CV Cahaya')).toBe('C• Cah•••');
  expect(samarkan('')).toBe('');
});

test('initials and numbers', () => {
  expect(inisial('Sri Hartini, S.Pd.')).toBe('SH');
  expect(inisial('Yusuf')).toBe('Y');
  expect(telpTampil('+6281200004417')).toBe('0812 0000 4417');
});
