import {
  automatonAgreement,
  automatonIsomorphism,
  extractAutomaton,
  kMeans,
  motifAutomaton,
  statesOverTime,
} from '@hairpin/interpret';
import { GRUCell, Linear, Recurrent } from '@hairpin/layers';
import { Rng, type Tensor, tensor } from '@hairpin/tensors';
import { Adam, binaryCrossEntropy, TrainStep } from '@hairpin/train';
import { expect, it } from 'vitest';

const length = 15;
const hidden = 10;

/** Random words, some with ACG put in, and at each position whether it was read yet. */
function examples(rng: Rng, rows: number) {
  const words = Array.from({ length: rows }, () => {
    const letters = Array.from({ length }, () => rng.choice('ACGT'));
    if (rng.next() < 0.3) letters.splice(rng.integer(length - 2), 3, 'A', 'C', 'G');
    return letters.join('');
  });
  const x = tensor(words.map((word) => [...word].map((letter) => [...'ACGT'].map((own) => Number(own === letter)))));
  const y = tensor(words.map((word) => [...word].map((_, t) => Number(word.slice(0, t + 1).includes('ACG')))));
  return { words, x, y };
}

it('a GRU that learned to look for ACG is the automaton of ACG', async () => {
  const rng = new Rng(1);
  const cell = new GRUCell({ in: 4, hidden, rng });
  const head = new Linear({ in: hidden, out: 1, rng });
  const net = new Recurrent(cell);
  const logits = (h: Tensor) => head.forward(h).reshape(h.shape.slice(0, 2));
  const loss = ({ x, y }: { x: Tensor; y: Tensor }) => binaryCrossEntropy(logits(net.run(x).y), y);
  const weights = { ...net.parameters(), 'head.weight': head.weight, 'head.bias': head.bias };
  const step = new TrainStep({ weights, optimizer: new Adam(weights), loss });
  for (let i = 0; i < 800; i++) {
    const { x, y } = examples(rng, 32);
    await step.run({ x, y }, 0.02);
  }

  const { words, x } = examples(rng, 400);
  const states = await statesOverTime({
    ...{ init: cell.init(words.length, x), xs: x },
    step: (state, letter) => cell.step(state, letter),
  });
  const answers = await logits(tensor(states.values, { shape: states.shape, dtype: 'f32' })).data();
  const outputs = { values: Array.from(answers, (z) => Number(z > 0)), shape: states.shape.slice(0, 2) };
  const { minimal, conflicts, outputConflicts, missing } = await extractAutomaton(
    { states, words, outputs },
    { quantize: async (rows) => (await kMeans(rows, { clusters: 24, rng })).labels },
  );
  expect([conflicts, outputConflicts, missing]).toEqual([0, 0, []]);
  expect(automatonIsomorphism(minimal, motifAutomaton('ACG'))).toEqual([0, 1, 2, 3]);
  const last = words.map((_, w) => outputs.values[w * (length + 1) + length]);
  expect(automatonAgreement(minimal, words, last)).toEqual({ fraction: 1 });
});
