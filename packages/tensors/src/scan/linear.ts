import { isFloat } from '../dtype';
import { shapeError } from '../errors';
import type { GradOptions } from '../grad';
import { apply, asTensor, type HostArray, type Kernel, type Op, type TensorLike } from '../op';
import { broadcastTo } from '../ops/broadcast';
import { add, mul } from '../ops/elementwise';
import { zerosLike } from '../ops/generate';
import { pad, slice } from '../ops/movement';
import { reshape } from '../ops/reshape';
import { sameShape, type Shape, size } from '../shape';
import type { Tensor } from '../tensor';
import { scanGradient } from './gradient';
import { streamOf } from './op';
import { makeProgram, placeholder, placeOf } from './program';

/** How a linear recurrence runs. */
export interface LinearScanOptions {
  /** h before the first step, `[batch, …]`: zeros unless said. */
  readonly init?: TensorLike;
  /** From the last step to the first. */
  readonly reverse?: boolean;
}

interface LinearAttrs {
  readonly reverse: boolean;
}

const linearOp: Op<LinearAttrs> = {
  name: 'linearScan',
  infer: ([a]) => ({ shape: a.shape, dtype: a.dtype }),
  reference: (inputs, attrs, out) => recur(inputs, attrs, out),
  vjp: (dy, { inputs: [a, b], output, attrs: { reverse } }, options) => {
    if (Object.keys(options?.rules ?? {}).length > 0) return throughLoop(a, b, reverse, dy, options!);
    const cotangent = run(moved(a, reverse), dy, !reverse);
    return [mul(cotangent, moved(output, !reverse)), cotangent];
  },
  lowering: { kind: 'composite', expand: ([a, b], { reverse }) => inBlocks(a, b, reverse) },
};

const serialOp: Op<LinearAttrs> = {
  ...linearOp,
  name: 'linearScanRows',
  lowering: { kind: 'kernel', kernel: ([a], attrs) => serialRows(a.shape, attrs) },
};

const run = (a: Tensor, b: Tensor, reverse: boolean): Tensor => apply(linearOp, [a, b], { reverse });

/** Each step gets what the step after it has (before it, if `reverse`), the last one 0. */
function moved(t: Tensor, reverse: boolean): Tensor {
  const none = t.shape.slice(2).map(() => [0, 0] as const);
  return reverse
    ? pad(slice(t, [0, 0], [undefined, -1]), [[0, 0], [1, 0], ...none])
    : pad(slice(t, [0, 1]), [[0, 0], [0, 1], ...none]);
}

/** The gradient through the loop itself, where rules replace those of its products and sums. */
function throughLoop(a: Tensor, b: Tensor, reverse: boolean, dy: Tensor, options: GradOptions) {
  const [batch, length, ...rest] = a.shape;
  const [h, factor, added] = ['h', 'a', 'b'].map((name) => placeholder(name, [batch, ...rest], a.dtype));
  const next = add(mul(factor, h), added);
  const body = { state: [h], x: [factor, added], captured: [], next: [next] };
  const program = makeProgram(body, { batch, length, reverse }, []);
  const call = {
    program,
    init: [zerosLike(reshape(slice(a, [0, 0], [undefined, 1]), h.shape))],
    xs: [a, b],
    captured: [],
  };
  const output = { kind: 'value', node: placeOf(program, next) } as const;
  return scanGradient(call, [output], [dy], options, streamOf).slice(1);
}

function recur([a, b]: readonly HostArray[], { reverse }: LinearAttrs, out: HostArray): void {
  const [batch, length] = a.shape;
  const width = size(a.shape.slice(2));
  for (let row = 0; row < batch; row++)
    for (let f = 0; f < width; f++) {
      let h = 0;
      for (let i = 0; i < length; i++) {
        const at = (row * length + (reverse ? length - 1 - i : i)) * width + f;
        out.data[at] = h = a.data[at] * h + b.data[at];
      }
    }
}

/** Steps that one invocation takes by itself; longer rows are cut into blocks of so many. */
const blockLength = 256;
/** Rows of features from which there are invocations enough without cutting. */
const manyRows = 4096;

function serialRows([batch, length, ...rest]: Shape, { reverse }: LinearAttrs): Kernel {
  const width = size(rest);
  const invocations = batch * width;
  const step = reverse ? 'u(0) - 1u - k' : 'k';
  const wgsl = `
  let first = (i / u(1)) * u(0) * u(1) + i % u(1);
  var h = 0.0;
  for (var k = 0u; k < u(0); k += 1u) {
    let at = first + (${step}) * u(1);
    h = bitcast<f32>(b0[at]) * h + bitcast<f32>(b1[at]);
    b2[at] = bitcast<u32>(h);
  }`;
  const work = 2 * invocations * length;
  return {
    steps: [{ wgsl, workgroup: 64, buffers: [0, 1, 'output'], numbers: [length, width], invocations, work }],
  };
}

/**
 * All blocks at once, then the states between blocks (a linear recurrence again, over the products of each block), then what
 * each step owes to the state before its block.
 */
function inBlocks(a: Tensor, b: Tensor, reverse: boolean): Tensor {
  const [batch, length, ...rest] = a.shape;
  if (length <= blockLength || batch * size(rest) >= manyRows) return apply(serialOp, [a, b], { reverse });
  const blocks = Math.ceil(length / blockLength);
  const surplus = blocks * blockLength - length;
  const none = rest.map(() => [0, 0] as const);
  const cut = (t: Tensor) =>
    reshape(pad(t, [[0, 0], reverse ? [surplus, 0] : [0, surplus], ...none]), [batch * blocks, blockLength, ...rest]);
  const [ownA, ownB] = [cut(a), cut(b)];
  const first = reverse ? blockLength - 1 : 0;
  const last = blockLength - 1 - first;
  const at = (t: Tensor, step: number) => slice(t, [0, step], [undefined, step + 1]);
  const onlyFirst = pad(at(ownA, first), [[0, 0], [first, last], ...none]);
  const inner = apply(serialOp, [ownA, ownB], { reverse });
  const products = apply(serialOp, [ownA, onlyFirst], { reverse });
  const ends = (t: Tensor) => reshape(at(t, last), [batch, blocks, ...rest]);
  const between = moved(inBlocks(ends(products), ends(inner), reverse), !reverse);
  const before = reshape(between, [batch * blocks, 1, ...rest]);
  const whole = reshape(add(inner, mul(products, before)), [batch, blocks * blockLength, ...rest]);
  return reverse ? slice(whole, [0, surplus]) : slice(whole, [0, 0], [undefined, length]);
}

/**
 * The linear recurrence h[t] = a[t] · h[t−1] + b[t], element by element.   a, b: [batch, length, …] → h of the same shape
 * Parallel over time (Blelloch 1990): work grows with the length, waiting with its logarithm. `a` may lack axes or have length 1 in
 * them; what is linear in its state (leaky integrators, minGRU) needs no loop.
 */
export function linearScan(a: TensorLike, b: TensorLike, { init, reverse = false }: LinearScanOptions = {}): Tensor {
  const added = asTensor(b);
  if (added.shape.length < 2 || !isFloat(added.dtype))
    throw shapeError('linearScan', 'floats [batch, length, …] as b', `${added}`);
  const factor = broadcastTo(asTensor(a), added.shape);
  if (added.size === 0) return added;
  if (init === undefined) return run(factor, added, reverse);
  const [batch, length, ...rest] = added.shape;
  const start = asTensor(init);
  if (!sameShape(start.shape, [batch, ...rest]))
    throw shapeError('linearScan', `an initial state [${[batch, ...rest].join(', ')}]`, start.shape);
  const first = reverse ? length - 1 : 0;
  const carried = mul(slice(factor, [0, first], [undefined, first + 1]), reshape(start, [batch, 1, ...rest]));
  const none = rest.map(() => [0, 0] as const);
  return run(factor, add(added, pad(carried, [[0, 0], [first, length - 1 - first], ...none])), reverse);
}
linearScan.op = linearOp;
