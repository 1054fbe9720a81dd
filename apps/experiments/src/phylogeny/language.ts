import { MarkovModel, reverseComplement } from '@hairpin/bio';
import { above, atLeast, below } from '../frame/bound';
import { meansByContext, type Points, whiteningOf } from './distances';
import type { Context } from './experiment';
import type { Genome, Species } from './genomes';
import type { States } from './states';

/** Genomes to learn from, and every fifth kept apart. */
export interface Halves {
  readonly known: readonly Genome[];
  readonly heldOut: readonly Genome[];
}

/** Every fifth genome in the order of the names, of mammals from Bos taurus on, is held out; of four the last. */
export function everyFifth(genomes: readonly Genome[]): Halves {
  const isHeldOut = (i: number) => i % 5 === Math.min(4, genomes.length - 1);
  return { known: genomes.filter((_, i) => !isHeldOut(i)), heldOut: genomes.filter((_, i) => isHeldOut(i)) };
}

const ORDER = 5; // the Markov model to be beaten
const PUBLISHED = 1.92; // bits per base of that model on the mammals held out

/** Reports how well the letters of species are foretold that were never read, beside Markov models that read the same. */
export function reportBits(context: Context, halves: Halves, { genomes }: States, { isBenchmark }: Species): void {
  const { report, options } = context;
  context.phase('counting for Markov models');
  const markov = markovBits(halves, options.orders);
  const letters = genomes.reduce((sum, one) => sum + one.letters, 0);
  const bits = genomes.reduce((sum, one) => sum + one.bits * one.letters, 0) / letters;
  const limit = below(isBenchmark ? PUBLISHED : markov[ORDER]);
  report.number({
    ...{ row: 39, name: `${halves.heldOut.length} species left out, of the net`, value: bits, unit: 'bits per base' },
    ...{ threshold: limit, quick: below(1.999) },
  });
  const best = markov.indexOf(Math.min(...markov.slice(1)));
  for (const order of new Set([ORDER, best])) {
    const name = `the same of an interpolated Markov model of order ${order}${order === best ? ', the best' : ''}`;
    report.number({ row: 39, name, value: markov[order], unit: 'bits per base' });
  }
  report.heading('Foretelling the next letter');
  const rows = Array.from(markov, (value, order) => [`Markov, order ${order}`, value]);
  report.table('Bits per base on species that were left out, both strands', ['', 'Bits'], [['the net', bits], ...rows]);
}

/** Mean bits per letter of the held-out genomes, by order. */
function markovBits({ known, heldOut }: Halves, order: number): number[] {
  const model = new MarkovModel({ order, isCircular: true });
  for (const strand of known.flatMap(bothStrands)) model.learn(strand);
  return Array.from(model.score(heldOut.flatMap(bothStrands)).bits);
}

const bothStrands = ({ sequence }: Genome): string[] => [sequence, reverseComplement(sequence)];

/** Reports how many species are known again: of which the half of a genome lies nearest to its own other half, beside the net untrained. */
export async function reportIdentity(
  { report, phase }: Context,
  { trained, untrained }: Readonly<Record<'trained' | 'untrained', States>>,
): Promise<void> {
  phase('knowing species again');
  const chance = 1 / trained.genomes.length;
  const name = `species whose mean states in half of the genome lie nearest to those in its other half (by chance ${chance.toFixed(3)})`;
  report.number({ row: 39, name, value: await knownAgain(trained), threshold: atLeast(5 * chance), quick: above(0) });
  report.number({ row: 39, name: 'the same of the net untrained', value: await knownAgain(untrained) });
}

/**
 * Halves are made of every second piece, so that no letter is in both and both have some of every region. States are taken less the mean
 * of all species over the same half, since half a genome differs more from the other half than a species from its relatives.
 */
async function knownAgain(states: States): Promise<number> {
  const whitening = await whiteningOf(states);
  const half = (which: 0 | 1): Points => {
    const pieces = states.genomes.map((one) => one.pieces.filter((_, i) => i % 2 === which));
    return meansByContext(pieces, whitening);
  };
  const [{ points: ones, distance }, { points: others }] = [half(0), half(1)];
  const nearest = ones.map((one) => {
    const far = others.map((other) => distance(one, other));
    return far.indexOf(Math.min(...far));
  });
  return nearest.filter((found, species) => found === species).length / nearest.length;
}
