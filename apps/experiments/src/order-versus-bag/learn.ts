import { compile, type Tensor } from '@hairpin/tensors';
import { Adam, auroc, binaryCrossEntropy, drawnBatches, type EpochRecord, fit, TrainStep } from '@hairpin/train';
import type { Context } from './experiment';
import { examples, type Examples, filterWidth, type Task } from './tasks';
import { type Kind, TwoMotifNet } from './two-motif-net';

/** A net that has learned a task, and how well it tells new sequences apart. */
export interface Learned {
  readonly net: TwoMotifNet;
  readonly history: readonly EpochRecord[];
  /** Area under the ROC curve. */
  readonly auroc: number;
}

/** Batches of an epoch. */
export const batches = 50;
const testAtOnce = 250;

/** Trains a net of a kind on a task; every batch is new. */
export async function learn(context: Context, kind: Kind, task: Task): Promise<Learned> {
  const { options, onProgress, signal, phase } = context;
  const steps = task === 'spacing' ? options.spacingSteps : options.steps;
  phase(`${kind}, ${task}`);
  const rng = context.rng.fork(`${kind} ${task}`);
  const net = new TwoMotifNet(kind, { ...options, width: filterWidth(context), rng: rng.fork('weights') });
  const weights = net.parameters();
  const loss = ({ x, y }: Examples) => binaryCrossEntropy(net.forward(x), y);
  const step = new TrainStep({ weights, optimizer: new Adam(weights), loss, clipNorm: 1 });
  const { history } = await fit({
    ...{ step, onProgress, signal, epochs: Math.ceil(steps / batches) },
    loader: drawnBatches({
      ...{ batches, batchSize: 64, rng: rng.fork('examples') },
      draw: (from, rows) => examples(context, task, { rng: from, count: rows, purpose: 'lesson' }),
    }),
    learningRate: (done) => options.learningRate * (1 - done),
  });
  step.dispose();
  return { net, history, auroc: await test(context, net, task) };
}

/** The area under the ROC curve over new sequences, the same for both kinds. */
async function test(context: Context, net: TwoMotifNet, task: Task): Promise<number> {
  const say = compile((x: Tensor) => net.forward(x));
  const rng = context.rng.fork(`test ${task}`);
  const [labels, logits]: [number[], number[]] = [[], []];
  for (let done = 0; done < context.options.tests; done += testAtOnce) {
    const { x, y } = examples(context, task, { rng: rng.fork(done), count: testAtOnce, purpose: 'test' });
    const z = await say(x);
    labels.push(...(await y.data()));
    logits.push(...(await z.data()));
    for (const used of [x, y, z]) used.dispose();
  }
  say.dispose();
  return auroc(labels, logits);
}
