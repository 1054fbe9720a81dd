import { sitesOf, withPseudocount } from '../as-meme';
import type { Motif } from '../motif';
import type { Background } from '../pwm';

/** Positions of one or several motifs, one after the other, as column scores take them. */
export interface Columns {
  readonly count: number;
  readonly letters: number;
  /** With pseudocounts. [count, letters] */
  readonly p: Float64Array;
  /** How many sites the motif of each column was made from. [count] */
  readonly sites: Float64Array;
}

/** The columns of motifs, with so many pseudocounts in each, shared out by the background. */
export function columnsOf(motifs: readonly Motif[], pseudocount: number, background: Background): Columns {
  const rows = motifs.flatMap((motif) => withPseudocount(motif, pseudocount, background));
  const sites = motifs.flatMap((motif) => motif.probabilities.map(() => sitesOf(motif)));
  const p = Float64Array.from(rows.flat());
  return { count: rows.length, letters: background.length, p, sites: Float64Array.from(sites) };
}

/** Each motif followed by its other strand: columns backwards, paired letters exchanged. `widths` are the motifs'. */
export function withOtherStrands({ count, letters, p, sites }: Columns, widths: readonly number[]): Columns {
  const [bothP, bothSites] = [new Float64Array(2 * p.length), new Float64Array(2 * count)];
  let start = 0;
  for (const width of widths) {
    const given = p.subarray(start * letters, (start + width) * letters);
    bothP.set(given, 2 * start * letters);
    bothP.set(given.slice().reverse(), (2 * start + width) * letters); // in ACGT, partners stand mirrored
    bothSites.fill(sites[start], 2 * start, 2 * (start + width));
    start += width;
  }
  return { count: 2 * count, letters, p: bothP, sites: bothSites };
}
