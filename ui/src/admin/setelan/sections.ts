/** The parts of the settings, as the address names them. */

export const SECTIONS = ['pesan', 'sekolah', 'data'] as const;
export type Section = (typeof SECTIONS)[number];

export function sectionOf(rest: string): Section {
  return SECTIONS.find((name) => name === rest) ?? 'pesan';
}
