import { informationContent } from '../motifs/information';
import type { Matrix } from '../motifs/pwm';
import { uniformFrom } from '../random-source';
import type { RandomSource } from '../random-source';

/** A random motif of exactly `bits` of information: uniform random columns, sharpened together until they have it. */
export function simulateMotif(options: { width: number; bits: number; rng: RandomSource }): number[][] {
  const { width, bits, rng } = options;
  if (!(bits >= 0 && bits < 2 * width)) {
    throw new RangeError(`simulateMotif: ${width} positions hold 0 to ${2 * width} bits, got ${bits}`);
  }
  // −log u normalised is uniform over all columns (Dirichlet 1); its powers go from flat (0) to one sure base (∞).
  const logits = Array.from({ length: width }, () =>
    Array.from({ length: 4 }, () => Math.log(-Math.log(uniformFrom(rng)))),
  );
  let [low, high] = [0, 1];
  while (informationContent(sharpened(logits, high)) < bits) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (informationContent(sharpened(logits, middle)) < bits) low = middle;
    else high = middle;
  }
  return sharpened(logits, high);
}

/** softmax of each row times `power`. */
function sharpened(logits: Matrix, power: number): number[][] {
  return logits.map((row) => {
    const top = Math.max(...row);
    const shares = row.map((logit) => Math.exp((logit - top) * power));
    const total = shares.reduce((sum, share) => sum + share, 0);
    return shares.map((share) => share / total);
  });
}
