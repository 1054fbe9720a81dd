import { isFloat } from '../../dtype';
import type { Tensor } from '../../tensor';
import { type Value, visit } from '../value';

/** What a dispatch must do at least, for rates: its floating-point operations, and the bytes that it reads and writes. */
export interface Cost {
  readonly flop: number;
  /** Each element of a buffer counts once, however often it is read. */
  readonly bytes: number;
}

/** The cost of values that are each computed `times` times, and of the buffers that hold their results. */
export function costOf(
  values: readonly { readonly value: Value; readonly times: number }[],
  written: readonly Tensor[],
): Cost {
  const loads = new Map<Tensor, number>();
  let flop = 0;
  for (const { value, times } of values)
    visit([value], (part) => {
      if (isOperation(part)) flop += times;
      if (part.kind === 'load') loads.set(part.buffer, (loads.get(part.buffer) ?? 0) + times);
    });
  const read = [...loads].map(([buffer, count]) => Math.min(count, buffer.size) * elementBytes(buffer));
  return { flop, bytes: sumOf(read) + bytesOfAll(written) };
}

/** Bytes of tensors that are read or written whole. */
export const bytesOfAll = (buffers: readonly Tensor[]): number =>
  sumOf(buffers.map((buffer) => buffer.size * elementBytes(buffer)));

const elementBytes = ({ dtype }: Tensor): number => (dtype === 'f16' ? 2 : 4);

const sumOf = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

/** Whatever computes with floats counts 1, a transcendental function too; what hands its operand on counts nothing. */
const isOperation = (value: Value): boolean =>
  value.kind === 'call' &&
  isFloat(value.dtype) &&
  value.op.wgsl(['x', 'y', 'z', 'w'], value.attrs, '0u', value.dtype) !== 'x';
