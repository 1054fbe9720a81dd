import { dna } from '../../alphabet';
import type { Alphabet } from '../../alphabet';
import { majority } from '../consensus';
import type { FimoHit } from '../fimo/fimo';
import type { Motif } from '../motif';
import { reverseComplementMatrix } from '../pwm';
import type { TomtomMatch } from '../tomtom/tomtom';

/**
 * What `tomtom` found as a table with tabs, in the columns of MEME 5: `tomtom.tsv`. Consensus letters are the most frequent
 * ones, the target's on the strand of the match.
 * @param matches those of each query
 */
export function tomtomTable(
  queries: readonly Motif[],
  matches: readonly (readonly TomtomMatch[])[],
  alphabet: Alphabet = dna,
): string {
  const rows = queries.flatMap((query, i) =>
    matches[i].map(({ target, strand, offset, overlap, pValue, eValue, qValue }) => {
      const matrix = strand === '+' ? target.probabilities : reverseComplementMatrix(target.probabilities);
      const numbers = [pValue, eValue, qValue].map((value) => printed(value, 6));
      const letters = [query.probabilities, matrix].map((probabilities) => majority(probabilities, alphabet));
      return [query.id, target.id, offset, ...numbers, overlap, ...letters, strand];
    }),
  );
  return asTable(TOMTOM_COLUMNS, rows);
}

const TOMTOM_COLUMNS =
  'Query_ID Target_ID Optimal_offset p-value E-value q-value Overlap Query_consensus Target_consensus Orientation';

/** What `fimo` found as a table with tabs, in the columns of MEME 5: `fimo.tsv`. Positions count from 1, both ends included. */
export function fimoTable(hits: readonly FimoHit[]): string {
  const rows = hits.map(({ motif, sequence, position, strand, score, pValue, qValue, matched }) => {
    const place = [position + 1, position + matched.length, strand];
    return [
      motif.id,
      motif.name,
      sequence,
      ...place,
      printed(score, 6),
      printed(pValue, 3),
      printed(qValue, 3),
      matched,
    ];
  });
  return asTable(FIMO_COLUMNS, rows);
}

const FIMO_COLUMNS = 'motif_id motif_alt_id sequence_name start stop strand score p-value q-value matched_sequence';

const asTable = (columns: string, rows: readonly (readonly (string | number)[])[]): string =>
  [columns.split(' '), ...rows].map((row) => `${row.join('\t')}\n`).join('');

/** A number as C's `%.{digits}g` prints it, for tables that are compared with MEME's. */
function printed(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  const exponent = rounded === 0 ? 0 : Number(rounded.toExponential().split('e')[1]);
  if (exponent >= -4 && exponent < digits) return String(rounded);
  const [mantissa, sign, power] = rounded.toExponential().split(/e([-+])/);
  return `${mantissa}e${sign}${power.padStart(2, '0')}`;
}
