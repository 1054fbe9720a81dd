import type { Kernel, KernelStep } from '../../op';

/** What the kernel is told: `width` and `out` are multiples of 4. */
export interface BlockedAttention {
  readonly batch: number;
  readonly heads: number;
  readonly queries: number;
  readonly keys: number;
  /** Features of a query and a key. */
  readonly width: number;
  /** Features of a value. */
  readonly out: number;
  readonly causal: boolean;
  readonly scale: number;
  readonly isSoftware: boolean;
}

/** Queries of a workgroup: an invocation each. */
const workgroup = 64;
/** Words of workgroup memory for a block of keys and their values; the rest of the 16 KiB is left to the length. */
const blockWords = 4000;
/** Features of a key and its value together up to which there is a kernel: an invocation holds as many numbers of its own. */
export const widestHead = 1024;

/** Keys of a block: a power of two up to 16. */
export function blockOf(width: number, out: number): number {
  let block = 16;
  while (block > 1 && block * (width + out) > blockWords) block /= 2;
  return block;
}

/** Work of one dispatch: about 100 ms. */
const dispatchWork = { software: 2e8, hardware: 6e10 };

/**
 * A workgroup takes 64 queries of one head through all keys, a block of them at a time in workgroup memory; each invocation
 * keeps one query, the largest score so far and the sums that were taken with it. Blocks that no query of the workgroup sees
 * are not read. Queries are spread over several dispatches where one would take too long.
 */
export function blockedKernel(shape: BlockedAttention): Kernel {
  const { batch, heads, queries, keys, width, out, isSoftware } = shape;
  const tiles = Math.ceil(queries / workgroup);
  const groups = batch * heads * tiles;
  const groupWork = 2 * workgroup * keys * (width + out + 4);
  const perDispatch = Math.max(
    1,
    Math.floor(dispatchWork[isSoftware ? 'software' : 'hardware'] / Math.max(groupWork, 1)),
  );
  const steps: KernelStep[] = [];
  for (let first = 0; first < groups; first += perDispatch) {
    const count = Math.min(perDispatch, groups - first);
    steps.push({
      wgsl: mainOf(shape),
      shared: declarations(shape),
      workgroup,
      buffers: [0, 1, 2, 3, 'output'],
      numbers: [queries, keys, heads, tiles, first, scaleBits(shape.scale), width / 4, out / 4, blockOf(width, out)],
      invocations: count * workgroup,
      work: count * groupWork,
    });
  }
  return { steps };
}

function scaleBits(scale: number): number {
  const word = new DataView(new ArrayBuffer(4));
  word.setFloat32(0, scale);
  return word.getUint32(0);
}

const declarations = ({ width, out }: BlockedAttention): string => {
  const block = blockOf(width, out);
  return `var<workgroup> keyBlock: array<vec4<f32>, ${(block * width) / 4}>;
var<workgroup> valueBlock: array<vec4<f32>, ${(block * out) / 4}>;
var<workgroup> ownKeys: u32;`;
};

const load = (buffer: string, at: string): string =>
  `bitcast<vec4<f32>>(vec4<u32>(${[0, 1, 2, 3].map((c) => `${buffer}[${at} + ${c}u]`).join(', ')}))`;

/** Fills a block by all invocations; past the last key stand zeros, for what lies there may be NaN. */
const fill = (name: string, buffer: string, vectors: number, block: number): string => `
    for (var place = lane; place < ${block * vectors}u; place += ${workgroup}u) {
      let key = first + place / ${vectors}u;
      let at = ((head * u(1) + min(key, u(1) - 1u)) * ${vectors}u + place % ${vectors}u) * 4u;
      ${name}[place] = select(vec4<f32>(), ${load(buffer, 'at')}, key < keys);
    }`;

/*
 * u: 0 queries, 1 keys, 2 heads, 3 tiles of queries, 4 first workgroup of this dispatch, 5 scale, 6 and 7 vectors of a key and of a
 * value, 8 keys of a block. On a GPU the last three are constants of the text too, so that loops over an invocation's own arrays are
 * unrolled and the arrays become registers; a software device would only take twenty times as long to compile that.
 */
function mainOf({ width, out, causal, isSoftware }: BlockedAttention): string {
  const [w, o, block] = [width / 4, out / 4, blockOf(width, out)];
  const [eachKey, eachValue, each] = isSoftware ? ['u(6)', 'u(7)', 'u(8)'] : [`${w}u`, `${o}u`, `${block}u`];
  return `
  let own = tile + u(4);
  let head = own / u(3);
  let query = (own % u(3)) * ${workgroup}u + lane;
  let row = head * u(0) + min(query, u(0) - 1u);
  if (lane == 0u) { ownKeys = u32(clamp(bitcast<i32>(b3[head / u(2)]), 0i, i32(u(1)))); }
  let all = workgroupUniformLoad(&ownKeys);
  let keys = ${causal ? `min(all, (own % u(3) + 1u) * ${workgroup}u)` : 'all'};
  var q: array<vec4<f32>, ${w}>;
  for (var c = 0u; c < ${eachKey}; c += 1u) {
    let at = (row * ${w}u + c) * 4u;
    q[c] = ${load('b0', 'at')} * bitcast<f32>(u(5));
  }
  var sums: array<vec4<f32>, ${o}>;
  var top = -3.4028234663852886e38;
  var total = 0.0;
  for (var first = 0u; first < keys; first += ${block}u) {
    workgroupBarrier();${fill('keyBlock', 'b1', w, block)}${fill('valueBlock', 'b2', o, block)}
    workgroupBarrier();
    let seen = ${causal ? 'min(keys, query + 1u)' : 'keys'};
    var scores: array<f32, ${block}>;
    var best = top;
    for (var j = 0u; j < ${each}; j += 1u) {
      var products = vec4<f32>();
      for (var c = 0u; c < ${eachKey}; c += 1u) { products += q[c] * keyBlock[j * ${w}u + c]; }
      let score = (products.x + products.y) + (products.z + products.w);
      scores[j] = score;
      best = select(best, max(best, score), first + j < seen);
    }
    let shrink = exp(top - best);
    top = best;
    total *= shrink;
    for (var c = 0u; c < ${eachValue}; c += 1u) { sums[c] *= shrink; }
    for (var j = 0u; j < ${each}; j += 1u) {
      let weight = select(0.0, exp(min(scores[j] - top, 0.0)), first + j < seen);
      total += weight;
      for (var c = 0u; c < ${eachValue}; c += 1u) { sums[c] += weight * valueBlock[j * ${o}u + c]; }
    }
  }
  if (query < u(0)) {
    for (var c = 0u; c < ${eachValue}; c += 1u) {
      let y = bitcast<vec4<u32>>(sums[c] / select(1.0, total, total > 0.0));
      let at = (row * ${o}u + c) * 4u;
      b4[at] = y.x; b4[at + 1u] = y.y; b4[at + 2u] = y.z; b4[at + 3u] = y.w;
    }
  }`;
}
