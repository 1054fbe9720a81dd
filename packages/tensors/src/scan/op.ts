import { allocate, toTyped } from '../dtype';
import { HairpinError } from '../errors';
import { pendingInputs, topological } from '../graph';
import { apply, type HostArray, idsOf, type Op } from '../op';
import { type Shape, size } from '../shape';
import type { Tensor } from '../tensor';
import { scanGradient } from './gradient';
import type { Program, Stream } from './program';

/** One stream of one run. Streams of equal programs with equal inputs are results of the same run. */
export interface ScanAttrs {
  readonly program: Program;
  readonly stream: Stream;
}

/** A loop and what it runs on: initial states, sequences `[B, T, …]`, captured tensors. */
export interface Call {
  readonly program: Program;
  readonly init: readonly Tensor[];
  readonly xs: readonly Tensor[];
  readonly captured: readonly Tensor[];
}

const shapeOf = ({ program, stream }: ScanAttrs): Shape => {
  const { batch, length } = program;
  if (stream.kind === 'value') return [batch, length, ...program.nodes[stream.node].shape.slice(1)];
  const { shape } = program.state[stream.state];
  return stream.kind === 'final' ? shape : [batch, length + 1, ...shape.slice(1)];
};

const nodeOf = ({ program, stream }: ScanAttrs): Tensor =>
  stream.kind === 'value' ? program.nodes[stream.node] : program.state[stream.state];

/** The op behind `scan`. A family of nodes, one for each stream that somebody asked for. */
export const scanOp: Op<ScanAttrs> = {
  name: 'scan',
  infer: (_, attrs) => ({ shape: shapeOf(attrs), dtype: nodeOf(attrs).dtype }),
  reference: (inputs, attrs, out) => runLoop(attrs.program, inputs, [attrs.stream], [out]),
  family: {
    key: ({ program }, inputs) => `${program.key}(${idsOf(inputs)})`,
    reference: (inputs, attrs, outs) =>
      runLoop(
        attrs[0].program,
        inputs,
        attrs.map(({ stream }) => stream),
        outs,
      ),
    vjp: (dys, members, options) => {
      const [{ attrs, inputs }] = members;
      const streams = members.map((member) => member.attrs.stream);
      return scanGradient(callOf(attrs.program, inputs), streams, dys, options, streamOf);
    },
  },
  lowering: { kind: 'scan' },
};

/** One stream of a call, as a tensor. */
export const streamOf = ({ program, init, xs, captured }: Call, stream: Stream): Tensor =>
  apply(scanOp, [...init, ...xs, ...captured], { program, stream });

/** The call behind a node's inputs. */
export function callOf(program: Program, inputs: readonly Tensor[]): Call {
  const [first, second] = [program.state.length, program.state.length + program.x.length];
  return { program, init: inputs.slice(0, first), xs: inputs.slice(first, second), captured: inputs.slice(second) };
}

// ---- the plain loop ------------------------------------------------------------------------------------------------

function runLoop(
  program: Program,
  inputs: readonly HostArray[],
  streams: readonly Stream[],
  outs: readonly HostArray[],
): void {
  const { state, x, captured, next, nodes, batch, length, reverse } = program;
  const values = new Map<Tensor, HostArray>();
  const from = (list: readonly Tensor[], first: number) =>
    list.forEach((node, i) => values.set(node, inputs[first + i]));
  from(state, 0);
  from(captured, state.length + x.length);
  for (const node of nodes)
    if (node.source.kind === 'scalar') values.set(node, { ...node, data: toTyped(node.dtype, [constantOf(node)]) });
  const wanted = streams.flatMap((stream) => (stream.kind === 'value' ? [nodes[stream.node]] : []));
  const order = topological([...next, ...wanted]).filter((node) => node.source.kind === 'op');
  const keepHistory = (slot: number) =>
    streams.forEach((stream, k) => {
      if (stream.kind === 'history') putStep(outs[k], batch, slot, values.get(state[stream.state])!);
    });
  keepHistory(reverse ? length : 0);
  for (let i = 0; i < length; i++) {
    const t = reverse ? length - 1 - i : i;
    x.forEach((node, j) => values.set(node, takeStep(inputs[state.length + j], batch, t, node.shape)));
    for (const node of order) values.set(node, evaluate(node, values));
    streams.forEach((stream, k) => {
      if (stream.kind === 'value') putStep(outs[k], batch, t, values.get(nodes[stream.node])!);
    });
    const after = next.map((node) => values.get(node)!);
    state.forEach((node, s) => values.set(node, after[s]));
    keepHistory(reverse ? t : t + 1);
  }
  streams.forEach((stream, k) => {
    if (stream.kind === 'final') outs[k].data.set(values.get(state[stream.state])!.data);
  });
}

function evaluate(node: Tensor, values: ReadonlyMap<Tensor, HostArray>): HostArray {
  const { shape, dtype, source } = node;
  if (source.kind !== 'op') throw new HairpinError(`scan: ${node} has no value inside the loop (${source.kind})`);
  const out = { shape, dtype, data: allocate(dtype, size(shape)) };
  const inputs = pendingInputs(node).map((input) => values.get(input)!);
  (source.op.fast ?? source.op.reference)(inputs, source.attrs, out);
  return out;
}

/** A number of the body. */
export const constantOf = ({ source }: Tensor): number => {
  if (source.kind !== 'scalar' || typeof source.value !== 'number') throw new HairpinError('scan: expected a number');
  return source.value;
};

/** Step t of a sequence, for all rows. */
function takeStep({ data, dtype, shape }: HostArray, batch: number, t: number, step: Shape): HostArray {
  const width = size(step.slice(1));
  const out = allocate(dtype, batch * width);
  for (let b = 0; b < batch; b++) {
    const start = (b * shape[1] + t) * width;
    out.set(data.subarray(start, start + width), b * width);
  }
  return { shape: step, dtype, data: out };
}

function putStep(out: HostArray, batch: number, t: number, { data }: HostArray): void {
  const width = size(out.shape.slice(2));
  for (let b = 0; b < batch; b++)
    out.data.set(data.subarray(b * width, (b + 1) * width), (b * out.shape[1] + t) * width);
}
