import { type Ceilings, measureCeilings, type Profile, profile } from '@hairpin/tensors';
import { asMarkdown } from './harness/markdown';
import type { Result } from './harness/result';
import type { Survey, Surveyed } from './harness/survey';
import { digits } from './harness/table';
import { header, kernelRows, stepRow } from './roofline/rows';
import { steps } from './roofline/steps';
import { hairpinDevice } from './systems/hairpin';

/** How near do our kernels come to what the adapter can do? */
export const roofline: Survey = {
  name: 'roofline',
  question: 'How near does each kernel come to what the adapter can do at most?',
  notes: [
    'The ceilings are a bare copy between two buffers of 128 MiB (or as much as the adapter binds) and bare multiply-adds in registers, each the best of five tries. The processor of a virtual machine may share a cache that holds more than that.',
    'Operations and bytes are those of the plan: 2·m·n·k of a product, one an element of every other op, and each element of each buffer once. A share is that of the nearer ceiling. What takes less than a fiftieth of its step is summed up.',
    'Times are medians of five calls, by `profile`, which any step can be given to.',
  ],
  survey,
};

async function survey(): Promise<Surveyed> {
  const device = await hairpinDevice();
  const ceilings = await measureCeilings(device);
  const profiles: { name: string; found: Profile }[] = [];
  for (const step of steps) {
    const { run, close } = await step.open(device);
    profiles.push({ name: step.name, found: await profile(run, { ceilings }) });
    close();
  }
  const how = [...new Set(profiles.map(({ found }) => found.timing))].join(', ');
  const rows = profiles.flatMap(({ name, found }) => kernelRows(name, found));
  return {
    text: [said(ceilings, how), asMarkdown([header, ...rows])].join('\n\n'),
    results: profiles.map(({ name, found }): Result => stepRow(name, found)),
    missing: [],
    judged: [],
    notes: [],
  };
}

const said = ({ gflops, gigabytesPerSecond }: Ceilings, how: string): string =>
  `Ceilings: ${digits(gflops)} GFLOP/s, ${digits(gigabytesPerSecond)} GB/s. Kernels are timed by ${how}.`;
