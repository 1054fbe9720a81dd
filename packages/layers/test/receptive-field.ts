import { abs, add, grad, relu, Rng, sum, type Tensor, tensor } from '@hairpin/tensors';
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  AvgPool1d,
  Conv1d,
  type Layer,
  MaxPool1d,
  Parallel,
  receptiveField,
  Residual,
  SeparableConv1d,
  Sequential,
  type Step,
  TemporalBlock,
} from '../src/index';

const channels = 2;

interface Part {
  readonly kind: 'conv' | 'separable' | 'max' | 'mean' | 'residual' | 'parallel' | 'temporal' | 'relu';
  readonly width: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: 'valid' | 'same' | 'causal';
}

/** A layer of two channels in and out. */
function make({ kind, width, stride, dilation, padding }: Part, rng: Rng): Step {
  const to = { in: channels, out: channels, width, rng };
  const kept = { padding: padding === 'valid' ? ('same' as const) : padding };
  if (kind === 'conv') return new Conv1d({ ...to, stride, dilation, padding, groups: stride });
  if (kind === 'separable') return new SeparableConv1d({ ...to, stride, dilation, padding });
  if (kind === 'max') return new MaxPool1d({ width, stride });
  if (kind === 'mean') return new AvgPool1d({ width, stride });
  if (kind === 'residual') return new Residual(new Conv1d({ ...to, ...kept, dilation }));
  if (kind === 'temporal') return new TemporalBlock({ ...to, dilation });
  if (kind === 'relu') return relu;
  const branches = [new Conv1d({ ...to, ...kept, dilation }), new Conv1d({ ...to, width: 3, padding: 'causal' })];
  return new Parallel(branches, { join: 'sum' });
}

/** Weights that are positive, so that no two ways from an input to an output cancel. */
function makePositive(layer: Layer): void {
  for (const parameter of Object.values(layer.parameters())) parameter.assign(add(abs(parameter), 0.5));
}

/**
 * The inputs that have a gradient of output l. In row i input i is so large that it is the largest in any window which
 * sees it.
 */
async function supportOf(layer: Layer, l: number, length: number): Promise<number[]> {
  const rng = new Rng(l);
  const x = Float32Array.from({ length: length * length * channels }, (_, k) => {
    const [row, place] = [Math.floor(k / channels / length), Math.floor(k / channels) % length];
    return row === place ? 1e12 : 0.1 + rng.next();
  });
  const at = (x: Tensor) => sum(layer.forward(x).slice([0, l], [undefined, l + 1]));
  const dx = await grad(at)(tensor(x, { shape: [length, length, channels] })).data();
  const own = (i: number) => dx[(i * length + i) * channels];
  return Array.from({ length }, (_, i) => i).filter((i) => own(i) !== 0);
}

const part = fc.record({
  kind: fc.constantFrom<Part['kind'][]>('conv', 'separable', 'max', 'mean', 'residual', 'parallel', 'temporal', 'relu'),
  width: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 2 }),
  dilation: fc.integer({ min: 1, max: 3 }),
  padding: fc.constantFrom<Part['padding'][]>('valid', 'same', 'causal'),
});

/** What random stacks say they see, and where the gradient of an output is not 0. */
export async function checkSupport(numRuns: number): Promise<void> {
  const stacks = fc.record({
    parts: fc.array(part, { minLength: 1, maxLength: 4 }),
    spare: fc.integer({ min: 0, max: 9 }),
  });
  const property = fc.asyncProperty(stacks, async ({ parts, spare }) => {
    const layer = new Sequential(...parts.map((one) => make(one, new Rng(1))));
    makePositive(layer);
    const { size, stride, offset } = receptiveField(layer);
    const length = size + 2 * stride + spare;
    const outputs = layer.forward(tensor(new Float32Array(length * channels), { shape: [1, length, channels] }))
      .shape[1];
    const hasGaps = parts.some(
      ({ dilation, kind, stride, width }) => dilation > 1 || stride > width || kind === 'relu',
    );
    for (const l of new Set([0, 1, Math.floor(outputs / 2), outputs - 1])) {
      if (l >= outputs) continue;
      const support = await supportOf(layer, l, length);
      const [first, last] = [l * stride + offset, l * stride + offset + size - 1];
      expect(support.every((i) => i >= first && i <= last)).toBe(true); // also at the ends, where some of it is missing
      if (first < 0 || last >= length) continue;
      expect([support[0], support.at(-1)]).toEqual([first, last]);
      if (!hasGaps) expect(support).toHaveLength(size);
    }
  });
  await fc.assert(property, { seed: 6, numRuns });
}

/** Near the ends a stack without stride, gaps or loss of positions sees all that is left of its field. */
export async function checkEnds(numRuns: number): Promise<void> {
  const kept = part.map(
    (one) => ({ ...one, stride: 1, dilation: 1, padding: one.padding === 'valid' ? 'same' : one.padding }) as Part,
  );
  const kinds = kept.filter(({ kind }) => ['conv', 'residual', 'parallel', 'temporal', 'relu'].includes(kind));
  const property = fc.asyncProperty(fc.array(kinds, { minLength: 1, maxLength: 4 }), async (parts) => {
    const layer = new Sequential(...parts.map((one) => make(one, new Rng(1))));
    makePositive(layer);
    const { size, offset } = receptiveField(layer);
    const length = size + 2;
    for (const l of [0, 1, length - 2, length - 1]) {
      const [first, last] = [Math.max(l + offset, 0), Math.min(l + offset + size, length) - 1];
      const expected = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      expect(await supportOf(layer, l, length)).toEqual(expected);
    }
  });
  await fc.assert(property, { seed: 6, numRuns });
}
