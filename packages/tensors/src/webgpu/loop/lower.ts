import { apply, type Op } from '../../op';
import { concat } from '../../ops/join';
import { pad, permute, slice } from '../../ops/movement';
import { reshape } from '../../ops/reshape';
import type { Call, ScanAttrs } from '../../scan/op';
import { callOf } from '../../scan/op';
import type { Stream } from '../../scan/program';
import type { Tensor } from '../../tensor';
import { fitBuffers } from './bindings';
import { BodyBuilder, NotOneKernel, outsideOf } from './build';
import type { LoopPlan } from './emit';
import { chunkOf, type Record, record, type Region, type Target, tile } from './layout';
import { unroll } from './unroll';
import type { Matrix } from './vector';

/** The attributes of a loop's kernel: its plan, and a key that is equal for equal kernels. */
export interface LoopAttrs {
  readonly plan: LoopPlan;
  readonly words: number;
  /** Inputs at the end of the list that must lie in memory: what others are views of, and the pack of the matrices. */
  readonly stored: number;
  toJSON(): string;
}

const loopOp: Op<LoopAttrs> = {
  name: 'loop',
  infer: (_, { words }) => ({ shape: [words], dtype: 'f32' }),
  reference: () => {
    throw new Error('loop exists on compiling devices only');
  },
  lowering: { kind: 'loop' },
};

/** Buffers that a kernel may read, in WebGPU's default limits; it writes one more. */
export const maxReads = 7;

/** A run of a loop as it is lowered: the streams that somebody asks for, and what it runs on. */
export interface Run {
  readonly call: Call;
  readonly streams: readonly Stream[];
}

/** The run behind the nodes of a family, on lowered inputs. */
export function runOf(members: readonly Tensor[], inputs: readonly Tensor[]): Run {
  const attrs = members.map((member) => (member.source as unknown as { attrs: ScanAttrs }).attrs);
  return { call: callOf(attrs[0].program, inputs), streams: attrs.map(({ stream }) => stream) };
}

/**
 * What stands for each stream of each run: views of the buffer that one kernel writes, or the steps one by one. Several runs
 * of one body, asked for the same streams, are one dispatch; undefined where they cannot be.
 */
export function lowerRuns(runs: readonly Run[], target: Target): Tensor[][] | undefined {
  try {
    return kernelOf(runs, target);
  } catch (error) {
    if (!(error instanceof NotOneKernel)) throw error;
    return runs.length > 1 ? undefined : runs.map(({ call, streams }) => unroll(call, streams));
  }
}

const builderOf = ({ program, xs, captured }: Call): BodyBuilder =>
  new BodyBuilder(program, outsideOf(program, xs, captured));

const textOf = (stream: Stream): string => Object.values(stream).join();

/** The kernel that computes some runs, and the tensors that it is given. Raises `NotOneKernel` where there is none. */
export function planOf(runs: readonly Run[], target: Target) {
  const [{ call, streams }] = runs;
  const { program } = call;
  const histories = streams.flatMap((stream) => (stream.kind === 'history' ? [stream.state] : []));
  const isHeld = (node: Tensor) => histories.includes(program.next.indexOf(node));
  const values = [...new Set(streams.flatMap((stream) => (stream.kind === 'value' ? [stream.node] : [])))].filter(
    (node) => !isHeld(program.nodes[node]),
  );
  const built = runs.map((run) => {
    const builder = builderOf(run.call);
    const { nodes, next } = run.call.program;
    const outputs = values.map((node) => builder.output(nodes[node]));
    return { outputs, body: builder.body(next.map((node) => builder.whole(node))), signature: builder.signature };
  });
  const [{ body, outputs, signature }] = built;
  if (built.some((other) => other.signature !== signature)) throw new NotOneKernel('runs that read in other ways');
  const key = digest(`${signature}|${body.stateWidths.join()}`);
  const tiling = tile(body, outputs, program.batch, target, target.tuned.get(key));
  const layout = record(
    program,
    body.stateWidths,
    histories,
    values.map((node, i) => ({ node, width: outputs[i].width })),
  );
  const chunk = chunkOf(tiling.subgroup);
  const packed = built.flatMap((copy) => copy.body.matrices.map((matrix) => packOf(matrix, chunk)));
  const vectors = packed.slice(0, body.matrices.length).map((t) => t.size / 4);
  const plan: LoopPlan = {
    key,
    program,
    body,
    outputs,
    record: layout,
    tiling,
    matrixStarts: vectors.map((_, i) => vectors.slice(0, i).reduce((a, b) => a + b, 0)),
    matrixStride: vectors.reduce((a, b) => a + b, 0),
    reverse: runs.map((run) => run.call.program.reverse),
  };
  const pack = packed.length > 0 ? [concat(packed)] : [];
  const reads = runs.flatMap((run, copy) => [
    ...run.call.init,
    ...built[copy].body.inputs.map((input) => input.tensor),
  ]);
  const bound = fitBuffers(reads, maxReads - pack.length);
  return { plan, inputs: bound.inputs, stored: [...bound.stored, ...pack] };
}

/** A short name for a long text (FNV-1a, 32 bits). */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function kernelOf(runs: readonly Run[], target: Target): Tensor[][] {
  const { plan, inputs, stored } = planOf(runs, target);
  const own = plan.record.words;
  const key = `${runs.map((run) => run.call.program.key).join('&')}|${runs[0].streams.map(textOf).join(';')}`;
  const attrs: LoopAttrs = { plan, words: runs.length * own, stored: stored.length, toJSON: () => key };
  const all = apply(loopOp, [...inputs, ...stored], attrs);
  return runs.map((run, copy) => {
    const part = runs.length === 1 ? all : slice(all, [copy * own], [(copy + 1) * own]);
    return run.streams.map((stream) => view(part, run.call, stream, plan.record));
  });
}

/** A matrix as the kernel reads it: four steps of the sum to a vector, column beside column; rows past its end are zeros. */
function packOf({ tensor, axis, k, n }: Matrix, chunk: number): Tensor {
  const rows = Math.ceil(k / chunk) * chunk;
  const flat = tensor.shape.length === 1 ? reshape(tensor, [k, 1]) : axis === 0 ? tensor : permute(tensor, [1, 0]);
  const whole =
    rows === k
      ? flat
      : pad(flat, [
          [0, rows - k],
          [0, 0],
        ]);
  return reshape(permute(reshape(whole, [rows / 4, 4, n]), [0, 2, 1]), [rows * n]);
}

/** A stream as a view of the buffer of its run. */
function view(run: Tensor, { program }: Call, stream: Stream, layout: Record): Tensor {
  const { batch, length } = program;
  const cut = (region: Region, shape: readonly number[]) => {
    const words = shape.reduce((a, b) => a * b, 1);
    return reshape(slice(run, [region.offset], [region.offset + words]), shape);
  };
  if (stream.kind !== 'value') {
    const { shape } = program.state[stream.state];
    if (stream.kind === 'final') return cut(layout.finals[stream.state], shape);
    return cut(layout.histories[stream.state]!, [batch, length + 1, ...shape.slice(1)]);
  }
  const node = program.nodes[stream.node];
  const own = layout.values.find((region) => region.stream.kind === 'value' && region.stream.node === stream.node);
  if (own) return cut(own, [batch, length, ...node.shape.slice(1)]);
  const state = program.next.findIndex((next, s) => next === node && layout.histories[s] !== undefined);
  const history = cut(layout.histories[state]!, [batch, length + 1, ...node.shape.slice(1)]);
  return program.reverse ? slice(history, [0, 0], [undefined, -1]) : slice(history, [0, 1]);
}
