import type { Program, Stream } from '../../scan/program';
import type { LoopBody, Output, SharedArray, Vector } from './vector';
import { NotOneKernel } from './build';
import { partialCount } from './folds';

/** What a device offers to a kernel that walks a loop. */
export interface Target {
  /** Bytes of workgroup memory. */
  readonly workgroupBytes: number;
  readonly invocations: number;
  /** Invocations in a subgroup where that is the same for all of them; 0 for the portable form. */
  readonly subgroup: number;
  readonly isSoftware: boolean;
  /** Rows of a workgroup that were measured to be best, by a loop's key. */
  readonly tuned: ReadonlyMap<string, number>;
}

/** How the work of a loop is laid out on a device. */
export interface Tiling {
  /** Rows of a workgroup, in vectors of four. */
  readonly quads: number;
  /** Invocations of a workgroup: each owns every `lanes`-th feature. */
  readonly lanes: number;
  readonly subgroup: number;
  /** Arrays of the first level in two copies, for even and odd steps: saves a barrier. */
  readonly isDoubled: boolean;
  readonly workgroupBytes: number;
  /** How a subgroup hands a value round: a software device shuffles faster. */
  readonly broadcast: 'subgroupBroadcast' | 'subgroupShuffle';
  /** Arrays for which each invocation keeps its own columns of the matrices, from step to step. */
  readonly held: readonly SharedArray[];
}

/** Rows of a tile: a software device shares each weight among many, a GPU wants many workgroups. */
const wantedQuads = (target: Target): number[] => (target.isSoftware ? [2, 1] : [1]);

/** Words of an array for one vector of four rows: whole chunks of the sum, the rest of them zeros. */
export const paddedWidth = (array: SharedArray, chunk: number): number => Math.ceil(array.width / chunk) * chunk;

/** Steps of a sum that are taken together. */
export const chunkOf = (subgroup: number): number => Math.max(subgroup, 4);

/** Tile sizes and workgroup memory of a body, `rows` to a workgroup if that fits; raises `NotOneKernel` where a device has too little. */
export function tile(
  body: LoopBody,
  outputs: readonly Output[],
  batch: number,
  target: Target,
  rows: number | undefined,
): Tiling {
  const widths = [
    ...body.stateWidths,
    ...outputs.flatMap((output) => output.pieces.map((piece) => piece.width)),
    ...body.arrays.flatMap((array) => array.pieces.map((piece) => piece.width)),
    ...body.folds.map((fold) => fold.of.width),
  ];
  const unit = Math.max(target.subgroup, 8);
  const widest = Math.max(...widths, 1);
  const wanted = target.isSoftware && widest >= widthOfTwo && isLean(body) ? widest / 2 : widest;
  const lanes = Math.min(Math.ceil(wanted / unit) * unit, Math.floor(target.invocations / unit) * unit);
  if (widest > 8 * lanes) throw new NotOneKernel(`a vector of ${widest} features: a kernel holds ${8 * lanes}`);
  const quadChoices = wantedQuads(target).filter((quads, i, all) => i === all.length - 1 || batch > 4 * (quads - 1));
  const choices = rows === undefined ? quadChoices : [rows / 4, ...quadChoices];
  for (const quads of choices) {
    const once = bytesOf(body, quads, lanes, target.subgroup, false);
    const twice = bytesOf(body, quads, lanes, target.subgroup, true);
    const isSingle = levelsOf(body) === 1;
    const isDoubled = isSingle && twice <= target.workgroupBytes;
    if (once <= target.workgroupBytes)
      return {
        quads,
        lanes,
        subgroup: target.subgroup,
        isDoubled,
        workgroupBytes: isDoubled ? twice : once,
        broadcast: target.isSoftware ? 'subgroupShuffle' : 'subgroupBroadcast',
        held: target.isSoftware ? heldArrays(body, lanes, chunkOf(target.subgroup)) : [],
      };
  }
  const least = bytesOf(body, 1, lanes, target.subgroup, false);
  throw new NotOneKernel(`${least} bytes of workgroup memory for four rows: this device has ${target.workgroupBytes}`);
}

/**
 * Features from which an invocation of a lean body owns two of them. The kernel then takes twice as long to compile, 8 s instead of 4 for
 * the backward loop of an LSTM, and is faster by a twentieth: that pays where the loop is large.
 */
const widthOfTwo = 128;

/** Bytes of an invocation's own arrays: WGSL allows a function 8192 for all of its variables. */
const heldBytes = 6144;

/**
 * Arrays whose weights an invocation keeps. A software device has no registers to run out of, and reads its own memory three
 * times as fast as a buffer; on a GPU such an array would be in memory again, and a slower one.
 */
function heldArrays({ arrays, dots }: LoopBody, lanes: number, chunk: number): SharedArray[] {
  let left = heldBytes;
  return arrays.filter((array) => {
    const units = dots.filter((dot) => dot.array === array).reduce((n, dot) => n + Math.ceil(dot.width / lanes), 0);
    const bytes = 4 * units * paddedWidth(array, chunk);
    const fits = bytes > 0 && bytes <= left;
    if (fits) left -= bytes;
    return fits;
  });
}

/**
 * True where what is handed round in a subgroup is multiplied with one column only, as in the backward loop of a net: the handing
 * round then costs more than the products, unless each invocation owns two.
 */
const isLean = ({ arrays, dots }: LoopBody): boolean =>
  dots.length > 0 && arrays.every((array) => dots.filter((dot) => dot.array === array).length <= 1);

/** Barriers of a step. */
export const levelsOf = ({ arrays, folds }: LoopBody): number =>
  new Set([...arrays.map((array) => array.level), ...folds.map((fold) => fold.of.level)]).size;

function bytesOf(body: LoopBody, quads: number, lanes: number, subgroup: number, isDoubled: boolean): number {
  const arrays = body.arrays.reduce((n, array) => n + paddedWidth(array, chunkOf(subgroup)) * (isDoubled ? 2 : 1), 0);
  return 16 * quads * (arrays + body.folds.length * partialCount({ lanes, subgroup }) * (isDoubled ? 2 : 1));
}

/** Where the streams of a run lie in its one buffer. */
export interface Region {
  readonly stream: Stream;
  readonly width: number;
  /** First word, and words from row to row and from step to step. */
  readonly offset: number;
  readonly rowStride: number;
  readonly stepStride: number;
}

/** The buffer that a run writes: the last states, then what was asked for. */
export interface Record {
  readonly finals: readonly Region[];
  readonly histories: readonly (Region | undefined)[];
  readonly values: readonly Region[];
  readonly words: number;
}

/** Lays out the streams; each starts at a whole vector. `values` are nodes of the program with their widths. */
export function record(
  program: Program,
  stateWidths: readonly number[],
  histories: readonly number[],
  values: readonly { node: number; width: number }[],
): Record {
  const { batch, length } = program;
  let words = 0;
  const region = (stream: Stream, width: number, steps: number): Region => {
    const offset = words;
    words = Math.ceil((words + batch * steps * width) / 64) * 64;
    return { stream, width, offset, rowStride: steps * width, stepStride: width };
  };
  const finals = stateWidths.map((width, state) => region({ kind: 'final', state }, width, 1));
  const kept = stateWidths.map((width, state) =>
    histories.includes(state) ? region({ kind: 'history', state }, width, length + 1) : undefined,
  );
  const streams = values.map(({ node, width }) => region({ kind: 'value', node }, width, length));
  return { finals, histories: kept, values: streams, words };
}

/** Floating-point operations of one step of one row, roughly; a function such as tanh counts `costly` of them. */
export function workOf({ dots, next }: LoopBody, outputs: readonly Output[], costly = 8): number {
  const seen = new Set<Vector>();
  const walk = (vector: Vector): number => {
    if (seen.has(vector)) return 0;
    seen.add(vector);
    if (vector.kind === 'call') return vector.width * (vector.op.costly ? costly : 1) + sumOf(vector.operands);
    if (vector.kind === 'within') return vector.width + walk(vector.inner) + walk(vector.otherwise);
    return vector.kind === 'fold' ? vector.of.width + walk(vector.of) : 0;
  };
  const sumOf = (list: readonly Vector[]): number => list.reduce((n, vector) => n + walk(vector), 0);
  const products = dots.reduce((n, dot) => n + 2 * dot.array.width * dot.width, 0);
  const pieces = [...outputs, ...new Set(dots.map((dot) => dot.array))].flatMap((list) =>
    list.pieces.map((p) => p.vector),
  );
  return products + sumOf([...next, ...pieces]);
}
