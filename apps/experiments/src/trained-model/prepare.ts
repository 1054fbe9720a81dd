import type { Rng } from '@hairpin/tensors/random';
import { randomSplit, type Split, stratifiedSplit } from '@hairpin/train';
import { InputError } from '../input-error';
import type { Task } from './card';
import type { LabelledSequences } from './labelled-sequences';

/** Sequences ready to be learned from. */
export interface Prepared {
  readonly task: Task;
  /** What the net should say of each sequence: 0 or 1, or a value in units of the task's scale. */
  readonly targets: Float32Array;
  /** What is known of each: 0 or 1, or the value itself. */
  readonly answers: Float64Array;
  readonly parts: Parts;
}

/** Sequences by number: to learn from, to choose the epoch by, to measure on. */
export type Parts = Readonly<Record<'training' | 'validation' | 'heldOut', Uint32Array>>;

/** Fewer cannot be divided into three parts that mean something. */
const LEAST = 20;
const VALIDATION_SHARE = 0.1;

/** Divides sequences and turns their answers into numbers. @throws InputError where they cannot be learned from */
export function prepare(
  { kind, sequences }: LabelledSequences,
  { source, holdOut, rng }: { readonly source: string; readonly holdOut: number; readonly rng: Rng },
): Prepared {
  if (sequences.length < LEAST)
    throw new InputError(`${source}: ${sequences.length} sequences are too few to learn from; ${LEAST} are the least`);
  const texts = sequences.map(({ answer }) => answer);
  const labels = kind === 'classification' ? twoLabels(texts, source) : undefined;
  const answers = Float64Array.from(texts, (text) => (labels ? labels.indexOf(text) : Number(text)));
  const parts = divide(answers, { isClass: labels !== undefined, holdOut, rng });
  const task: Task = labels ? { kind: 'classification', labels } : scaleOf(answers, parts.training, source);
  const targets = Float32Array.from(answers, (y) => (task.kind === 'regression' ? (y - task.mean) / task.scale : y));
  return { task, targets, answers, parts };
}

/** The two labels in the order of the alphabet, which puts 0 before 1. */
function twoLabels(texts: readonly string[], source: string): [string, string] {
  const labels = [...new Set(texts)].sort();
  if (labels.length !== 2) {
    const got = `${labels.length === 1 ? 'one' : labels.length}: ${labels.slice(0, 5).join(', ')}`;
    throw new InputError(`${source}: expected two labels, got ${got}; for numbers call the column value`);
  }
  const few = labels.find((label) => texts.filter((text) => text === label).length < LEAST / 4);
  if (few !== undefined)
    throw new InputError(`${source}: fewer than ${LEAST / 4} sequences have the label ${few}: give more of them`);
  return [labels[0], labels[1]];
}

/** Each class is divided alike, so that no part lacks one. */
function divide(
  answers: Float64Array,
  { isClass, holdOut, rng }: { isClass: boolean; holdOut: number; rng: Rng },
): Parts {
  const apart = (of: Float64Array, share: number, own: Rng): Split =>
    isClass ? stratifiedSplit(of, share, own) : randomSplit(of.length, share, own);
  const { train: kept, test: heldOut } = apart(answers, holdOut, rng.fork('held out'));
  const inner = apart(
    Float64Array.from(kept, (i) => answers[i]),
    VALIDATION_SHARE,
    rng.fork('validation'),
  );
  return { training: inner.train.map((i) => kept[i]), validation: inner.test.map((i) => kept[i]), heldOut };
}

function scaleOf(answers: Float64Array, training: Uint32Array, source: string): Task {
  const values = Array.from(training, (i) => answers[i]);
  const mean = values.reduce((sum, y) => sum + y, 0) / values.length;
  const scale = Math.sqrt(values.reduce((sum, y) => sum + (y - mean) ** 2, 0) / values.length);
  if (!(scale > 0)) throw new InputError(`${source}: all values are ${mean}: there is nothing to learn`);
  return { kind: 'regression', mean, scale };
}
