/** The tokens' colours as they are in force around a node, for what is painted and not styled. */
export type Look = {
  board: string;
  border: string;
  line: string;
  ink: string;
  soft_ink: string;
  paper: string;
  indigo: string;
  soft_indigo: string;
  font: string;
  /** The text's size in pixels, as the browser's zoom of text has it. */
  text_px: number;
};

export function lookOf(node: Element): Look {
  const style = getComputedStyle(node);
  const token = (name: string) => style.getPropertyValue(`--warna-${name}`).trim();
  return {
    board: token('papan'),
    border: token('garis-isian'),
    line: token('garis'),
    ink: token('tinta'),
    soft_ink: token('tinta-2'),
    paper: token('kertas'),
    indigo: token('nila'),
    soft_indigo: token('nila-lembut'),
    font: style.fontFamily,
    text_px: 13 * (parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1),
  };
}
