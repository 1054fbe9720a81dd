import {
  broadcastTo,
  compile,
  type Model,
  reshape,
  tensor,
  type Tensor,
  type TypedArray,
  where,
} from '@hairpin/tensors';
import {
  type Examples,
  like,
  readExamples,
  type ReferenceChoice,
  referencesOf,
  rngOf,
} from '../attribution/references';
import { contextOf, hostRows, type Told, toldIn } from '../attribution/rows';
import { scored, type Target } from '../attribution/target';
import type { Context, Rng } from '@hairpin/tensors';
import type { LongRun } from '../long-run';

/** Who plays, and what they are compared with. */
export interface ShapleyOptions extends LongRun {
  /** `zeros` unless said; values are averaged over several. */
  readonly references?: ReferenceChoice;
  /** The player that each position (axis 1 of x) belongs to, from 0; every position is one unless said. */
  readonly players?: ArrayLike<number>;
  readonly target?: Target;
  readonly context?: Context;
  /** Rows that go through the device at a time (256 unless said). */
  readonly batchSize?: number;
  readonly seed?: number;
}

/** What each player of each example is worth. */
export interface ShapleyValues {
  /** `[batch, players]`; each row adds up to output − reference. */
  readonly values: Tensor;
  /** How far the draw of coalitions may have moved each value, `[batch, players]`; 0 where all were met. */
  readonly standardErrors: Tensor;
  /** The explained number of each example. */
  readonly output: Float64Array;
  /** The mean of that number over the references of each example. */
  readonly reference: Float64Array;
}

/** The worth of coalitions: those in a coalition stand as in the example, the others as in the reference. */
export type Worth = (coalitions: readonly Uint8Array[]) => Promise<Float64Array>;

/** What one example's players are found to be worth. */
export interface Solved {
  readonly values: ArrayLike<number>;
  readonly standardErrors: ArrayLike<number>;
  readonly output: number;
  readonly reference: number;
}

/** Asks for the worth of coalitions of every example, and gathers what `solve` makes of it. */
export async function playAll(
  where: string,
  model: Model,
  x: Tensor,
  options: ShapleyOptions,
  solve: (worth: Worth, players: number, rng: Rng) => Promise<Solved>,
): Promise<ShapleyValues> {
  const { references = 'zeros', context, seed = 0, signal, onProgress } = options;
  const examples = await readExamples(x, context?.lengths);
  const owner = ownersOf(where, examples.shape[0] ?? 1, options.players);
  const players = Math.max(...owner) + 1;
  const game = Game.of(model, x, examples, owner, options);
  const found: Solved[] = [];
  try {
    for (let i = 0; i < examples.count; i++) {
      signal?.throwIfAborted();
      const rng = rngOf(examples, i, seed);
      const own = await referencesOf(references, examples, i, rng);
      found.push(await solve((coalitions) => game.worth(i, own, coalitions), players, rng.fork('coalitions')));
      onProgress?.(i + 1, examples.count);
    }
  } finally {
    game.dispose();
  }
  const dtype = x.dtype === 'f64' ? 'f64' : 'f32';
  const table = (pick: (s: Solved) => ArrayLike<number>) =>
    tensor(like(dtype, found.flatMap((s) => Array.from(pick(s)))), { shape: [found.length, players], dtype }); // prettier-ignore
  return {
    values: table((s) => s.values),
    standardErrors: table((s) => s.standardErrors),
    output: Float64Array.from(found, (s) => s.output),
    reference: Float64Array.from(found, (s) => s.reference),
  };
}

function ownersOf(where: string, length: number, players: ArrayLike<number> | undefined): Int32Array {
  const owner = Int32Array.from(players ?? Array.from({ length }, (_, i) => i));
  const present = new Set(owner);
  const count = Math.max(...owner) + 1;
  if (owner.length !== length || [...present].some((p) => p < 0) || present.size !== count)
    throw new RangeError(
      `${where}: expected a player from 0 for each of the ${length} positions, every number used; got ${owner.length} positions ` +
        `and the players ${[...present].slice(0, 12).join(', ')}`,
    );
  return owner;
}

/** One model and the examples it is asked about. */
class Game {
  private constructor(
    private readonly x: Tensor,
    private readonly examples: Examples,
    private readonly owner: Int32Array,
    private readonly batchSize: number,
    private readonly told: Told,
    private readonly score: ReturnType<typeof scoreOf>,
  ) {}

  static of(model: Model, x: Tensor, examples: Examples, owner: Int32Array, options: ShapleyOptions): Game {
    const { batchSize = 256, context, target } = options;
    return new Game(x, examples, owner, batchSize, toldIn(context), scoreOf(model, target, context));
  }

  dispose(): void {
    this.score.dispose();
  }

  /** The mean over references of the model's number, for each coalition. */
  async worth(example: number, references: TypedArray, coalitions: readonly Uint8Array[]): Promise<Float64Array> {
    const count = references.length / this.examples.size;
    const worth = new Float64Array(coalitions.length);
    for (let start = 0; start < coalitions.length * count; start += this.batchSize) {
      const rows = Array.from({ length: this.batchSize }, (_, k) => Math.min(start + k, coalitions.length * count - 1));
      const scores = await this.scoresOf(example, references, rows.map((row) => [coalitions[Math.floor(row / count)], row % count])); // prettier-ignore
      for (let k = 0; k < rows.length && start + k < coalitions.length * count; k++) {
        const at = Math.floor((start + k) / count);
        worth[at] = worth[at] + scores[k] / count;
      }
    }
    return worth;
  }

  private async scoresOf(example: number, references: TypedArray, rows: readonly (readonly [Uint8Array, number])[]) {
    const { data, size, shape, dtype } = this.examples;
    const device = this.x.device && { device: this.x.device };
    const own = rows.map(() => example);
    const mask = rows.flatMap(([coalition]) => Array.from(this.owner, (player) => coalition[player] === 1));
    const others = like(dtype, new Float64Array(rows.length * size));
    rows.forEach(([, k], i) => others.set(references.subarray(k * size, (k + 1) * size), i * size));
    const score = await this.score(
      hostRows(data, size, own, this.x),
      tensor(others, { shape: [rows.length, ...shape], dtype, ...device }),
      tensor(mask, { shape: [rows.length, this.owner.length], dtype: 'bool', ...device }),
      tensor(Int32Array.from(own), { ...device }),
      this.told,
    );
    const found = await score.data();
    score.dispose();
    return found;
  }
}

function scoreOf(model: Model, target: Target | undefined, context: Context | undefined) {
  const f = scored(model, target);
  return compile((x: Tensor, reference: Tensor, mask: Tensor, examples: Tensor, told: Told) => {
    const wide = broadcastTo(reshape(mask, [...mask.shape, ...x.shape.slice(2).map(() => 1)]), x.shape);
    return f(where(wide, x, reference), contextOf(context, told, examples));
  });
}
