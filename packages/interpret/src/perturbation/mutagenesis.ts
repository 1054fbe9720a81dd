import type { Tensor } from '@hairpin/tensors';
import { type Letters, lettersOf, oneLetter } from './letters';
import type { Perturbable } from './model';
import { type Edit, Mutants } from './mutants';
import type { PerturbationOptions } from './options';
import { outputsOf } from './outputs';
import { differences, select, sizeOf } from './results';

/** Options of `mutagenesis`. */
export interface MutagenesisOptions extends PerturbationOptions {
  /** Each letter is also taken out; false unless said. */
  readonly deletions?: boolean;
  /** Each letter is also put in before each position; false unless said. */
  readonly insertions?: boolean;
}

/** What each change of one letter does: f(mutant) − f(x). Beyond a sequence's length all is 0. */
export interface Mutagenesis {
  /** f(x), [batch, …outputs] */
  readonly unmutated: Float64Array;
  /** Each letter in place of the one at each position, [batch, length, letters, …outputs]; 0 for the one that stands there. */
  readonly substitutions: Float64Array;
  /** Each letter put in before each position, of the same shape. */
  readonly insertions?: Float64Array;
  /** Without the letter at each position, [batch, length, …outputs]. */
  readonly deletions?: Float64Array;
  /** Shape of `substitutions`. */
  readonly shape: readonly number[];
}

/**
 * In-silico mutagenesis (Zhou & Troyanskaya 2015; Kelley, Snoek & Rinn 2016): what the model says of all sequences that differ
 * from x in one letter. x: one-hot [batch, length, letters]; where it is no single letter, such as at an N, each
 * letter counts as a change. What follows a deletion moves up and a position of zeros comes in at the end, or the sequence's
 * length shrinks where `context.lengths` says it; what follows an insertion moves on and the last position is lost.
 */
export async function mutagenesis<S>(
  model: Perturbable<S>,
  x: Tensor,
  options: MutagenesisOptions = {},
): Promise<Mutagenesis> {
  const letters = await lettersOf('mutagenesis', x, options);
  const mutants = new Mutants();
  const unmutated = letters.lengths.map((_, sequence) => mutants.add(sequence));
  const pieces = Array.from({ length: x.shape[2] }, (_, a) => mutants.piece(oneLetter(a, x.shape[2])));
  const substituted = listAll(letters, mutants, pieces, ({ sequence, at, piece }) =>
    letters.at(sequence, at) === piece ? undefined : { at, removed: 1, piece },
  );
  const inserted = options.insertions && listAll(letters, mutants, pieces, ({ at, piece }) => ({ at, removed: 0, piece })); // prettier-ignore
  const deleted = options.deletions && listAll(letters, mutants, [0], ({ at }) => ({ at, removed: 1 }));
  const outputs = await outputsOf(model, x, mutants, options);
  const against = (numbers: Int32Array) => differences(outputs, numbers, spread(unmutated, numbers.length));
  return {
    unmutated: select(outputs, unmutated),
    substitutions: against(substituted),
    ...(inserted && { insertions: against(inserted) }),
    ...(deleted && { deletions: against(deleted) }),
    shape: [...x.shape, ...outputs.shape],
  };
}

/** Each number as often as makes `length` of them, neighbours alike. */
const spread = (numbers: readonly number[], length: number): Int32Array =>
  new Int32Array(length).map((_, i) => numbers[Math.floor((i * numbers.length) / length)]);

interface Place {
  readonly sequence: number;
  readonly at: number;
  readonly piece: number;
}

/** Adds an edit with each piece at each position, and gives the mutants' numbers [batch, length, pieces]; −1 for none. */
function listAll(
  { shape: [batch, length], lengths }: Letters,
  mutants: Mutants,
  pieces: readonly number[],
  editAt: (place: Place) => Edit | undefined,
): Int32Array {
  const numbers = new Int32Array(batch * length * pieces.length).fill(-1);
  for (let sequence = 0; sequence < batch; sequence++)
    for (let at = 0; at < lengths[sequence]; at++)
      for (const [k, piece] of pieces.entries()) {
        const edit = editAt({ sequence, at, piece });
        if (edit) numbers[(sequence * length + at) * pieces.length + k] = mutants.add(sequence, edit);
      }
  return numbers;
}

/**
 * Effects minus their mean over the letters of a position, of the same shape: a contribution for each letter, the one that
 * stands there included (Agarwal & Kelley 2022, Saluki).
 */
export function meanCentred({ substitutions, shape }: Pick<Mutagenesis, 'substitutions' | 'shape'>): Float64Array {
  const [letters, size] = [shape[2], sizeOf(shape.slice(3))];
  const centred = new Float64Array(substitutions.length);
  for (let start = 0; start < centred.length; start += letters * size)
    for (let o = 0; o < size; o++) {
      const column = Array.from({ length: letters }, (_, a) => substitutions[start + a * size + o]);
      const mean = column.reduce((sum, effect) => sum + effect, 0) / letters;
      column.forEach((effect, a) => (centred[start + a * size + o] = effect - mean));
    }
  return centred;
}
