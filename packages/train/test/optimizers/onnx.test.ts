import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { full, parameter, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { Adam, type Descent, SGD, type Weights } from '../../src/index';

const file = join(process.env.HAIRPIN_DATA ?? '', 'onnx_tests', 'optimizer.json.gz');
const hasCases = process.env.HAIRPIN_DATA !== undefined && existsSync(file);

interface Stored {
  readonly name: string;
  readonly shape: number[];
  readonly data: number[];
}

interface Case {
  readonly nodes: readonly { readonly attributes: Readonly<Record<string, number>> }[];
  readonly inputs: readonly Stored[];
  readonly outputs: readonly Stored[];
}

const caseOf = (name: string): Case => JSON.parse(gunzipSync(readFileSync(file)).toString())[name];

/** Tensors whose names begin with a letter, by the rest: X1, X2 → 1, 2. */
const byIndex = (stored: readonly Stored[], letter: string) =>
  Object.fromEntries(
    stored
      .filter(({ name }) => name.startsWith(letter))
      .map((item) => [`w${item.name.slice(1, 2).replace('_', '')}`, item]),
  );

const mapped = <B>(stored: Record<string, Stored>, change: (item: Stored) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(stored).map(([key, item]) => [key, change(item)]));

const f64 = ({ data, shape }: Stored) => tensor(Float64Array.from(data), { shape });

/** What both kinds of case have in common; its T is 0 throughout. */
function prepared(name: string) {
  const { nodes, inputs, outputs } = caseOf(name);
  expect(inputs.find((input) => input.name === 'T')?.data).toEqual([0]);
  const weights = mapped(byIndex(inputs, 'X'), (stored) => parameter(f64(stored)));
  const gradients = mapped(byIndex(inputs, 'G'), f64);
  const rate = inputs.find((input) => input.name === 'R')!.data[0];
  return { attributes: nodes[0].attributes, inputs, outputs, weights, gradients, rate };
}

function put(cells: Weights, stored: Record<string, Stored>): void {
  for (const [path, item] of Object.entries(stored)) cells[path].assign(f64(item));
}

/** The outputs were computed and stored in single precision. */
async function expectAll(cells: Weights, stored: Record<string, Stored>): Promise<void> {
  expect(Object.keys(cells)).toEqual(Object.keys(stored));
  for (const [path, { data }] of Object.entries(stored)) {
    const got = await cells[path].data();
    got.forEach((value, i) => expect(Math.abs(value - data[i])).toBeLessThan(1e-6 * Math.max(1, Math.abs(data[i]))));
  }
}

const move = (optimizer: Descent, { weights, gradients }: ReturnType<typeof prepared>) =>
  optimizer.apply(weights, gradients, { isSafe: true });

/**
 * ONNX's Momentum with `beta` as the factor of the gradient: at T = 0 it counts as 1, which is PyTorch's dampening 0; the
 * form for T > 0 with another beta is not ours. `norm_coefficient` is PyTorch's weight decay. Adagrad is not ours.
 */
describe.skipIf(!hasCases)('the ONNX cases of Momentum', () => {
  it.each(['test_momentum', 'test_momentum_multiple', 'test_nesterov_momentum'])('%s', async (name) => {
    const given = prepared(name);
    const { attributes, inputs, outputs, weights, rate } = given;
    const nesterov = String(attributes.mode) === 'nesterov';
    const options = { learningRate: rate, momentum: attributes.alpha, weightDecay: attributes.norm_coefficient };
    const optimizer = new SGD(weights, { ...options, nesterov });
    put(optimizer.momentumBuffer, { ...byIndex(inputs, 'V'), ...(name.includes('multiple') && byIndex(inputs, 'H')) });
    move(optimizer, given);
    await expectAll(weights, byIndex(outputs, 'X'));
    await expectAll(optimizer.momentumBuffer, byIndex(outputs, 'V'));
  });
});

/**
 * ONNX's Adam leaves the moments as they are at T = 0. Ours divide by 1 − βᵗ, which is 1 once t is large: the counter
 * starts there. For T > 0 ONNX multiplies by √(1 − βᵗ) outside the root and adds epsilon after that: not ours.
 */
describe.skipIf(!hasCases)('the ONNX cases of Adam', () => {
  // The node of the second states no epsilon, whose default is 0; its outputs follow from 0.01 alone:
  // (1 - 0.7591363) / 0.1 = 1.8500500 / (√0.5747002 + 0.01).
  it.each([
    ['test_adam', 1e-7],
    ['test_adam_multiple', 1e-2],
  ])('%s', async (name, eps) => {
    const given = prepared(name);
    const { attributes, inputs, outputs, weights, rate } = given;
    const { alpha, beta, norm_coefficient: weightDecay } = attributes;
    const optimizer = new Adam(weights, { learningRate: rate, betas: [alpha, beta], eps, weightDecay });
    put(optimizer.mean, byIndex(inputs, 'V'));
    put(optimizer.variance, byIndex(inputs, 'H'));
    optimizer.count.assign(full([], 1e6, { dtype: 'i32' }));
    move(optimizer, given);
    await expectAll(weights, byIndex(outputs, 'X'));
    await expectAll(optimizer.mean, byIndex(outputs, 'V'));
    await expectAll(optimizer.variance, byIndex(outputs, 'H'));
  });
});
