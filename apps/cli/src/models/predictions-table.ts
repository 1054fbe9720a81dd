import type { NamedSequence, Task } from '@hairpin/experiments';

/** A prediction by the names of its columns. */
export type Prediction = Readonly<Record<string, string | number>>;

/** What a model says of a sequence. @param output the logit of the second label, or the value */
export function predictionOf({ id }: NamedSequence, output: number, task: Task): Prediction {
  if (task.kind === 'regression') return { id, value: output };
  const probability = 1 / (1 + Math.exp(-output));
  return { id, label: task.labels[output > 0 ? 1 : 0], probability, logit: output };
}

/** Predictions with tabs between, numbers in full: what another process computes can be compared digit by digit. */
export function predictionsTable(sequences: readonly NamedSequence[], outputs: ArrayLike<number>, task: Task): string {
  const rows = sequences.map((sequence, i) => predictionOf(sequence, outputs[i], task));
  const columns = Object.keys(rows[0] ?? {});
  return [columns, ...rows.map((row) => Object.values(row))].map((cells) => `${cells.join('\t')}\n`).join('');
}
