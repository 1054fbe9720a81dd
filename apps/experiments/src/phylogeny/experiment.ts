import { lineChart, type Point } from '@hairpin/interpret';
import { experiment, type ExperimentContext } from '../frame/experiment';
import { real, text, whole } from '../frame/options';
import { readSpecies } from './genomes';
import { everyFifth, reportBits, reportIdentity } from './language';
import { learn, nextLetterStep } from './learn';
import { Reader } from './reader';
import { reportRelatives } from './relatives';
import { StateReader } from './states';

const options = {
  genomes: text({ says: 'a FASTA file of genomes, taken as circles; those of 41 mammals unless said' }),
  tree: text({ says: 'a Newick file with their tree; the numbers that need it are left out without it' }),
  species: whole({ says: 'genomes of the public set at most', default: 1000, quick: 12, min: 8, max: 1000 }),
  hidden: whole({ says: 'units of the net', default: 128, quick: 12, min: 4, max: 512 }),
  steps: whole({ says: 'steps of training, on four fifths of the species and again on all', default: 1400, quick: 50, min: 10, max: 1e5 }), // prettier-ignore
  batch: whole({ says: 'windows of a step', default: 32, quick: 16, min: 1, max: 1024 }),
  window: whole({ says: 'letters of a window', default: 256, quick: 96, min: 48, max: 4096 }),
  windows: whole({ says: 'windows of a strand that are measured at most', default: 200, quick: 40, min: 2, max: 1e6 }),
  contextLetters: whole({ says: 'letters after which states are averaged apart', default: 3, quick: 2, min: 1, max: 4 }), // prettier-ignore
  learningRate: real({ says: 'at its highest', default: 0.006, quick: 0.02, min: 1e-6, max: 1 }),
  replicates: whole({ says: 'bootstrap samples', default: 50, quick: 5, min: 1, max: 1000 }),
  orders: whole({ says: 'longest context of the Markov models', default: 12, quick: 6, min: 5, max: 16 }),
  simulatedBp: whole({ says: 'letters of a simulated genome', default: 8000, quick: 1500, min: 300, max: 1e6 }),
};
/** What this experiment works with. */
export type Context = ExperimentContext<typeof options>;

/** Rows 39 and 42: a net that only foretells the next letter of genomes knows which species are related. */
export const phylogeny = experiment({
  name: 'phylogeny',
  question: 'Does a net that only foretells the next nucleotide know who is related to whom?',
  rows: [39, 42],
  biology: `Genomes are texts that were copied with mistakes. Who foretells the next letter of one has to know how it is written, and
    relatives write alike. The net is told neither species nor tree; it reads windows of mitochondrial genomes, of either strand and
    wherever the circle is cut, so that nothing is aligned. Its state after each letter is averaged over a genome: the mean states of
    two species are as far apart as the species, or not. Joined to a tree they are laid beside the tree that biologists agree on.`,
  equation: `h_t = GRU(h_(t−1), x_t),   P(x_(t+1)) = softmax(W·h_t + b)
species s, context c:  v_(s,c) = √p_c · A·(mean of h_t after c in s − mean over species),   A·cov(h)·Aᵀ = 1
d(s, s′) = angle between v_s and v_s′,   tree by neighbour joining`,
  datasets: ['mito_mammals41'],
  options,
  async run(context) {
    context.phase('reading genomes');
    const species = await readSpecies(context);
    const reader = new Reader({ hidden: context.options.hidden, rng: context.rng.fork('weights') });
    const states = new StateReader(context, reader);
    context.phase('reading with the untrained net');
    const untrained = await states.read(species.genomes);
    const step = nextLetterStep(reader);
    const halves = everyFifth(species.genomes);
    context.phase(`learning from ${halves.known.length} species`);
    const first = await learn(context, step, halves.known);
    context.phase(`foretelling ${halves.heldOut.length} others`);
    const heldOut = await states.read(halves.heldOut);
    context.phase('learning from all species');
    const second = await learn(context, step, species.genomes);
    step.dispose();
    context.phase('reading all genomes');
    const trained = await states.read(species.genomes);
    reportBits(context, halves, heldOut, species);
    await reportIdentity(context, { trained, untrained });
    showLearning(context, first, second);
    await reportRelatives(context, species, { trained, untrained });
  },
});

function showLearning({ report }: Context, first: Point[], second: Point[]): void {
  const from = first.at(-1)![0];
  report.figure(
    lineChart({
      series: [
        { name: 'four fifths of the species', points: first },
        { name: 'all species', points: second.map(([step, bits]): Point => [from + step, bits]) },
      ],
      ...{ x: { name: 'step of training' }, y: { name: 'bits per base' }, legend: 'bottom-left' },
      ...{ title: 'How the net learns', description: 'Bits per base of training windows, by step of training' },
    }),
    'Bits per base on the windows it learns from. Who knows nothing needs 2.',
  );
}
