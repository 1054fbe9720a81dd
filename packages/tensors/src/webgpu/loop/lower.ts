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
const maxReads = 7;

/** What stands for each stream of a run: views of the buffer that one kernel writes, or the steps one by one. */
export function lowerFamily(
  members: readonly Tensor[],
  inputs: readonly Tensor[],
  target: Target,
): Map<Tensor, Tensor> {
  const attrs = members.map((member) => (member.source as unknown as { attrs: ScanAttrs }).attrs);
  const call = callOf(attrs[0].program, inputs);
  const streams = attrs.map(({ stream }) => stream);
  const results = inOneKernel(call, streams, target) ?? unroll(call, streams);
  return new Map(members.map((member, i) => [member, results[i]]));
}

function inOneKernel(call: Call, streams: readonly Stream[], target: Target): Tensor[] | undefined {
  try {
    return kernelOf(call, streams, target);
  } catch (error) {
    if (error instanceof NotOneKernel) return undefined;
    throw error;
  }
}

function kernelOf(call: Call, streams: readonly Stream[], target: Target): Tensor[] {
  const { program, init } = call;
  const builder = new BodyBuilder(program, outsideOf(program, call.xs, call.captured));
  const histories = streams.flatMap((stream) => (stream.kind === 'history' ? [stream.state] : []));
  const isHeld = (node: Tensor) => histories.includes(program.next.indexOf(node));
  const values = [...new Set(streams.flatMap((stream) => (stream.kind === 'value' ? [stream.node] : [])))].filter(
    (node) => !isHeld(program.nodes[node]),
  );
  const outputs = values.map((node) => builder.output(program.nodes[node]));
  const body = builder.body(program.next.map((node) => builder.whole(node)));
  const tiling = tile(body, outputs, program.batch, target);
  const layout = record(
    program,
    body.stateWidths,
    histories,
    values.map((node, i) => ({ node, width: outputs[i].width })),
  );
  const chunk = chunkOf(tiling.subgroup);
  const packed = body.matrices.map((matrix) => packOf(matrix, chunk));
  let start = 0;
  const matrixStarts = packed.map((t) => (start += t.size / 4) - t.size / 4);
  const plan: LoopPlan = { program, body, outputs, record: layout, tiling, matrixStarts };
  const key = `${program.key}|${streams.map((s) => Object.values(s).join()).join(';')}`;
  const pack = packed.length > 0 ? [concat(packed)] : [];
  const { inputs, joint } = fitBuffers([...init, ...body.inputs.map((input) => input.tensor)], maxReads - pack.length);
  const stored = [...(joint ? [joint] : []), ...pack];
  const attrs: LoopAttrs = { plan, words: layout.words, stored: stored.length, toJSON: () => key };
  const run = apply(loopOp, [...inputs, ...stored], attrs);
  return streams.map((stream) => view(run, call, stream, layout));
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
