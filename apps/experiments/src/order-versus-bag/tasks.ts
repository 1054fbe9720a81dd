import {
  oneHotTensor,
  simulateMotifGrammar,
  simulateMotifOrder,
  simulateMotifPresence,
  type SimulatedMotifPairs,
} from '@hairpin/bio';
import { tensor, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import type { Context } from './experiment';

/** What is to be told apart: motifs or none; one before the other or behind it; the second at one distance or at others. */
export const tasks = ['presence', 'order', 'spacing'] as const;
/** One of them. */
export type Task = (typeof tasks)[number];

/** x: [rows, length, 4], y: [rows, 1] */
export type Examples = Readonly<Record<'x' | 'y', Tensor>>;

/** How far a wrong distance is off, at most. Where it can only be near the right one, no net finds out what it is about. */
const mostOffBp = 10;

/** Letters under a filter: a motif, and one more on either side. */
export const filterWidth = ({ options }: Context): number => motifsOf(options)[0].length + 2;

/** The two motifs. */
export function motifsOf({ motifs }: Context['options']): [string, string] {
  const [first, second] = motifs.split(' ');
  return [first, second];
}

/** What sequences are for. Half the negatives of the lessons in spacing have their motifs exchanged: from them a net learns to see motifs before it can count letters between them. */
export type Purpose = 'lesson' | 'test';

/** How many sequences, from where, and what for. */
export interface Draw {
  readonly rng: Rng;
  readonly count: number;
  readonly purpose: Purpose;
}

/** Sequences of a task. No filter sees two motifs at once, nor a motif and an end. */
export function simulate(context: Context, task: Task, { rng, count, purpose }: Draw): SimulatedMotifPairs {
  const { options } = context;
  const motifs = motifsOf(options);
  const apartBp = filterWidth(context) - 1;
  const settings = { rng, count, motifs, lengthBp: options.length, marginBp: apartBp };
  if (task === 'presence') return simulateMotifPresence({ ...settings, apartBp });
  if (task === 'order') return simulateMotifOrder({ ...settings, apartBp });
  const spacingBp = motifs[0].length + apartBp + mostOffBp;
  const negatives = purpose === 'test' ? (['spacing'] as const) : (['spacing', 'order'] as const);
  return simulateMotifGrammar({ ...settings, negatives, spacingBp, mostOffBp });
}

/** [sequences, length, 4] */
export const lettersOf = (sequences: readonly string[]): Tensor =>
  oneHotTensor(sequences, { unknown: 'error', lowerCase: 'same' }).x;

/** The same as tensors. */
export function examples(context: Context, task: Task, draw: Draw): Examples {
  const { sequences, labels } = simulate(context, task, draw);
  return { x: lettersOf(sequences), y: tensor(Float32Array.from(labels), { shape: [draw.count, 1] }) };
}
