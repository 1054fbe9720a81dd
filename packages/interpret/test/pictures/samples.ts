import type { CircularFeature, Matrix } from '../../src/index';
import { lcg } from '../lcg';

/** A site of CTCF, written from its consensus: how often each letter is right. */
const ctcf = 'NNGNCCANNAGGGGGCGCNN';
const sure = [0, 0, 0.4, 0, 0.9, 0.95, 0.7, 0, 0, 0.75, 0.8, 0.98, 0.6, 0.98, 0.95, 0.8, 0.6, 0.9, 0, 0];

/** Rows A C G T: the letter of a consensus with the given excess, the rest even. */
export const ctcfMatrix: Matrix = [...ctcf].map((letter, i) =>
  [...'ACGT'].map((own) => (own === letter ? sure[i] : 0) + (1 - (letter === 'N' ? 0 : sure[i])) / 4),
);

/** Random letters. */
export function randomSequence(length: number, seed: number, letters = 'ACGT'): string {
  const random = lcg(seed);
  return Array.from({ length }, () => letters[Math.floor(letters.length * random())]).join('');
}

/** A motif written into a sequence. */
export function plant(sequence: string, motif: string, at: number): string {
  return sequence.slice(0, at) + motif + sequence.slice(at + motif.length);
}

/** Small noise everywhere, and letters of a motif that count. */
export function contributions(
  length: number,
  peaks: readonly { at: number; width: number; size: number }[],
  seed = 1,
): number[] {
  const random = lcg(seed);
  const values = Array.from({ length }, () => 0.06 * (random() + random() - 1));
  for (const { at, width, size } of peaks)
    for (let i = 0; i < width; i++) values[at + i] += size * (0.4 + 0.6 * random()) * (i % 5 === 3 ? -0.15 : 1);
  return values;
}

/** Smooth tracks of units over positions, [positions, units]; some switch at a border. */
export function gates(positions: number, units: number, seed = 1): number[][] {
  const random = lcg(seed);
  const speeds = Array.from({ length: units }, () => 0.02 + 0.3 * random() ** 2);
  const phases = Array.from({ length: units }, () => 6.3 * random());
  return Array.from({ length: positions }, (_, t) =>
    speeds.map((speed, unit) => {
      const drive = 2 * Math.sin(phases[unit] + speed * t) + (unit % 4 === 0 ? (t > 80 && t < 120 ? 3 : -2) : 0);
      return 1 / (1 + Math.exp(-drive - 0.3 * random()));
    }),
  );
}

/** Attention of a head, each row a softmax: near the diagonal, on one place, on what is equal, or even. */
export function head(sequence: string, kind: number, seed = 1): number[][] {
  const random = lcg(seed + kind);
  const n = sequence.length;
  return Array.from({ length: n }, (_, query) => {
    const scores = Array.from({ length: n }, (_, key) => {
      const noise = random();
      if (kind === 0) return noise - Math.abs(query - key - 3) / 1.5;
      if (kind === 1) return noise + (key >= 20 && key < 26 ? 4 : 0);
      if (kind === 2) return noise + (sequence[query] === sequence[key] ? 1.5 : 0);
      return noise + (key === n - 1 - query ? 5 : 0);
    });
    const powers = scores.map(Math.exp);
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  });
}

/** Effects of substitutions, [positions, letters]: strong in a motif, weak elsewhere, 0 for the letter itself. */
export function effects(sequence: string, motif: { at: number; width: number }, letters = 'ACGT'): number[][] {
  const random = lcg(7);
  return [...sequence].map((letter, i) => {
    const size = i >= motif.at && i < motif.at + motif.width ? -1.6 : 0.25;
    return [...letters].map((other) => (other === letter ? 0 : size * (random() - (size > 0 ? 0.5 : 0.1))));
  });
}

/** The eleven genes of the phage phiX174, 5 386 bp: positions from 1 as in its record NC_001422. */
const phiX174Genes: readonly [name: string, first: number, last: number][] = [
  ['A', 3981, 136],
  ['A*', 4497, 136],
  ['B', 5075, 51],
  ['K', 51, 221],
  ['C', 133, 393],
  ['D', 390, 848],
  ['E', 568, 843],
  ['J', 848, 964],
  ['F', 1001, 2284],
  ['G', 2395, 2922],
  ['H', 2931, 3917],
];

/** Those genes as features that go on across the origin. */
export const phiX174: readonly CircularFeature[] = phiX174Genes.map(([name, first, last]) => ({
  name: `gene ${name}`,
  start: first - 1,
  end: last < first ? last + 5386 : last,
  strand: '+',
}));

/** A track of smooth noise around a mean. */
export function track(length: number, mean: number, size: number, seed: number): Float64Array {
  const random = lcg(seed);
  const phases = [1, 2, 3, 5, 9, 14].map((k) => ({ k, phase: 6.3 * random(), weight: size * random() }));
  return Float64Array.from({ length }, (_, i) =>
    phases.reduce((sum, { k, phase, weight }) => sum + weight * Math.sin(phase + (6.2832 * k * i) / length), mean),
  );
}
