import { simulateMotifStreams } from '@hairpin/bio';
import { type ExtractedAutomaton, extractAutomaton, kMeans } from '@hairpin/interpret';
import { type RidgeClassifier, ridgeClassifier, statesOverTime, type StatesOverTime } from '@hairpin/interpret';
import type { RNNCell } from '@hairpin/layers';
import { tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import { lettersOf, type MotifNet } from './motif-net';

/** States of a net before the first letter of each sequence and after each.   [sequences, length + 1, hidden] */
export function statesOf({ net }: MotifNet, sequences: readonly string[]): Promise<StatesOverTime> {
  const cell = net.layers[0].forward as unknown as RNNCell;
  const xs = lettersOf(sequences);
  const init = { h: net.initial!.state(xs, {}) };
  return statesOverTime({ step: (state, letter) => cell.step(state, letter), init, xs });
}

/** What was found in the states of a net. */
export interface Inside {
  /** The states of the automaton, read by a linear map from sequences that it never saw. */
  readonly probe: RidgeClassifier;
  /** The automaton that the net seems to be. */
  readonly machine: ExtractedAutomaton;
}

/** Which machine a net is, and whether its states can be read from it. */
export async function lookInside(
  net: MotifNet,
  { motif, streams, length, rng }: { motif: string; streams: number; length: number; rng: Rng },
): Promise<Inside> {
  const simulated = simulateMotifStreams({ rng: rng.fork('streams'), motif, count: streams, length });
  const states = await statesOf(net, simulated.sequences);
  const groups = Array.from({ length: streams * (length + 1) }, (_, i) => Math.floor(i / (length + 1)));
  const truth = simulated.states.flatMap((visited) => [0, ...visited]);
  const rows = { values: states.values, shape: [groups.length, states.shape[2]] };
  const probe = await ridgeClassifier(rows, truth, { rng: rng.fork('probe'), groups });
  const logits = await net.says(tensor(states.values, { shape: states.shape, dtype: 'f32' })).data();
  const outputs = { values: Array.from(logits, (z) => Number(z > 0)), shape: states.shape.slice(0, 2) };
  const clusters = 6 * (motif.length + 1); // more than there are states: what does the same is merged
  const machine = await extractAutomaton(
    { states, words: simulated.sequences, outputs },
    { quantize: async (all) => (await kMeans(all, { clusters, rng: rng.fork('cells') })).labels },
  );
  return { probe, machine };
}
