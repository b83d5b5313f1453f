/** A mail server as its handbook names it, and the one address that the server is told. */
import { isPort } from '../../shared/port';

/** How what is sent is kept from others on the way. */
export const KEAMANAN = ['tls', 'starttls', 'tanpa'] as const;
export type Keamanan = (typeof KEAMANAN)[number];

export const PORTS: Record<Keamanan, string> = { tls: '465', starttls: '587', tanpa: '25' };

export type MailServer = {
  server: string;
  keamanan: Keamanan;
  /** Empty for the usual one. */
  port: string;
  pengguna: string;
  sandi: string;
};

export type MailServerFault = 'server' | 'port' | 'pengguna';

/** The field that no address can be made of; undefined if there is an address. */
export function faultOf({ server, port, pengguna, sandi }: MailServer): MailServerFault | undefined {
  if (isAddress(server)) return undefined;
  if (!isHost(server)) return 'server';
  if (port && !isPort(port)) return 'port';
  return sandi && !pengguna ? 'pengguna' : undefined;
}

/** The address; one that was pasted whole stays as it is. */
export function addressOf({ server, keamanan, port, pengguna, sandi }: MailServer): string {
  if (isAddress(server)) return server;
  const scheme = keamanan === 'tls' ? 'smtps' : 'smtp';
  const user = encodeURIComponent(pengguna);
  const password = sandi ? `:${encodeURIComponent(sandi)}` : '';
  const who = user ? `${user}${password}@` : '';
  const must_be_tls = keamanan === 'starttls' ? '?tls=required' : '';
  return `${scheme}://${who}${server}:${port || PORTS[keamanan]}${must_be_tls}`;
}

function isAddress(server: string): boolean {
  return server.includes('://');
}

/** A name or a number, and nothing else of an address. */
function isHost(server: string): boolean {
  return URL.canParse(`https://${server}`) && /^(\[[\da-f:.]+\]|[^\s/?#@:[\]\\]+)$/i.test(server);
}
