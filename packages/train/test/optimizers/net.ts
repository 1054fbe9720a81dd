import {
  compile,
  matmul,
  mean,
  normal,
  type Parameter,
  parameter,
  Rng,
  square,
  sub,
  tanh,
  valueAndGrad,
  zeros,
} from '@hairpin/tensors';
import { Adam, AdamW, type Descent, type DescentOptions, RMSprop, SGD, type Weights } from '../../src/index';

type Make = (weights: Weights, options: DescentOptions) => Descent;

/** Every optimiser, with all of its state. */
export const optimizers: [name: string, make: Make][] = [
  ['SGD', (weights, options) => new SGD(weights, { momentum: 0.9, nesterov: true, weightDecay: 0.1, ...options })],
  [
    'RMSprop',
    (weights, options) => new RMSprop(weights, { momentum: 0.9, centered: true, weightDecay: 0.1, ...options }),
  ],
  ['Adam', (weights, options) => new Adam(weights, { weightDecay: 0.1, ...options })],
  ['AdamW', (weights, options) => new AdamW(weights, { weightDecay: 0.1, ...options })],
];

/** Two dense layers that learn the mean of four numbers; `step` is compiled, `traces` counts how often. */
export function net(make: Make, options: DescentOptions) {
  const rng = new Rng(7);
  const weights: Record<string, Parameter> = {
    'encoder.weight': parameter(normal(rng, [4, 8], 0, 0.5)),
    'encoder.bias': parameter(zeros([8])),
    'head.weight': parameter(normal(rng, [8, 1], 0, 0.5)),
    'head.bias': parameter(zeros([1])),
  };
  const x = normal(rng, [16, 4]);
  const hidden = () => tanh(matmul(x, weights['encoder.weight']).add(weights['encoder.bias']));
  const output = () => matmul(hidden(), weights['head.weight']).add(weights['head.bias']);
  const loss = (_: Weights) => mean(square(sub(output(), mean(x, 1, { keepDims: true }))));
  const optimizer = make(weights, options);
  let traces = 0;
  const step = compile(() => {
    traces++;
    const { value, grad } = valueAndGrad(loss)(weights);
    optimizer.apply(weights, grad, { isSafe: true });
    return value;
  });
  return { weights, optimizer, step, traces: () => traces };
}

/** The bits of f32 values: −0 is not 0. */
export const bits = async (cell: Parameter): Promise<number[]> =>
  Array.from(new Uint32Array(Float32Array.from(await cell.data()).buffer));

/** Makes `count` steps; the loss of the last. */
export async function make(step: ReturnType<typeof net>['step'], count: number): Promise<number> {
  for (let i = 1; i < count; i++) (await step()).dispose();
  return (await step()).item();
}
