import { shapeError } from '../errors';
import { substitute, topological } from '../graph';
import { apply } from '../op';
import { randomBits } from '../ops/random';
import type { Tensor } from '../tensor';
import { madeOf, placeholder } from './program';

/** The random numbers of a body as sequences: what is drawn inside it is drawn anew at each step. */
export interface Drawn {
  readonly roots: readonly Tensor[];
  readonly x: readonly Tensor[];
  readonly sequences: readonly Tensor[];
}

/** Draws for all steps at once what the body drew for one; `first` is the id of the first tensor made inside the body. */
export function drawAtEachStep(roots: readonly Tensor[], first: number, batch: number, length: number): Drawn {
  const draws = topological(roots).filter((node) => madeOf(node)?.op === randomBits.op && node.id >= first);
  if (draws.length === 0) return { roots, x: [], sequences: [] };
  const x = draws.map((node) => {
    if (node.shape[0] !== batch)
      throw shapeError('scan', `random numbers [${batch}, …] inside the body, a row for each of the batch`, node.shape);
    return placeholder('drawn', node.shape, node.dtype);
  });
  const sequences = draws.map((node) =>
    apply(randomBits.op, madeOf(node)!.inputs, { shape: [batch, length, ...node.shape.slice(1)] }),
  );
  return { roots: substitute(roots, new Map(draws.map((node, i) => [node, x[i]]))), x, sequences };
}
