import { type Rng, tanh } from '@hairpin/tensors';
import { GRUField, GRUODE, LatentODE, Linear, NeuralODE, ODERNN, RNNCell, Sequential } from '../../src/index';
import type { Cases } from './case';

/** An equation of one layer. */
const slope = (dim: number, rng: Rng) => new Sequential(new Linear({ in: dim, out: dim, rng }), tanh);

function latent(
  { method, ...of }: { in: number; hidden: number; latent: number; method: 'euler' | 'midpoint' },
  rng: Rng,
): LatentODE {
  const cell = new RNNCell({ in: of.in, hidden: of.hidden, rng });
  return new LatentODE({
    encoder: new ODERNN({ field: slope(of.hidden, rng), cell, direction: 'reverse' }),
    posterior: new Linear({ in: of.hidden, out: 2 * of.latent, rng }),
    field: slope(of.latent, rng),
    decoder: new Linear({ in: of.latent, out: of.in, rng }),
    method,
  });
}

/** Equations and what stands on them. */
export const ode = {
  NeuralODE: [
    {
      of: (rng) => new NeuralODE({ field: slope(3, rng), solver: { method: 'euler', steps: 2 } }),
      ...{ input: [2, 4, 3], output: [2, 4, 3], lengths: [4, 2], lengthsAfter: [4, 2] },
    },
    {
      of: (rng) =>
        new NeuralODE({
          field: new Sequential(new Linear({ in: 3, out: 2, rng }), tanh),
          ...{ timeDependent: true, times: [1, 0.5, 0], outputs: 'all', solver: { method: 'midpoint' } },
        }),
      ...{ input: [2, 2], output: [2, 3, 2] },
    },
    {
      of: (rng) => new NeuralODE({ field: slope(1, rng), solver: { method: 'euler', steps: 3, gradient: 'adjoint' } }),
      ...{ input: [1, 1], output: [1, 1] },
    },
  ],
  GRUField: [
    { of: (rng) => new GRUField({ hidden: 3, rng }), input: [4, 3], output: [4, 3] },
    { of: (rng) => new GRUField({ hidden: 1, rng }), input: [2, 1], output: [2, 1] },
    { of: (rng) => new GRUField({ hidden: 5, rng }), input: [1, 5], output: [1, 5] },
  ],
  ODERNN: [
    {
      of: (rng) => new ODERNN({ field: slope(3, rng), cell: new RNNCell({ in: 2, hidden: 3, rng }) }),
      ...{ input: [3, 4, 2], output: [3, 4, 3], lengths: [4, 1, 3], lengthsAfter: [4, 1, 3] },
    },
    {
      of: (rng) =>
        new ODERNN({
          ...{ field: slope(3, rng), cell: new RNNCell({ in: 2, hidden: 3, rng }), masked: true },
        }),
      ...{ input: [2, 3, 1], output: [2, 3, 3], lengths: [3, 2], lengthsAfter: [3, 2] },
    },
    {
      of: (rng) =>
        new ODERNN({
          ...{ field: slope(1, rng), cell: new RNNCell({ in: 1, hidden: 1, rng }), method: 'midpoint' },
        }),
      ...{ input: [1, 2, 1], output: [1, 2, 1] },
    },
  ],
  GRUODE: [
    {
      of: (rng) => new GRUODE({ in: 2, hidden: 3, rng }),
      ...{ input: [3, 4, 2], output: [3, 4, 3], lengths: [4, 1, 3], lengthsAfter: [4, 1, 3] },
    },
    {
      of: (rng) => new GRUODE({ in: 1, hidden: 3, masked: true, rng }),
      ...{ input: [2, 3, 1], output: [2, 3, 3] },
    },
    { of: (rng) => new GRUODE({ in: 2, hidden: 3, rng }), input: [1, 2, 2], output: [1, 2, 3] },
  ],
  LatentODE: [
    {
      of: (rng) => latent({ in: 2, hidden: 3, latent: 2, method: 'euler' }, rng),
      ...{ input: [3, 4, 2], output: [3, 4, 2], lengths: [4, 2, 3], lengthsAfter: [4, 2, 3] },
    },
    {
      of: (rng) => latent({ in: 2, hidden: 3, latent: 3, method: 'midpoint' }, rng),
      ...{ input: [2, 3, 2], output: [2, 3, 2] },
    },
    {
      of: (rng) => latent({ in: 2, hidden: 3, latent: 2, method: 'euler' }, rng),
      ...{ input: [1, 2, 2], output: [1, 2, 2] },
    },
  ],
} satisfies Cases;
