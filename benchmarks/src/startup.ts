import { fileURLToPath } from 'node:url';
import type { Benchmark, Contender } from './harness/benchmark';
import { size, startingWeights } from './startup/problem';
import { inOwnProcess } from './startup/script';
import { assertInstalled } from './systems/installed';
import { pytorch } from './systems/pytorch';
import { asName, learningRate, sequences } from './training/examples';

/** How long does it take from the start of a process to its first trained step? */
export const startup: Benchmark = {
  name: 'startup',
  question: `How long does it take from the start of a process to the loss of its first training step, of an LSTM ${asName(size)} with Adam?`,
  notes: [
    'Node, imports, device, shaders and the step itself. The driver keeps what it compiled on disk: only the first turn, which may be the first on this machine, may find nothing there.',
    'pytorch is Python, its imports and the step on one thread of the processor.',
  ],
  cases: [
    {
      name: 'to the first trained step',
      systems: [
        { name: 'hairpin', open: () => inOwnProcess('hairpin') },
        {
          name: 'tfjs-webgpu',
          isRequired: true,
          open: () => assertInstalled('@tensorflow/tfjs-backend-webgpu').then(() => inOwnProcess('tfjs')),
        },
        { name: 'pytorch', open: async () => inPython() },
      ],
      rounds: 5,
      tolerance: 1e-5,
    },
  ],
};

function inPython(): Contender {
  const script = fileURLToPath(new URL('training/train.py', import.meta.url));
  const { x, target } = sequences(size);
  const head = { model: 'lstm', sizes: size, x: x.shape, target: target.shape, learningRate };
  const numbers = [x, target, ...startingWeights()].map(({ values }) => values);
  const turn = async () => {
    const child = await pytorch(script, { threads: 'one', head, numbers });
    const loss = await child.turn();
    await child.close();
    return loss;
  };
  return { turn, close: () => undefined };
}
