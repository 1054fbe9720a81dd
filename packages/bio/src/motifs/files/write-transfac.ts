import { consensus } from '../consensus';
import type { Motif } from '../motif';
import { asText, checkNames, matrixOf } from './from-matrix';

/**
 * TRANSFAC's format: the counts where they are known, else frequencies, to six digits behind the point. DNA alone.
 * @throws RangeError for names that would break the file
 */
export function writeTransfac(motifs: readonly Motif[]): string {
  return motifs.map(motifText).join('');
}

function motifText(motif: Motif): string {
  checkNames('writeTransfac', motif);
  const matrix = matrixOf(motif);
  if (matrix.some((row) => row.length !== 4))
    throw new RangeError(`writeTransfac: the motif ${motif.id} is not of DNA`);
  const letters = consensus(matrix);
  const name = motif.name.trim();
  return [
    `AC  ${motif.id}`,
    'XX',
    ...(name === '' ? [] : [`ID  ${name}`, 'XX', `NA  ${name}`, 'XX']),
    `P0${cells([...'ACGT'])}`,
    ...matrix.map((row, i) => `${`${i + 1}`.padStart(2, '0')}${cells([...row.map(asText), letters[i]])}`),
    'XX\n//\n',
  ].join('\n');
}

const cells = (words: readonly string[]) => words.map((word) => ` ${word.padStart(6)}`).join('');
