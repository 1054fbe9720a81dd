import type { KernelStep } from '../../op';
import type { Tensor } from '../../tensor';
import { Writer } from '../writer';
import { bytesOfAll } from './cost';
import { entryPoint, finish, foldGrid, type KernelCode, sharedEntryPoint } from './kernel';

/** A dispatch of an op's own kernel. Its buffers are words: it reads floats through bitcast. */
export function customKernel(
  step: KernelStep,
  bufferOf: (name: KernelStep['buffers'][number]) => Tensor,
  name: string,
): KernelCode {
  const writer = new Writer();
  const count = writer.number(step.invocations);
  const places = step.buffers.map((buffer) => writer.buffer(bufferOf(buffer)));
  const numbers = step.numbers.map((value) => writer.number(value));
  const body = step.wgsl
    .replace(/\bb(\d)\b/g, (_, i: string) => places[Number(i)])
    .replace(/\bu\((\d+)\)/g, (_, i: string) => numbers[Number(i)]);
  const { workgroup, shared } = step;
  const code = finish(
    name,
    writer,
    shared ? sharedEntryPoint(workgroup, count, shared, body) : entryPoint(workgroup, count, body),
    foldGrid(Math.ceil(step.invocations / workgroup)),
    step.work,
    { flop: step.work, bytes: bytesOfAll(writer.buffers) },
  );
  return { ...code, wgsl: code.wgsl.replace(/array<(f32|i32)>;/g, 'array<u32>;') };
}
