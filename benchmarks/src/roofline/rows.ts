import type { KernelProfile, Profile } from '@hairpin/tensors';
import type { Result } from '../harness/result';
import { digits } from '../harness/table';

/** The head of the table of kernels. */
export const header = ['step', 'kernel', 'dispatches', 'time', 'share', 'rate', 'memory', 'of ceiling'];

/** Share of a step from which a kernel has a line of its own. */
const worthALine = 0.02;

/** The kernels of a step as lines of a table. */
export function kernelRows(name: string, { kernels }: Profile): string[][] {
  const shown = kernels.filter(({ share }) => share >= worthALine);
  const rest = kernels.filter(({ share }) => share < worthALine);
  const sum = (of: (kernel: KernelProfile) => number) => rest.reduce((total, kernel) => total + of(kernel), 0);
  const lines = shown.map((kernel) => kernelRow(name, kernel));
  if (rest.length === 0) return lines;
  const numbers = [`${sum((k) => k.dispatches)}`, `${digits(sum((k) => k.ms))} ms`, percent(sum((k) => k.share))];
  return [...lines, [name, `${rest.length} others`, ...numbers, '', '', '']];
}

const kernelRow = (step: string, kernel: KernelProfile): string[] => [
  step,
  kernel.name,
  `${kernel.dispatches}`,
  `${digits(kernel.ms)} ms`,
  percent(kernel.share),
  kernel.gflops === undefined ? '' : `${digits(kernel.gflops)} GFLOP/s`,
  `${digits(kernel.gigabytesPerSecond)} GB/s`,
  kernel.ofCeiling ? `${percent(kernel.ofCeiling.share)} of ${kernel.ofCeiling.of}` : '',
];

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/** A step as a result: one system, so its ratio is 1. */
export function stepRow(name: string, { step, first, kernels }: Profile): Result {
  const flop = kernels.reduce((total, kernel) => total + (kernel.flop ?? 0), 0);
  return {
    case: name,
    system: 'hairpin',
    median: step.ms,
    unit: 'ms',
    ratio: 1,
    quartiles: [step.ms, step.ms],
    first: first.ms,
    gflops: flop / step.ms / 1e6,
  };
}
