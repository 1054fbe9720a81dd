import type { Tensor } from '@hairpin/tensors';
import {
  compile,
  type Context,
  mul,
  normal,
  parameters,
  realize,
  Rng,
  sum,
  tensor,
  trainable,
  valueAndGrad,
} from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import type { Layer } from '../src/index';
import { named } from './cases';
import type { Case } from './cases/case';

/** max|a − b| / max|b|, or 0 where both are empty. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  const largest = Math.max(1e-30, ...Array.from(b, Math.abs));
  return Array.from(a, (value, i) => Math.abs(value - b[i]) / largest).reduce(
    (worst, d) => (d <= worst ? worst : d),
    0,
  );
}

const rows = (values: readonly number[]) => tensor(Int32Array.from(values));
const draw = (seed: number, shape: readonly number[]) => normal(new Rng(seed), shape);

/** What a sample reads: normal numbers, or tokens. */
export function inputOf({ input, tokens }: Case): Tensor {
  if (!tokens) return draw(2, input);
  const rng = new Rng(2);
  const size = input.reduce((product, n) => product * n, 1);
  return tensor(
    Int32Array.from({ length: size }, () => rng.integer(tokens)),
    { shape: input },
  );
}

/** The value of a layer, and the gradients of Σ c·value by input and parameters but no buffers, c random. */
export async function valueAndGradients(layer: Layer, x: Tensor, context: Context = {}, weights?: Tensor) {
  const inputs: { x?: Tensor } = x.dtype === 'i32' ? {} : { x }; // tokens have no gradient
  const objective = (leaves: { x?: Tensor }) => {
    const y = layer.forward(leaves.x ?? x, context);
    return sum(mul(y, weights ?? draw(7, y.shape)));
  };
  const { grad } = valueAndGrad(objective)({ ...inputs, ...trainable(parameters(layer)) });
  const y = layer.forward(x, context);
  await realize(y, ...Object.values(grad as Record<string, Tensor>)); // one plan, and not one for each gradient
  const data = await Promise.all(
    Object.entries(grad as Record<string, Tensor>).map(async ([name, g]) => [name, await g.data()] as const),
  );
  return { y: await y.data(), gradients: Object.fromEntries(data) };
}

/** What every layer keeps, on the default device. */
export function contracts(samples = named): void {
  describe.each(samples)('%s', (_, sample) => {
    const layer = () => sample.of(new Rng(1));

    it('gives the shape it says, compiled and eagerly the same', async () => {
      const [own, x] = [layer(), inputOf(sample)];
      const eager = own.forward(x);
      expect(eager.shape).toEqual(sample.output);
      const compiled = await compile((x: Tensor) => own.forward(x))(x);
      expect(distance(await compiled.data(), await eager.data())).toBeLessThan(1e-6);
    });

    it('sends a gradient to each parameter', async () => {
      const { y, gradients } = await valueAndGradients(layer(), inputOf(sample));
      for (const gradient of Object.values(gradients)) {
        expect(Array.from(gradient).every(Number.isFinite)).toBe(true);
        if (gradient.length > 0 && y.length > 0) expect(gradient.some((g) => g !== 0)).toBe(true);
      }
    });

    if (!sample.lengths) return;

    it('says the lengths that remain', async () => {
      const after = layer().lengthsAfter(rows(sample.lengths ?? []));
      expect(after && Array.from(await after.data())).toEqual(sample.lengthsAfter);
    });

    it('a padded batch is its rows one by one, with NaN in the padding', () => packedIsOneByOne(layer(), sample));
  });
}

/** Values within the lengths that remain, and all gradients, against each row alone and unpadded. */
async function packedIsOneByOne(layer: Layer, sample: Case): Promise<void> {
  const { input, output, lengths = [], lengthsAfter, tokens } = sample;
  const [batch, longest, channels = 1] = input;
  const { dtype } = inputOf(sample);
  const whole = await inputOf(sample).data();
  const padded = whole.map((value, i) =>
    Math.floor(i / channels) % longest < lengths[Math.floor(i / channels / longest)] ? value : tokens ? -1 : NaN,
  );
  const inner = output.slice(1).reduce((product, n) => product * n, 1);
  const kept = (row: number) => (lengthsAfter ? (inner / output[1]) * lengthsAfter[row] : inner);
  const factors = (await draw(7, output).data()).map((value, i) =>
    i % inner < kept(Math.floor(i / inner)) ? value : 0,
  );

  const packed = await valueAndGradients(
    layer,
    tensor(padded, { shape: input, dtype }),
    { lengths: rows(lengths) },
    tensor(factors, { shape: output }),
  );
  const total: Record<string, Float64Array> = {};
  for (let row = 0; row < batch; row++) {
    const begin = row * longest * channels;
    const shape = [1, lengths[row], ...input.slice(2)];
    const x = tensor(whole.slice(begin, begin + lengths[row] * channels), { shape, dtype });
    const own = tensor(factors.slice(row * inner, row * inner + kept(row)), { shape: layer.forward(x).shape });
    const alone = await valueAndGradients(layer, x, {}, own);
    expect(distance(packed.y.slice(row * inner, row * inner + kept(row)), alone.y)).toBeLessThan(1e-6);
    const dx = packed.gradients.x?.slice(begin, begin + lengths[row] * channels);
    if (dx) expect(distance(dx, alone.gradients.x!)).toBeLessThan(1e-6);
    for (const [name, gradient] of Object.entries(alone.gradients)) {
      if (name === 'x') continue;
      const sums = (total[name] ??= new Float64Array(gradient.length));
      gradient.forEach((g, i) => (sums[i] = sums[i] + g));
    }
  }
  for (const [name, sums] of Object.entries(total)) expect(distance(packed.gradients[name], sums)).toBeLessThan(1e-5); // sums of rounded rows
}
