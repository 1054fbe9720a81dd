import { lineChart, stateMap } from '@hairpin/interpret';
import { experiment, type ExperimentContext } from '../frame/experiment';
import { real, text, whole } from '../frame/options';
import { tryHandSet } from './by-hand';
import { lookIntoLearned, tryLearned } from './by-learning';
import { handSet } from './hand-set';
import { learn, type Learned } from './learn';
import { statesOf } from './look-inside';
import type { MotifNet } from './motif-net';

const options = {
  motif: text({ says: 'what is looked for: letters A, C, G and T', default: 'ACG' }),
  stringLength: whole({
    says: 'letters of the strings of which all are tried',
    default: 10,
    quick: 6,
    min: 1,
    max: 12,
  }),
  streamLength: whole({ says: 'letters of the longest streams', default: 1e6, quick: 2e4, min: 100, max: 1e8 }),
  streams: whole({ says: 'how many of those', default: 4, quick: 2, min: 1, max: 100 }),
  hidden: whole({ says: 'units of the net that learns', default: 16, quick: 8, min: 1, max: 256 }),
  longest: whole({ says: 'letters of what it learns from, at most', default: 100, quick: 20, min: 10, max: 1000 }),
  epochs: whole({ says: 'times 100 batches of 32 sequences', default: 40, quick: 10, min: 1, max: 1000 }),
  learningRate: real({ says: 'at the start; it falls to 0', default: 0.01, quick: 0.02, min: 1e-6, max: 1 }),
  testLength: whole({ says: 'letters of the streams for its test', default: 1e4, quick: 200, min: 10, max: 1e6 }),
  tests: whole({ says: 'how many of those', default: 200, quick: 20, min: 10, max: 1e4 }),
};
/** What this experiment works with. */
export type Context = ExperimentContext<typeof options>;

/** Row 6: an Elman net is a finite-state machine, by hand and by training. */
export const motifAutomatonExperiment = experiment({
  name: 'motif-automaton',
  question: 'Can a recurrent net be the machine that looks for a motif?',
  rows: [6],
  biology: `To find a site in DNA one need not remember what was read, only how much of the site has just been seen: that is a
    finite-state machine, and a recurrent net can be one. For ACG it has four states: nothing, A, AC, and found for good. A letter
    that does not go on does not always lead back to nothing: A after A stays, and A after AC goes back to A, for an A may begin the
    motif wherever it stands. A machine without these fall-backs, as many texts draw it, overlooks the site in AACG.`,
  equation: `h_t = tanh(W·x_t + U·h_(t−1) + b),   found where w·h_t + c > 0
by hand:   h_t[k] = tanh 20·(½·h_(t−1)[k−1] + [x_t is letter k] − 1),   in the last unit + 40·(h_(t−1)[k] + 1)`,
  options,
  async run(context) {
    const { report, phase } = context;
    report.data(
      'All strings of a length; and simulated streams that are rich in beginnings of the motif, every second one without the motif.',
    );
    await tryHandSet(context);
    phase('learning from examples');
    const learned = await learn(context);
    await tryLearned(context, learned.net);
    await lookIntoLearned(context, learned.net);
    await showStates(context, learned.net);
    showLearning(context, learned);
  },
});

/** Both nets at work on letters that begin the motif and go astray, and then end it. */
async function showStates({ report, options: { motif } }: Context, learned: MotifNet): Promise<void> {
  const tease = Array.from(motif, (_, i) => motif.slice(0, i + 1)).join('');
  const sequence = `TT${motif[0]}${motif[0]}${tease.slice(0, -motif.length)}${motif}TT${motif.slice(0, -1)}T`;
  const panels = [
    { name: 'by hand', values: await unitsOver(handSet(motif), sequence) },
    { name: 'learned', values: await unitsOver(learned, sequence) },
  ];
  report.heading('The nets at work');
  report.figure(
    stateMap(panels, { sequence, title: `Hidden units of both nets over ${sequence}` }),
    `Hidden units after each letter, from −1 to 1. Of the upper net the last unit says that ${motif} was read, and stays on.`,
  );
}

/** [letters][units] */
async function unitsOver(net: MotifNet, sequence: string): Promise<number[][]> {
  const { values, shape } = await statesOf(net, [sequence]);
  const width = shape[2];
  return Array.from(sequence, (_, t) => Array.from(values.subarray((t + 1) * width, (t + 2) * width)));
}

function showLearning({ report }: Context, { history }: Learned): void {
  report.figure(
    lineChart({
      series: [{ name: 'loss', points: history.map(({ epoch, train }) => [epoch * 100, train] as const) }],
      ...{ x: { name: 'step of training' }, y: { name: 'cross-entropy', scale: 'log' } },
      ...{ title: 'Loss while learning', description: 'Mean cross-entropy of each letter by step of training' },
    }),
    'Cross-entropy of a letter, mean over 100 batches of sequences that were never seen before.',
  );
}
