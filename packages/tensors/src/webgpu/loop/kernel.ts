import type { Tensor } from '../../tensor';
import { finish, type KernelCode } from '../kernels/kernel';
import { Writer } from '../writer';
import { LoopEmitter } from './emit';
import { workOf } from './layout';
import type { LoopAttrs } from './lower';

/** What a loop must find in memory. */
export function storedInputs({ source }: Tensor): readonly Tensor[] {
  if (source.kind !== 'op') return [];
  return source.inputs.slice(source.inputs.length - (source.attrs as LoopAttrs).stored);
}

/** Work that one dispatch takes at most: about a tenth of a second. */
const dispatchWork = { software: 1e9, hardware: 5e10 };

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
  const writer = new Writer();
  const [first, last] = [writer.number(0), writer.number(program.length)];
  const emitter = new LoopEmitter(plan, writer, { init, inputs: read, pack, out: node }, isStored);
  const text = emitter.text(first, last);
  const stepWork = reverse.length * program.batch * workOf(body, outputs);
  const most = isSoftware ? dispatchWork.software : dispatchWork.hardware;
  const segment = Math.min(program.segment ?? Math.max(1, Math.floor(most / Math.max(stepWork, 1))), program.length);
  const groups = Math.ceil(program.batch / (4 * tiling.quads));
  const code = finish('scan', writer, text, [groups, reverse.length, 1], 0);
  const wgsl = tiling.subgroup > 0 ? `enable subgroups;\n${code.wgsl}` : code.wgsl;
  return Array.from({ length: Math.ceil(program.length / segment) }, (_, s) => {
    const [from, to] = [s * segment, Math.min((s + 1) * segment, program.length)];
    return { ...code, wgsl, numbers: [from, to, ...code.numbers.slice(2)], work: stepWork * (to - from) };
  });
}
