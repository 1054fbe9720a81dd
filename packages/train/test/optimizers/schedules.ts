import { constant, cosine, plateau, type Schedule, stepDecay, warmUp } from '../../src/index';

/** Schedules, and their rates after some steps by PyTorch's closed forms. */
export const schedules: [name: string, make: () => Schedule, rates: [step: number, rate: number][]][] = [
  ['constant', () => constant(0.3), [0, 1, 1e6].map((t) => [t, 0.3])],
  [
    'stepDecay, as StepLR',
    () => stepDecay(0.8, { every: 3, factor: 0.5 }),
    [0, 1, 2, 3, 5, 6, 9, 30].map((t) => [t, 0.8 * 0.5 ** Math.floor(t / 3)]),
  ],
  ['stepDecay by a tenth', () => stepDecay(1, { every: 1000 }), [999, 1000, 1999, 2000].map((t) => [t, t < 1000 ? 1 : t < 2000 ? 0.1 : 0.01])], // prettier-ignore
  [
    'cosine, as CosineAnnealingLR, and at its floor afterwards',
    () => cosine(0.5, { steps: 8, floor: 0.1 }),
    [
      ...[0, 1, 2, 4, 7, 8].map((t): [number, number] => [t, 0.1 + 0.2 * (1 + Math.cos((Math.PI * t) / 8))]),
      [9, 0.1],
      [1e6, 0.1],
    ],
  ],
  [
    'warmUp, as LinearLR',
    () => warmUp(0.6, 4),
    [0, 1, 2, 3, 4, 5, 1000].map((t) => [t, 0.6 * (1 / 3 + ((1 - 1 / 3) * Math.min(t, 4)) / 4)]),
  ],
  [
    'warmUp from 0 of a cosine',
    () => warmUp(cosine(1, { steps: 20 }), 10, { startFactor: 0 }),
    [0, 5, 10, 15, 20, 25].map((t) => [
      t,
      (Math.min(t, 10) / 10) * (t >= 20 ? 0 : (1 + Math.cos((Math.PI * t) / 20)) / 2),
    ]),
  ],
  ['plateau before any metric', () => plateau(0.2), [0, 7].map((t) => [t, 0.2])],
];
