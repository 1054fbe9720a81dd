import { Rng } from '@hairpin/tensors/random';
import { auroc } from '@hairpin/train';
import type { Benchmark, System } from './harness/benchmark';

const count = 1_000_000;
const steps = 65_536; // so that about 15 scores are equal

/** How long does a ranking metric of many scores take? */
export const metrics: Benchmark = {
  name: 'metrics',
  question: `How long does the AUROC of ${count.toLocaleString('en')} scores take, with ties?`,
  notes: [
    `Scores are f32 of ${steps.toLocaleString('en')} values, those of positive examples higher on average. All run on one thread of the processor.`,
    'The rank sum (Mann & Whitney 1947) sorts the numbers of the examples by their scores, in twenty lines of JavaScript; it is here so that the area is checked by another way to it.',
  ],
  cases: [
    {
      name: 'AUROC',
      systems: [system('hairpin', auroc), system('rank sum', rankSum)],
      tolerance: 1e-12,
      bars: [{ of: 'hairpin', atMost: 1000 }],
    },
  ],
};

/** Normal scores, on a grid; half of the examples are positive and lie one standard deviation higher. */
function examples() {
  const rng = new Rng(1);
  const labels = Uint8Array.from({ length: count }, () => rng.integer(2));
  const scores = Float32Array.from(labels, (label) => Math.round((rng.normal() + label) * (steps / 8)) / (steps / 8));
  return { labels, scores };
}

function system(name: string, area: (labels: Uint8Array, scores: Float32Array) => number): System {
  const open = async () => {
    const { labels, scores } = examples();
    return { turn: async () => [area(labels, scores)], close: () => undefined };
  };
  return { name, open };
}

/** (R − P·(P + 1)/2) / (P·N), with R the sum of the positive examples' ranks; ties share the mean of theirs. */
function rankSum(labels: Uint8Array, scores: Float32Array): number {
  const order = new Uint32Array(labels.keys()).sort((a, b) => scores[a] - scores[b]);
  let [sum, positives] = [0, 0];
  for (let start = 0, end = 0; start < order.length; start = end) {
    let tied = 0;
    for (; end < order.length && scores[order[end]] === scores[order[start]]; end++) tied += labels[order[end]];
    sum += (tied * (start + 1 + end)) / 2;
    positives += tied;
  }
  return (sum - (positives * (positives + 1)) / 2) / (positives * (labels.length - positives));
}
