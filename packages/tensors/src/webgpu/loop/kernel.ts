import type { Tensor } from '../../tensor';
import { isFoldable } from './bindings';
import { bytesOfAll } from '../kernels/cost';
import { finish, type KernelCode } from '../kernels/kernel';
import { Writer } from '../writer';
import { LoopEmitter } from './emit';
import { workOf } from './layout';
import { type LoopAttrs, maxReads } from './lower';

/** What a loop must find in memory. */
export function storedInputs({ source }: Tensor): readonly Tensor[] {
  if (source.kind !== 'op') return [];
  return source.inputs.slice(source.inputs.length - (source.attrs as LoopAttrs).stored);
}

/** What a kernel reads, and the one buffer that it writes. */
const mostBuffers = maxReads + 1;

/** Work that one dispatch takes at most: about a tenth of a second. */
const dispatchWork = { software: 1e9, hardware: 5e10 };

/** Stored for a loop is what its plan counted as a buffer, whatever others store, and what hides a product that is stored nowhere. */
const asPlanned = (isStored: (node: Tensor) => boolean, own: readonly Tensor[]) => {
  const known = new Map<Tensor, boolean>(); // a node may be reached by very many ways
  const isReadable = (node: Tensor): boolean => {
    const found = known.get(node) ?? (isStored(node) || node.source.kind !== 'op' || isClear(node));
    known.set(node, found);
    return found;
  };
  const isClear = (node: Tensor): boolean =>
    node.source.kind === 'op' && isFoldable(node) && node.source.inputs.every(isReadable);
  return (node: Tensor): boolean => isStored(node) && (own.includes(node) || !isClear(node));
};

/** The dispatches of a loop: one for each segment of its steps, all of one text. */
export function loopKernels(node: Tensor, isStored: (node: Tensor) => boolean, isSoftware: boolean): KernelCode[] {
  if (node.source.kind !== 'op') return [];
  const { plan } = node.source.attrs as LoopAttrs;
  const { program, body, outputs, tiling, reverse } = plan;
  const { inputs } = node.source;
  const [states, all] = [body.stateWidths.length, body.stateWidths.length + body.inputs.length];
  const init = reverse.map((_, copy) => inputs.slice(copy * all, copy * all + states));
  const read = reverse.map((_, copy) => inputs.slice(copy * all + states, (copy + 1) * all));
  const pack = body.matrices.length > 0 ? inputs.at(-1) : undefined;
  const emit = (isRead: (node: Tensor) => boolean) => {
    const writer = new Writer();
    const [first, last] = [writer.number(0), writer.number(program.length)];
    const text = new LoopEmitter(plan, writer, { init, inputs: read, pack, out: node }, isRead).text(first, last);
    return { writer, text };
  };
  // A view that somebody else has stored is one buffer more than was planned for: then it is read as a view again.
  const asStored = emit(isStored);
  const { writer, text } =
    asStored.writer.buffers.length <= mostBuffers ? asStored : emit(asPlanned(isStored, storedInputs(node)));
  const stepWork = reverse.length * program.batch * workOf(body, outputs);
  const most = isSoftware ? dispatchWork.software : dispatchWork.hardware;
  const segment = Math.min(program.segment ?? Math.max(1, Math.floor(most / Math.max(stepWork, 1))), program.length);
  const groups = Math.ceil(program.batch / (4 * tiling.quads));
  const stepFlop = reverse.length * program.batch * workOf(body, outputs, 1);
  const code = finish('scan', writer, text, [groups, reverse.length, 1], 0, { flop: 0, bytes: 0 });
  const bytes = bytesOfAll(writer.buffers);
  const wgsl = tiling.subgroup > 0 ? `enable subgroups;\n${code.wgsl}` : code.wgsl;
  return Array.from({ length: Math.ceil(program.length / segment) }, (_, s) => {
    const [from, to] = [s * segment, Math.min((s + 1) * segment, program.length)];
    const steps = to - from;
    const share = steps / program.length; // a segment touches its own steps of every stream
    const cost = { work: stepWork * steps, flop: stepFlop * steps, bytes: bytes * share };
    return { ...code, ...cost, wgsl, numbers: [from, to, ...code.numbers.slice(2)] };
  });
}
