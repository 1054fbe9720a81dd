import { enhancerLetters, type EnhancerEvent, oneHotTensor } from '@hairpin/bio';
import { Conv1d } from '@hairpin/layers';
import { relu, Rng, tensor, type Tensor } from '@hairpin/tensors';

const motifs = ['TGAGTCA', 'TATAAA'];

/**
 * Two filters that give 1 where the motif of an enhancer, or of a promoter, begins, and else 0: of the letters under a filter as
 * many as it has must fit.   x: [batch, length, 4] → [batch, length − 6, 2]
 */
function motifFilters(): (x: Tensor) => Tensor {
  const width = Math.max(...motifs.map((motif) => motif.length));
  const filters = new Conv1d({ in: 4, out: 2, width, rng: new Rng(0) });
  const isLetter = (motif: string, letter: string) => Array.from({ length: width }, (_, i) => Number(motif[i] === letter)); // prettier-ignore
  filters.weight.assign(tensor(motifs.map((motif) => [...'ACGT'].map((letter) => isLetter(motif, letter)))));
  filters.bias!.assign(tensor(motifs.map((motif) => 1 - motif.length)));
  return (x) => relu(filters.forward(x));
}

/** Writes events as letters, and counts the starts that the filters see too much or too little. */
export async function misreadStarts(events: readonly EnhancerEvent[], length: number, rng: Rng): Promise<number> {
  const sequences = events.map((event, i) => enhancerLetters(event, { rng: rng.fork(i), lengthBp: length }));
  const seen = motifFilters()(oneHotTensor(sequences, { unknown: 'error', lowerCase: 'same' }).x);
  const values = await seen.data();
  const expected = new Float32Array(values.length);
  const places = length - 6;
  events.forEach(({ enhancers, promoter }, row) => {
    for (const at of enhancers) expected[2 * (row * places + at)] = 1;
    if (promoter < places) expected[2 * (row * places + promoter) + 1] = 1;
  });
  return values.filter((value, i) => value !== expected[i]).length;
}
