import { Conv1d, Sequential } from '@hairpin/layers';
import { type Padding, relu, type Tensor } from '@hairpin/tensors';
import type { Span } from '@hairpin/bio';
import type { Circle } from './circles';
import type { Context } from './experiment';
import type { GeneReader } from './gene-reader';
import { callGenes, signature } from './genes';
import { drawTurns, rotationError, rotations } from './rotation';

/** How far a reader's answers are from turning with a circle, after one lap, two, and as many as it takes. */
export interface Turning {
  readonly circle: Circle;
  readonly once: number;
  readonly twice: number;
  readonly settled: number;
  readonly laps: number;
}

/** Reads a circle from its record's origin and from others. */
export async function turning({ rng, options }: Context, reader: GeneReader, circle: Circle): Promise<Turning> {
  const turns = drawTurns(rng.fork(`turns of ${circle.name}`), options.turns, circle.sequence.length);
  const x = rotations(circle.sequence, turns);
  const after = (laps: number) => rotationError(reader.forward(x, { laps }).sigmoid(), turns);
  const [once, twice] = [await after(1), await after(2)];
  const { coding, laps } = await reader.settled(x);
  return { circle, once, twice, settled: await rotationError(coding, turns), laps };
}

/** How far two layers of filters are from turning with a circle, by what they see beyond its ends. */
export async function filtersTurning({ rng }: Context, { sequence }: Circle, padding: Padding): Promise<number> {
  const [own, turns] = [rng.fork('filters'), drawTurns(rng.fork('turns of filters'), 2, sequence.length)];
  const net = new Sequential(
    new Conv1d({ in: 4, out: 8, width: 9, padding, rng: own.fork(1) }),
    relu,
    new Conv1d({ in: 8, out: 2, width: 5, dilation: 4, padding, rng: own.fork(2) }),
  );
  return rotationError(net.forward(rotations(sequence, turns)), turns);
}

/** Gene calls of one circle, cut at its origin and at random places. */
export interface Calls {
  readonly calls: readonly Span[];
  /** [length, 2] from the record's origin: after as many laps as it takes, and after one. */
  readonly coding: Float32Array;
  readonly once: Float32Array;
  /** Of the random origins, the share with the same calls: on the circle, and on the line that a record is. */
  readonly same: number;
  readonly sameOnLine: number;
}

const rowsAtOnce = 25;

/** Calls genes from random origins. */
export async function callsFromOrigins(context: Context, reader: GeneReader, { sequence }: Circle): Promise<Calls> {
  const { length } = sequence;
  const turns = [0, ...drawTurns(context.rng.fork('origins'), context.options.origins, length)];
  const [settled, once]: [Float32Array[], Float32Array[]] = [[], []];
  for (let from = 0; from < turns.length; from += rowsAtOnce) {
    context.progress({ done: from, total: turns.length });
    const x = rotations(sequence, turns.slice(from, from + rowsAtOnce)).slice([1]);
    settled.push(...(await rowsOf((await reader.settled(x)).coding)));
    once.push(...(await rowsOf(reader.forward(x).sigmoid())));
  }
  const calls = (coding: Float32Array[], isCircular: boolean) =>
    turns.map((by, i) => callGenes(sequence.rotate(by), coding[i], { isCircular }));
  const share = ([own, ...others]: Span[][]) =>
    others.filter((found, i) => signature(found, turns[i + 1], length) === signature(own, 0, length)).length /
    others.length;
  const onCircle = calls(settled, true);
  return {
    ...{ calls: onCircle[0], coding: settled[0], once: once[0] },
    ...{ same: share(onCircle), sameOnLine: share(calls(once, false)) },
  };
}

/** [rows, length, channels] as one array for each row. */
async function rowsOf(y: Tensor): Promise<Float32Array[]> {
  const values = Float32Array.from(await y.data());
  const [rows, length, channels] = y.shape;
  return Array.from({ length: rows }, (_, row) =>
    values.subarray(row * length * channels, (row + 1) * length * channels),
  );
}
