import { discoverDefaults } from '@hairpin/experiments';
import { mutagenesis as mutate, type Perturbable } from '@hairpin/interpret';
import {
  GlobalMaxPool,
  GRU,
  Linear,
  LSTM,
  type Recurrent,
  type RecurrentState,
  Sequential,
  StrandConv1d,
  StrandMax,
} from '@hairpin/layers';
import { type Model, relu, Rng, type Tensor, tensor } from '@hairpin/tensors';
import type { Benchmark, Case, Contender } from './harness/benchmark';
import { hairpinDevice } from './systems/hairpin';

/** `--full` takes the whole size, which on a software adapter takes many minutes. */
const isFull = process.argv.includes('--full');
const [sequences, length] = [isFull ? 1000 : 16, 200];
const hidden = 64;

/** How long does it take to mutate every letter of some sequences? */
export const mutagenesis: Benchmark = {
  name: 'mutagenesis',
  question: 'How long does in-silico mutagenesis take, all substitutions of all sequences, for a model in parts?',
  notes: [
    `${sequences} × ${length} bp, ${sequences * length * 3} mutants and the unmutated sequences${isFull ? '' : '; `--full` takes 1 000 × 200 bp'}. The mutants are made on the device in batches of at most 256, all differences are read back and agree.`,
    '`in full batches` computes every mutant from its first letter to its last. `in parts` computes the features that a changed letter reaches, or goes on from the state before it.',
    `\`discover\` is the model of \`hairpin discover\`, its filters and what follows them; the recurrent nets have ${hidden} hidden units, and a dense layer reads the last state.`,
  ],
  cases: [
    mutationCase('discover', () => discoverModel(), 3),
    mutationCase('GRU', () => recurrentModel(new GRU({ in: 4, hidden, rng: new Rng(2) })), 1.5),
    mutationCase('LSTM', () => recurrentModel(new LSTM({ in: 4, hidden, rng: new Rng(2) })), 1.5),
  ],
};

interface TwoForms {
  readonly inParts: Perturbable<RecurrentState>;
  readonly whole: Model;
}

function mutationCase(model: string, make: () => TwoForms, atLeast: number): Case {
  return {
    name: `${model}, ${sequences} × ${length} bp`,
    systems: [
      { name: 'in parts', open: () => mutating(() => make().inParts) },
      { name: 'in full batches', open: () => mutating(() => make().whole) },
    ],
    rounds: isFull ? 1 : 5,
    patience: isFull ? 3_600_000 : 60_000,
    tolerance: 1e-4, // differences of outputs in f32
    bars: [{ of: 'in full batches', over: 'in parts', atLeast }],
  };
}

async function mutating(make: () => Perturbable<RecurrentState>): Promise<Contender> {
  await hairpinDevice();
  const model = make();
  const rng = new Rng(1);
  const letters = new Float32Array(sequences * length * 4);
  for (let position = 0; position < sequences * length; position++) letters[position * 4 + rng.integer(4)] = 1;
  const x = tensor(letters, { shape: [sequences, length, 4] });
  return { turn: async () => (await mutate(model, x)).substitutions, close: () => x.dispose() };
}

function discoverModel(): TwoForms {
  const rng = new Rng(2);
  const { filters, width } = discoverDefaults.model;
  const strands = new StrandConv1d({ out: filters, width, rng });
  const rest = new Sequential(new GlobalMaxPool(), new StrandMax(), relu, new Linear({ in: filters, out: 1, rng }));
  const net = new Sequential(strands, rest);
  const inParts = {
    features: (x: Tensor) => strands.forward(x),
    reach: strands.receptiveField,
    head: (features: Tensor) => rest.forward(features),
  };
  return { inParts, whole: (x) => net.forward(x) };
}

function recurrentModel(net: Recurrent): TwoForms {
  const dense = new Linear({ in: hidden, out: 1, rng: new Rng(3) });
  const head = ({ state }: { state: RecurrentState }) => dense.forward(net.last(state));
  return { inParts: { recurrence: net, head }, whole: (x) => head(net.run(x)) };
}
