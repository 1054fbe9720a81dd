import { logSoftmax, realize, take, tensor, type Tensor } from '@hairpin/tensors';
import { repeatRows } from '../recurrent/interleave';
import { mapState } from '../recurrent/walk';
import type { Decoder, DecoderState, Memory } from './decoder';
import { type Beam, extend, type Hypothesis, type Ranking, ranked } from './hypotheses';

/** How a search goes. */
export interface SearchOptions extends Omit<Ranking, 'end'> {
  /** Tokens after which a hypothesis goes no further, ended or not. */
  readonly maxLength: number;
}

/**
 * Beam search over a batch of sources: the hypotheses of each, the best first. All sources advance together, `width` rows each; the
 * device computes, the host chooses. A hypothesis that ends keeps its place, so a beam of width 1 is greedy.
 */
export async function search(decoder: Decoder, memory: Memory, options: SearchOptions): Promise<Hypothesis[][]> {
  const { width, maxLength } = options;
  const { end, vocabulary } = decoder;
  const ranking: Ranking = { ...options, end };
  const batch = memory.states.shape[0];
  const rows = await spread(memory, width);
  let beams = Array.from({ length: batch }, (_, source): Beam => {
    return { live: [{ tokens: [], logProbability: 0, row: source * width }], ended: [] };
  });
  let state = rows.start;
  for (let n = 0; n < maxLength && beams.some(({ live }) => live.length > 0); n++) {
    const places = beams.flatMap((beam, source) =>
      placesOf(beam, source * width, width, n === 0 ? decoder.start : end),
    );
    const { after, logP } = await advance(decoder, rows, state, places);
    state = after;
    const held = beams.map((beam, source) => ({
      ...beam,
      live: beam.live.map((one, i) => ({ ...one, row: source * width + i })), // where `advance` put it
    }));
    beams = held.map((beam) => extend(beam, vocabulary, (row, token) => logP[row * vocabulary + token], ranking));
  }
  return beams.map((beam) => ranked(beam, ranking));
}

/** Which row each of a source's rows goes on from, and with which token; rows without a hypothesis repeat the first. */
const placesOf = ({ live }: Beam, first: number, width: number, otherwise: number) =>
  Array.from({ length: width }, (_, i) => ({ row: live[i]?.row ?? first, token: live[i]?.tokens.at(-1) ?? otherwise }));

/** The memory with `width` rows for each source, computed. */
async function spread(memory: Memory, width: number): Promise<Memory> {
  const rows = (t: Tensor) => repeatRows(t, width);
  const { states, projected, seen, start } = memory;
  const wide = { states: rows(states), projected: rows(projected), seen: rows(seen), start: mapParts(start, rows) };
  await realize(wide.states, wide.projected, wide.seen, ...partsOf(wide.start));
  return wide;
}

/** One step of all rows: states computed, and log P of each token, [rows · vocabulary]. */
async function advance(
  decoder: Decoder,
  memory: Memory,
  state: DecoderState,
  places: readonly { readonly row: number; readonly token: number }[],
) {
  const { device } = memory.states;
  const i32 = (values: readonly number[]) => tensor(Int32Array.from(values), device && { device });
  const rows = i32(places.map(({ row }) => row));
  const tokens = decoder.embed(i32(places.map(({ token }) => token)));
  const own = mapParts(state, (part) => take(part, rows));
  const { state: after, logits } = decoder.step(own, tokens, memory);
  const logP = logSoftmax(logits);
  await realize(logP, ...partsOf(after));
  for (const part of partsOf(state)) part.dispose();
  return { after, logP: await logP.data() };
}

const mapParts = ({ cell, found }: DecoderState, change: (part: Tensor) => Tensor): DecoderState => ({
  cell: mapState(cell, change),
  found: change(found),
});

const partsOf = ({ cell, found }: DecoderState): Tensor[] => [...Object.values(cell), found];
