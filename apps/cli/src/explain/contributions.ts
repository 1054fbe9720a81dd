import type { ExplainedSequence } from '@hairpin/experiments';
import { writeNpz } from '@hairpin/tensors/files';

/** A line for each letter, with tabs between: those of a sequence add up to output − reference. Positions count from 1. */
export function contributionsTable(explained: readonly ExplainedSequence[]): string {
  const columns = ['id', 'position', 'letter', 'contribution', 'output', 'reference'];
  const rows = explained.flatMap(({ id, sequence, contributions, output, reference }) =>
    Array.from(contributions, (value, i) => [id, i + 1, sequence[i], value, output, reference]),
  );
  return [columns, ...rows].map((cells) => `${cells.join('\t')}\n`).join('');
}

/** Arrays for NumPy: contributions [sequences, longest], hypothetical [sequences, longest, letters], lengths, output, reference. */
export function contributionsArrays(explained: readonly ExplainedSequence[], letters: number): Uint8Array {
  const count = explained.length;
  const longest = Math.max(...explained.map(({ sequence }) => sequence.length));
  const contributions = new Float64Array(count * longest);
  const hypothetical = new Float64Array(count * longest * letters);
  explained.forEach((one, i) => {
    contributions.set(one.contributions, i * longest);
    hypothetical.set(one.hypothetical, i * longest * letters);
  });
  const numbers = (of: (one: ExplainedSequence) => number) => Float64Array.from(explained, of);
  return writeNpz({
    contributions: { dtype: 'f64', shape: [count, longest], data: contributions },
    hypothetical: { dtype: 'f64', shape: [count, longest, letters], data: hypothetical },
    lengths: { dtype: 'i32', shape: [count], data: Int32Array.from(explained, ({ sequence }) => sequence.length) },
    output: { dtype: 'f64', shape: [count], data: numbers(({ output }) => output) },
    reference: { dtype: 'f64', shape: [count], data: numbers(({ reference }) => reference) },
  });
}
