/** The icons and colours that go with a message's state and channel, the same everywhere. */
import {
  Check,
  CheckCheck,
  CircleAlert,
  CircleSlash,
  Hourglass,
  Mail,
  MailQuestionMark,
  MessageCircle,
  PackageCheck,
  Send,
} from '@lucide/svelte';
import type { KeadaanPesan, Saluran } from '../api/types';
import type { Icon } from './status_icons';

export const KEADAAN_ICON: Record<KeadaanPesan, Icon> = {
  menunggu: Hourglass,
  diserahkan: PackageCheck,
  terkirim: Send,
  sampai: Check,
  dibaca: CheckCheck,
  gagal: CircleAlert,
  usang: CircleSlash,
};

/** The chip's colour, a class of ui.css. */
export const KEADAAN_COLOR: Record<KeadaanPesan, string> = {
  menunggu: 'menunggu',
  diserahkan: '',
  terkirim: '',
  sampai: 'sampai',
  dibaca: 'dibaca',
  gagal: 'gagal',
  usang: 'garis',
};

const SALURAN_ICON: Record<Saluran, Icon> = { whatsapp: MessageCircle, email: Mail };

export function saluranIcon(saluran: Saluran | null | undefined): Icon {
  return saluran ? SALURAN_ICON[saluran] : MailQuestionMark;
}
