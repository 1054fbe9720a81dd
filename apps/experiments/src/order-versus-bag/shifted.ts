import { simulateLetters } from '@hairpin/bio';
import { pad } from '@hairpin/tensors';
import { exactly } from '../frame/bound';
import type { Context } from './experiment';
import { filterWidth, lettersOf } from './tasks';
import type { Kind, TwoMotifNet } from './two-motif-net';

const shift = 5;
const count = 16;

/** Moves sequences by some letters: what filters see moves with them, and what the pool keeps does not change. */
export async function showShift(context: Context, nets: Readonly<Record<Kind, TwoMotifNet>>): Promise<void> {
  const { report, rng, options, phase } = context;
  phase('moving sequences');
  const own = rng.fork('shift');
  const sequences = Array.from({ length: count }, () => simulateLetters(options.length + shift, own));
  const change = await movedFeatures(nets.CNN, sequences);
  const [end, edge] = [change.length, filterWidth(context)];
  const features = `Features of a sequence that moved by ${shift} letters, largest change`;
  report.number({
    ...{ row: 11, name: `${features} away from the ends` },
    ...{ value: Math.max(...change.slice(edge, end - edge)), threshold: exactly(0) },
  });
  report.number({ row: 11, name: `${features} at the ends`, value: Math.max(...change) });
  const summaries = (what: string) => `${what} of such a sequence between unknown letters, largest change`;
  const pooled = await movedSummary(nets.CNN, sequences);
  report.number({ row: 11, name: summaries('Global max pool'), value: pooled, threshold: exactly(0) });
  report.number({ row: 11, name: summaries('State of the RNN'), value: await movedSummary(nets.RNN, sequences) });
}

/** By how much features at each position differ from those of the same letters some positions before.   [length − shift] */
async function movedFeatures(net: TwoMotifNet, sequences: readonly string[]): Promise<number[]> {
  const featuresOf = async (letters: readonly string[]) => {
    const features = net.features(lettersOf(letters));
    return { values: await features.data(), length: features.shape[1], width: features.shape[2] };
  };
  const before = await featuresOf(sequences.map((letters) => letters.slice(0, -shift)));
  const after = await featuresOf(sequences.map((letters) => letters.slice(shift)));
  const { length, width } = before;
  const changes = Array.from({ length: length - shift }, () => 0);
  for (let row = 0; row < count; row++)
    for (let t = 0; t < length - shift; t++)
      for (let filter = 0; filter < width; filter++) {
        const at = (position: number) => (row * length + position) * width + filter;
        changes[t] = Math.max(changes[t], Math.abs(before.values[at(t + shift)] - after.values[at(t)]));
      }
  return changes;
}

/** By how much the summary of a sequence changes where it stands some positions further right, with N on both sides. */
async function movedSummary(net: TwoMotifNet, sequences: readonly string[]): Promise<number> {
  const x = lettersOf(sequences);
  const summary = (left: number) => net.summarize(pad(x, [[0, 0], [left, 40 - left], [0, 0]])).data(); // prettier-ignore
  const [here, there] = [await summary(15), await summary(15 + shift)];
  return Math.max(...Array.from(here, (value, i) => Math.abs(value - there[i])));
}
