import { full, type Parameter, parameter, shapeError } from '@hairpin/tensors';
import { demand } from '../demand';
import type { Weights } from './optimizer';
import { matchesPath } from './path-pattern';

/** What sets some weights apart from the others. */
export interface GroupOptions {
  /** Multiplies the learning rate, 1 unless said; 0 freezes: the weights keep every bit. */
  readonly scale?: number;
  /** In place of the optimiser's own. */
  readonly weightDecay?: number;
}

/**
 * Options by path pattern: `{ 'encoder.*': { scale: 0.1 }, '*bias': { weightDecay: 0 } }`, where `*` is any run of
 * characters. Each option comes from the last pattern that matches and states it, so both hold for `encoder.bias`.
 */
export type Groups = Readonly<Record<string, GroupOptions>>;

/** The last group that matches the path and states the option. */
export const groupOf = (groups: Groups, path: string, option: keyof GroupOptions): string | undefined =>
  Object.keys(groups).findLast((pattern) => groups[pattern][option] !== undefined && matchesPath(pattern, path));

/** A parameter for each group that states a scale, of the dtype and on the device of its weights. */
export function scalesOf(groups: Groups, weights: Weights): Record<string, Parameter> {
  const stated = Object.entries(groups).flatMap(([pattern, { scale }]) =>
    scale === undefined ? [] : [[pattern, parameter(scalar(scale, first(weights, pattern)))] as const],
  );
  return Object.fromEntries(stated);
}

/** A number as a parameter's next value. */
export const scalar = (value: number, like: Parameter) => full([], value, { dtype: like.dtype, device: like.device });

/**
 * @throws ShapeError for a pattern that matches no weight
 * @throws RangeError for an option out of range
 */
export function checkGroups(where: string, groups: Groups, weights: Weights): void {
  for (const [pattern, { scale = 1, weightDecay = 0 }] of Object.entries(groups)) {
    if (!first(weights, pattern)) throw shapeError(where, `a weight that matches "${pattern}"`, some(weights));
    checkScale(`${where}, group "${pattern}"`, scale);
    demand(weightDecay >= 0, `${where}, group "${pattern}"`, 'weightDecay ≥ 0', weightDecay);
  }
}

/** @throws RangeError for a scale that is negative or not finite */
export const checkScale = (where: string, scale: number): void =>
  demand(scale >= 0 && scale < Infinity, where, 'a finite scale ≥ 0', scale);

const first = (weights: Weights, pattern: string): Parameter =>
  weights[Object.keys(weights).find((path) => matchesPath(pattern, path)) ?? ''];

/** The first paths, for an error. */
function some(weights: Weights, most = 8): string {
  const paths = Object.keys(weights).map((path) => `"${path}"`);
  return `${paths.slice(0, most).join(', ')}${paths.length > most ? ` and ${paths.length - most} more` : ''}`;
}
