import { informationHeights, logo, reliabilityDiagram, rocCurve } from '@hairpin/interpret';
import type { Interval } from '@hairpin/train';
import { atLeast, atMost, below } from '../frame/bound';
import { experiment, type ExperimentContext } from '../frame/experiment';
import { whole } from '../frame/options';
import { readFactors } from './factors';
import { type LearnedFactor, learnFactor } from './learn';
import { compare } from './motifs';

const options = {
  peaks: whole({ says: 'peaks of each factor at most', default: 40_000, quick: 1000, min: 100, max: 1e6 }),
  epochs: whole({ says: 'times that each peak is seen', default: 12, quick: 6, min: 1, max: 100 }),
  filters: whole({ says: 'filters, each read on both strands', default: 64, quick: 8, min: 1, max: 512 }),
  width: whole({ says: 'letters under a filter', default: 24, quick: 16, min: 4, max: 60 }),
};
/** What this experiment works with. */
export type Context = ExperimentContext<typeof options>;

/** Rows 26 and 44: where a factor binds is learned from sequence alone, and what was learned is a motif of the library. */
export const tfBinding = experiment({
  name: 'tf-binding',
  question: 'Does sequence tell where a transcription factor binds, and is what a net learns of it the known motif?',
  rows: [26, 44],
  biology: `A transcription factor binds where a short pattern of letters stands. ChIP-seq finds the places, the pattern has to be
    inferred. A net that tells bound from unbound sequences has learned it: each filter of its first layer is a pattern that can be
    read, as the sites that excite it or as the softmax of its weights, and looked up in a library. Two kinds of negatives keep it
    honest: shuffles that keep every pair of letters, so that composition does not help, and peaks of another factor, so that open
    chromatin does not help.`,
  equation: `P(bound | x) = σ(head(max over places and strands of (w ∗ x + b − a·d²)))   d: 0 in the middle of a peak, 1 at its ends
p(letter | position) = counts of the sites that excite a filter, or softmax(s·w)`,
  datasets: ['chip_ctcf_pu1', 'motifs_jaspar'],
  options,
  async run(context) {
    context.phase('reading peaks');
    const data = await readFactors(context);
    const [first, second] = data.factors;
    const learned = [await learnFactor(context, data, first, second), await learnFactor(context, data, second, first)];
    learned.forEach((bound, i) => reportClasses(context, bound, learned[1 - i].factor.name));
    reportMotif(context, learned[0]);
    showIntervals(context, learned);
    learned.forEach((bound) => showFactor(context, bound));
    showMotifs(context, learned);
  },
});

function reportClasses(
  { report }: Context,
  { factor: { name }, measured, calibration }: LearnedFactor,
  other: string,
): void {
  for (const [kind, against] of [
    ['shuffles', 'shuffles'],
    ['others', `peaks of ${other}`],
  ] as const) {
    const { auroc, auprc } = measured[kind];
    report.number({
      ...{ row: 26, name: `${name} against ${against}, AUROC`, value: auroc.estimate },
      ...{ threshold: atLeast(0.983), quick: atLeast(0.7), goal: atLeast(0.987) },
    });
    report.number({ row: 26, name: `${name} against ${against}, AUPRC`, value: auprc.estimate });
  }
  report.number({ row: 26, name: `${name}, expected calibration error`, value: calibration.error });
}

/** The first factor's motif has to be its own in the library, by both routes. */
function reportMotif({ report }: Context, { factor, readings }: LearnedFactor): void {
  for (const { route, best } of readings) {
    const isOwn = factor.motif.test(best.target.name);
    const name = `${factor.name} from ${route}, q-value of the best match (1 unless it is ${factor.name})`;
    report.number({ row: 44, name, value: isOwn ? best.qValue : 1, threshold: below(1e-5), quick: atMost(0.05) });
    report.number({
      ...{ row: 44, name: `${factor.name} from ${route}, positions side by side`, value: best.overlap, unit: 'bp' },
      ...{ threshold: atLeast(10), quick: atLeast(6) },
    });
  }
}

function showIntervals({ report }: Context, learned: readonly LearnedFactor[]): void {
  const shown = ({ estimate, low, high }: Interval) => [estimate, `${low.toFixed(4)} to ${high.toFixed(4)}`];
  report.heading('On held-out peaks');
  report.table(
    'Areas under the curves, with the intervals that hold 95 % of the bootstrap',
    ['', 'AUROC', '', 'AUPRC', ''],
    learned.flatMap(({ factor, measured }) =>
      (['shuffles', 'others'] as const).map((kind) => {
        const against = kind === 'shuffles' ? 'shuffles' : 'the other factor';
        const { auroc, auprc } = measured[kind];
        return [`${factor.name} against ${against}`, ...shown(auroc), ...shown(auprc)];
      }),
    ),
  );
}

function showFactor({ report }: Context, { factor, measured, calibration }: LearnedFactor): void {
  report.heading(factor.name);
  const { auroc, roc } = measured.shuffles;
  report.figure(rocCurve(roc, { auroc: auroc.estimate }), 'Held-out peaks against their dinucleotide shuffles.');
  report.figure(
    reliabilityDiagram(calibration.bins, { ece: calibration.error }),
    'What the net says, and how often it is so. Held-out peaks; of the negatives two thirds are shuffles, the others peaks of the other factor.',
  );
}

function showMotifs({ report }: Context, learned: readonly LearnedFactor[]): void {
  report.heading('What the filters read');
  report.table(
    'The best filter of each net by both routes, beside what it resembles most in the library',
    ['', 'Match', 'q', 'Overlap', 'Offset', 'Strand', 'Pearson', 'KL, bits', 'JSD, bits', 'Euclid'],
    learned.flatMap(({ factor, readings }) =>
      readings.map((reading) => {
        const { best } = reading;
        const { offset, strand, pearson, kl, jsd, euclidean } = compare(reading);
        const match = [best.target.name, best.qValue, best.overlap, offset, strand];
        return [`${factor.name}, ${reading.route}`, ...match, pearson, kl, jsd, euclidean];
      }),
    ),
  );
  for (const { factor, readings } of learned)
    for (const { route, matrix, best } of readings) {
      report.figure(logo(informationHeights(matrix), { domain: [0, 2], title: `${factor.name}, ${route}` }), `${factor.name}, read from ${route}.`); // prettier-ignore
      if (route === 'weights') report.figure(logo(informationHeights(best.target.probabilities), { domain: [0, 2], title: best.target.name }), `${best.target.name} of the library.`); // prettier-ignore
    }
}
