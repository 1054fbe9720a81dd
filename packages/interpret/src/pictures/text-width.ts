/** Size of the letters in a picture, in pixels, unless a label says otherwise. */
export const FONT_SIZE = 11;

/**
 * An upper estimate of the width of some text in pixels. Nothing here can measure, so it takes the widths of DejaVu Sans,
 * the widest of the fonts that a system is likely to choose.
 */
export function textWidth(text: string, fontSize = FONT_SIZE): number {
  const ems = [...text].reduce((sum, character) => sum + ems1(character), 0);
  return ems * fontSize;
}

function ems1(character: string): number {
  if (/[\u1100-\u11ff\u2e80-\u{3ffff}]/u.test(character)) return 1;
  if (/[ijl|.,:;'!\sIft()[\]/-]/.test(character)) return 0.41;
  if (/[mwMW@%…→]/.test(character)) return 1;
  return /[A-Z−+=<>×Δ]/.test(character) ? 0.84 : 0.65;
}

/** The text, or as much of it as fits into so many pixels, the rest an ellipsis. */
export function fitText(text: string, width: number, fontSize = FONT_SIZE): string {
  if (textWidth(text, fontSize) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, fontSize) > width) characters.pop();
  return characters.length > 0 ? `${characters.join('')}…` : '';
}
