/** The icons that go with a status, the same everywhere. */
import { Armchair, Ban, Check, CircleDashed, UserX, UsersRound } from '@lucide/svelte';
import type { Component } from 'svelte';
import type { LucideProps } from '@lucide/svelte';
import type { Status } from '../api/types';

export type Icon = Component<LucideProps>;

export const STATUS_ICON: Record<Status, Icon> = {
  belum: CircleDashed,
  menunggu: Armchair,
  'sedang berlangsung': UsersRound,
  selesai: Check,
  batal: Ban,
  'tidak hadir': UserX,
};

/** The chip's colour for a status, a class of ui.css. */
export const STATUS_COLOR: Record<Status, string> = {
  belum: '',
  menunggu: 'menunggu',
  'sedang berlangsung': 'berlangsung',
  selesai: 'selesai',
  batal: '',
  'tidak hadir': 'tak-hadir',
};
