import { rotateSpan } from '../circular/span';
import type { Span } from '../circular/span';
import { CircularSequence } from '../circular/circular-sequence';
import { reverseComplement } from '../edits/reverse-complement';
import { drawIndex, happens, integerFrom } from '../random-source';
import type { RandomSource } from '../random-source';
import type { Strand } from '../strand';
import { simulateCoding } from './coding';
import { simulateLetters } from './letters';

/** What a genome is made of. */
export interface SimulateProkaryoteOptions {
  readonly rng: RandomSource;
  /** 100 unless said. */
  readonly genes?: number;
  /** Least and most codons of a gene, start and stop included: 60 to 600 unless said. */
  readonly codons?: readonly [number, number];
  /** The share of genes with a Shine–Dalgarno sequence (AGGAGG), 0.7 unless said. */
  readonly withRbs?: number;
  /** Whether the genome is a circle; its origin then lies within a gene. False unless said. */
  readonly isCircular?: boolean;
}

/** A gene of a simulated genome. */
export interface SimulatedGene extends Span {
  /** Letters between the Shine–Dalgarno sequence and the start codon; −1 for a gene without one. */
  readonly spacing: number;
}

/** A genome with all its genes, in order. */
export interface SimulatedProkaryote {
  readonly sequence: string;
  readonly genes: readonly SimulatedGene[];
}

const RBS = 'AGGAGG';
const STARTS = ['ATG', 'GTG', 'TTG'];
const START_SHARES = [0.9, 0.08, 0.02]; // of E. coli K-12: 3 874, 338 and 80 of 4 292

/**
 * Genes on both strands, one after the other with 30 to 200 letters rich in A and T between them. A gene begins with ATG, GTG or
 * TTG, most have AGGAGG 5 to 9 letters before that, and none has a stop codon before its last.
 */
export function simulateProkaryote({ rng, genes = 100, ...options }: SimulateProkaryoteOptions): SimulatedProkaryote {
  const { codons: [least, most] = [60, 600], withRbs = 0.7, isCircular = false } = options;
  const found: SimulatedGene[] = [];
  const pieces: string[] = [between(rng)];
  let length = pieces[0].length;
  for (let i = 0; i < genes; i++) {
    const start = STARTS[drawIndex(rng, START_SHARES)];
    const coding = simulateCoding({ rng, codons: integerFrom(rng, least, most), start });
    const spacing = happens(rng, withRbs) ? integerFrom(rng, 5, 9) : -1;
    const leader = spacing < 0 ? '' : RBS + simulateLetters(spacing, rng, 'AAATTTC'); // no G: the spacing is unique
    const strand: Strand = rng.integer(2) === 0 ? '+' : '-';
    const from = length + (strand === '+' ? leader.length : 0);
    found.push({ start: from, end: from + coding.length, strand, spacing });
    pieces.push(strand === '+' ? leader + coding : reverseComplement(leader + coding), between(rng));
    length += leader.length + coding.length + pieces[pieces.length - 1].length;
  }
  const genome = { sequence: pieces.join(''), genes: found };
  return isCircular ? cutInside(genome, rng) : genome;
}

const between = (rng: RandomSource) => simulateLetters(integerFrom(rng, 30, 200), rng, 'AAACGTTT');

/** The circle, cut open within one of its genes. */
function cutInside({ sequence, genes }: SimulatedProkaryote, rng: RandomSource): SimulatedProkaryote {
  const split = genes[rng.integer(genes.length)];
  const origin = integerFrom(rng, split.start + 1, split.end - 1);
  const turned = genes.map((gene) => rotateSpan(gene, origin, sequence.length));
  return {
    sequence: new CircularSequence(sequence).rotate(origin).letters,
    genes: turned.sort((a, b) => a.start - b.start),
  };
}
