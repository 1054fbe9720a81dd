import { Rng, type Tensor } from '@hairpin/tensors';
import type { Matrix } from '../motifs/matrix';
import { type Letters, lettersOf } from './letters';
import type { Perturbable } from './model';
import { Mutants } from './mutants';
import type { PerturbationOptions } from './options';
import { outputsOf } from './outputs';
import { checkPlace } from './place';
import { differences } from './results';
import { type Estimate, estimate } from './statistics';

/** A stretch of a sequence: positions `start` … `end` − 1, counted from 0. */
export interface Site {
  /** Row of x. */
  readonly sequence: number;
  readonly start: number;
  readonly end: number;
}

/** What stands in place of a site: as many rows of letters. */
export type Replacement = (site: Matrix, rng: Rng) => Matrix;

/** Options of `ablation`. */
export interface AblationOptions extends PerturbationOptions {
  /** `shuffledLetters` unless said. */
  readonly by?: Replacement;
  /** Draws for each site, whose effects are averaged; 10 unless said. */
  readonly repeats?: number;
  /** Where replacements draw from; of seed 0 unless said. What a site draws depends on its sequence's letters alone. */
  readonly rng?: Rng;
}

/** f(without the site) − f(x), [sites, …outputs]: mean over the draws and its standard error. */
export interface Ablation extends Estimate {
  /** [repeats, sites, …outputs] */
  readonly differences: Float64Array;
  /** Shape of `differences`. */
  readonly shape: readonly number[];
}

/** The site's own letters in random order. */
export const shuffledLetters: Replacement = (site, rng) => rng.shuffle(site);

/** Letters drawn from a background [letters]; each as likely unless said. */
export const drawnLetters =
  (background?: readonly number[]): Replacement =>
  (site, rng) =>
    site.map((row) => {
      const drawn = letterAt(rng.next(), background ?? row.map(() => 1 / row.length));
      return row.map((_, letter) => Number(letter === drawn));
    });

/** The letter that is least like a motif [width, letters] at each position: no site is farther from the consensus. */
export const brokenConsensus =
  (motif: Matrix): Replacement =>
  (site) => {
    if (site.length !== motif.length)
      throw new RangeError(
        `brokenConsensus: expected sites of ${motif.length} letters, as long as the motif, got ${site.length}`,
      );
    return motif.map((shares) => shares.map((_, letter) => Number(letter === shares.indexOf(Math.min(...shares)))));
  };

function letterAt(share: number, background: readonly number[]): number {
  let rest = share * background.reduce((sum, p) => sum + p, 0);
  const letter = background.findIndex((p) => (rest -= p) < 0);
  return letter < 0 ? background.length - 1 : letter;
}

/** What the model says without sites, one at a time. x: [batch, length, letters] */
export async function ablation<S>(
  model: Perturbable<S>,
  x: Tensor,
  sites: readonly Site[],
  options: AblationOptions = {},
): Promise<Ablation> {
  const { by = shuffledLetters, repeats = 10, rng = new Rng(0) } = options;
  const letters = await lettersOf('ablation', x, options);
  for (const site of sites) checkSite(site, letters);
  const mutants = new Mutants();
  const plain = new Map(sites.map(({ sequence }) => [sequence, -1]));
  for (const sequence of plain.keys()) plain.set(sequence, mutants.add(sequence));
  const draws = Array.from({ length: repeats }, (_, repeat) => repeat);
  const without = draws.flatMap((repeat) =>
    sites.map(({ sequence, start, end }) => {
      const own = rng.fork(letters.written(sequence)).fork(start).fork(repeat);
      const piece = mutants.piece(checkRows(by(letters.rows(sequence, start, end), own), end - start));
      return mutants.add(sequence, { at: start, removed: end - start, piece });
    }),
  );
  const outputs = await outputsOf(model, x, mutants, options);
  const own = draws.flatMap(() => sites.map(({ sequence }) => plain.get(sequence)!));
  const effects = differences(outputs, without, own);
  return {
    ...estimate(effects, repeats),
    differences: effects,
    shape: [repeats, sites.length, ...outputs.shape],
  };
}

function checkSite({ sequence, start, end }: Site, { lengths }: Letters): void {
  if (lengths[sequence] === undefined)
    throw new RangeError(`ablation: expected a sequence of 0 … ${lengths.length - 1}, got ${sequence}`);
  checkPlace(`ablation, sequence ${sequence}`, start, end - start, lengths[sequence]);
}

function checkRows(rows: Matrix, width: number): Matrix {
  if (rows.length === width) return rows;
  throw new RangeError(`ablation: expected ${width} letters in place of as many, got ${rows.length}`);
}
