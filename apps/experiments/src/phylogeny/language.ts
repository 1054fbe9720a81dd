import { MarkovModel, reverseComplement } from '@hairpin/bio';
import { ridgeClassifier } from '@hairpin/interpret';
import { below } from '../frame/bound';
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

const READ_WINDOWS = 40; // of a species, so that the probe takes seconds

/** Reports whether a linear map reads the species off the mean state of one window. */
export async function reportIdentity(context: Context, { genomes }: States): Promise<void> {
  const { report, rng, signal } = context;
  context.phase('reading the species off the states');
  const windows = genomes.map((one) => rng.fork('windows').shuffle(one.windows).slice(0, READ_WINDOWS));
  const rows = windows.flat();
  const values = new Float64Array(rows.length * rows[0].length);
  rows.forEach((row, i) => values.set(row, i * row.length));
  const species = windows.flatMap((of, i) => of.map(() => i));
  const probe = { rng: rng.fork('probe'), signal };
  const { accuracy } = await ridgeClassifier({ values, shape: [rows.length, rows[0].length] }, species, probe);
  const name = `species read off the mean state of a window of ${context.options.window} letters (by chance ${(1 / genomes.length).toFixed(3)})`;
  report.number({ row: 39, name, value: accuracy });
}
