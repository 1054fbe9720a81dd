/**
 * Four colours that stay apart under protanopia, deuteranopia and tritanopia, and reach a contrast of 3 : 1 on white and
 * on near-black paper, so that one picture serves both.
 */
export const palette = { green: '#139e7a', blue: '#3166c8', amber: '#c48200', red: '#ba3c30' } as const;

/**
 * The ends of a scale that diverges from 0: blue and orange of the same luminance, so that neither sign weighs more, with a
 * contrast of 4 : 1 on white and on near-black paper.
 */
export const opposites = { below: '#2f79e6', above: '#c26100' } as const;

/** Nucleotides in the customary order of colours: A green, C blue, G amber, T and U red. */
export const nucleotideColours: Readonly<Record<string, string>> = {
  A: palette.green,
  C: palette.blue,
  G: palette.amber,
  T: palette.red,
  U: palette.red,
};

/** Amino acids by chemistry: acidic red, basic blue, polar green, C G P amber; the hydrophobic rest takes the grey. */
export const aminoAcidColours: Readonly<Record<string, string>> = {
  ...colour('DE', palette.red),
  ...colour('KRH', palette.blue),
  ...colour('STNQ', palette.green),
  ...colour('CGP', palette.amber),
};

/** Letters without a colour of their own. */
export const grey = '#7c828b';

function colour(letters: string, value: string): Record<string, string> {
  return Object.fromEntries([...letters].map((letter) => [letter, value]));
}
