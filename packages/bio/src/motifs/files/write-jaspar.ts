import { dna } from '../../alphabet';
import type { Motif } from '../motif';
import { asText, checkNames, matrixOf } from './from-matrix';

/** How JASPAR's files may look. */
export interface WriteJasparOptions {
  /** `A [ 87 167 ]` unless said, with `'raw'` the numbers alone: four rows, A C G T. */
  readonly style?: 'bracketed' | 'raw';
}

/**
 * JASPAR's format: the counts where they are known, else frequencies, to six digits behind the point. DNA alone.
 * @throws RangeError for names that would break the file
 */
export function writeJaspar(motifs: readonly Motif[], { style = 'bracketed' }: WriteJasparOptions = {}): string {
  return motifs.map((motif) => motifText(motif, style)).join('\n');
}

function motifText(motif: Motif, style: 'bracketed' | 'raw'): string {
  checkNames('writeJaspar', motif);
  const matrix = matrixOf(motif);
  if (matrix.some((row) => row.length !== 4)) throw new RangeError(`writeJaspar: the motif ${motif.id} is not of DNA`);
  const cells = matrix.map((row) => row.map(asText));
  const widths = cells.map((row) => Math.max(...row.map((cell) => cell.length)));
  const rows = [...dna.letters].map((letter, i) => {
    const numbers = cells.map((row, position) => row[i].padStart(widths[position])).join(' ');
    return style === 'raw' ? numbers : `${letter} [ ${numbers} ]`;
  });
  return `>${`${motif.id} ${motif.name}`.trim()}\n${rows.join('\n')}\n`;
}
