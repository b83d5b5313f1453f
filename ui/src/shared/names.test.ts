import { expect, test } from 'vitest';
import { initials, shortName, masked, telpText } from './names';

test('the lobby reads a first name and an initial', () => {
  expect(shortName('Ratna Wulandari')).toBe('Ratna W.');
  expect(shortName('Yusuf')).toBe('Yusuf');
  expect(shortName('Bambang Prasetyo, S.Pd.')).toBe('Bambang P.');
  expect(shortName('Drs. Agus Salim Harahap')).toBe('Agus H.');
  expect(shortName('  ')).toBe('');
});

test('a masked name shows its owner enough and others too little', () => {
  expect(masked('Siti Rahmawati')).toBe('Si•• Rah••••••');
  expect(masked('CV Cahaya')).toBe('C• Cah•••');
  expect(masked('')).toBe('');
});

test('initials and numbers', () => {
  expect(initials('Sri Hartini, S.Pd.')).toBe('SH');
  expect(initials('Yusuf')).toBe('Y');
  expect(telpText('+6281200004417')).toBe('0812 0000 4417');
});
