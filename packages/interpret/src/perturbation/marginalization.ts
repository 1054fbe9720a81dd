import type { Tensor } from '@hairpin/tensors';
import type { Matrix } from '../motifs/matrix';
import { Alphabet } from './alphabet';
import { lettersOf } from './letters';
import type { Perturbable } from './model';
import { Mutants } from './mutants';
import type { PerturbationOptions } from './options';
import { outputsOf } from './outputs';
import { checkPlace } from './place';
import { differences } from './results';
import { type Estimate, estimate } from './statistics';

/** Options of `marginalization`. */
export interface MarginalizationOptions extends PerturbationOptions {
  /** Letters, or a matrix [width, letters] that is put in as it stands. */
  readonly motif: string | Matrix;
  /** Where the motif begins, counted from 0; in the middle unless said. */
  readonly positions?: readonly number[];
  /** Letters of the channels; ACGT unless said. */
  readonly alphabet?: string;
}

/** Effect of a motif, [positions, …outputs]: mean over the backgrounds and its standard error. */
export interface Marginalization extends Estimate {
  readonly positions: readonly number[];
  /** f(with the motif) − f(background), [backgrounds, positions, …outputs] */
  readonly differences: Float64Array;
  /** Shape of `differences`. */
  readonly shape: readonly number[];
}

/**
 * What a motif does by itself: it is written over sequences that are otherwise random, and the effect averaged over them (global
 * importance analysis, Koo et al. 2021). x: backgrounds [batch, length, letters]
 */
export async function marginalization<S>(
  model: Perturbable<S>,
  x: Tensor,
  options: MarginalizationOptions,
): Promise<Marginalization> {
  const where = 'marginalization';
  const motif = new Alphabet(where, options.alphabet ?? 'ACGT', x).rows(options.motif);
  const { lengths } = await lettersOf(where, x, options);
  const shortest = Math.min(...lengths);
  const positions = options.positions ?? [Math.floor((shortest - motif.length) / 2)];
  for (const at of positions) checkPlace(where, at, motif.length, shortest);
  const mutants = new Mutants();
  const piece = mutants.piece(motif);
  const plain = lengths.map((_, row) => mutants.add(row));
  const inserted = lengths.flatMap((_, row) =>
    positions.map((at) => mutants.add(row, { at, removed: motif.length, piece })),
  );
  const outputs = await outputsOf(model, x, mutants, options);
  const effects = differences(outputs, inserted, plain.flatMap((row) => positions.map(() => row))); // prettier-ignore
  return {
    ...estimate(effects, lengths.length),
    positions,
    differences: effects,
    shape: [lengths.length, positions.length, ...outputs.shape],
  };
}
