import { fileURLToPath } from 'node:url';
import type { System } from '../harness/benchmark';
import { pytorch } from '../systems/pytorch';
import { type Examples, learningRate } from './examples';
import { type Model, weightsOf } from './hairpin';

const script = fileURLToPath(new URL('train.py', import.meta.url));

/** What of `train.py` is trained, with its sizes. */
export interface PytorchModel {
  readonly model: 'lstm' | 'gru' | 'conv1d' | 'hybrid';
  readonly sizes: Readonly<Record<string, number>>;
}

/** The same step as `trainOn` in PyTorch on the processor: on one thread, and on all. */
export const trainWithPytorch = (task: PytorchModel, make: () => Model, examples: () => Examples): System[] =>
  (['one', 'all'] as const).map((threads) => ({
    name: threads === 'one' ? 'pytorch' : 'pytorch, all threads',
    open: async () => {
      const { x, target } = examples();
      const shapes = { x: x.shape, target: target.shape };
      const numbers = [x.values, target.values, ...(await weightsOf(make))];
      return pytorch(script, { threads, head: { ...task, ...shapes, learningRate }, numbers });
    },
  }));

/** What a reader must know of these systems. */
export const pytorchNotes = [
  'pytorch is PyTorch on the processor, on one thread, in a process of its own; `all threads` leaves their number to it. WebGPU on a software adapter uses all processors.',
];
