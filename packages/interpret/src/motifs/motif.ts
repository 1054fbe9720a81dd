import { consensus } from './consensus';
import { informationBits, trimColumns } from './information';

/** A motif read off a filter: plain numbers, ready for JSON. */
export interface Motif {
  /** Index of the filter among the channels of its layer. */
  filter: number;
  /** Rows positions, columns A C G T, one pseudocount per base included. */
  counts: number[][];
  /** Number of k-mers counted, pseudocounts left out. */
  sites: number;
  /** Number of positions at which a site was looked for. */
  positions: number;
  /** Activation above which a position was counted, or that of the weakest site where the strongest were taken. */
  threshold: number;
  /** The same count over control sequences, if there were any. */
  control?: { sites: number; positions: number };
  /** Sum of the columns' information against a uniform background, in bits. */
  informationBits: number;
  /** IUPAC letters, by Cavener's rule. */
  consensus: string;
}

/**
 * Motifs with what follows from their counts, faint columns trimmed from both ends below `trimBits` if it is given.
 * Those without a site or without a column left are dropped.
 */
export function completeMotifs(
  observed: readonly Omit<Motif, 'informationBits' | 'consensus'>[],
  trimBits?: number,
): Motif[] {
  return observed
    .map((motif) => ({ ...motif, counts: trimBits === undefined ? motif.counts : trimColumns(motif.counts, trimBits) }))
    .filter(({ counts, sites }) => sites > 0 && counts.length > 0)
    .map((motif) => ({ ...motif, informationBits: informationBits(motif.counts), consensus: consensus(motif.counts) }));
}
