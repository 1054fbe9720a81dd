import type { Lowering } from '../op';
import type { Tensor } from '../tensor';
import { contractKernel, type Lanes } from './kernels/contract';
import { customKernel } from './kernels/custom';
import { elementwiseKernel } from './kernels/elementwise';
import type { KernelCode } from './kernels/kernel';
import { reduceKernel } from './kernels/reduce';
import { loopKernels } from './loop/kernel';
import { type Group, loweringOf } from './schedule';

type KernelLowering = Extract<Lowering, { kind: 'kernel' }>;

/** The dispatches of one group; `scratch` makes a buffer of so many words that lives for this group only; `target` is the old value that it overwrites. */
export function generate(
  group: Group,
  isStored: (node: Tensor) => boolean,
  scratch: (words: number) => Tensor,
  device: Lanes,
  target?: Tensor,
): KernelCode[] {
  const { root, anchor } = group;
  if (root.size === 0) return [];
  const name = nameOf(group);
  if (!anchor) return [elementwiseKernel(root, isStored, name, target)];
  if (loweringOf(anchor) === 'reduce') return [reduceKernel(anchor, root, isStored, name, device.isSoftware)];
  if (loweringOf(anchor) === 'loop') return loopKernels(anchor, isStored, device.isSoftware);
  if (loweringOf(anchor) === 'contract') return [contractKernel(anchor, root, isStored, name, device)];
  return ownKernels(root, scratch, name, device.isSoftware);
}

function ownKernels(node: Tensor, scratch: (words: number) => Tensor, name: string, isSoftware: boolean): KernelCode[] {
  if (node.source.kind !== 'op') return [];
  const { op, inputs, attrs } = node.source;
  const kernel = (op.lowering as KernelLowering).kernel(inputs, attrs, isSoftware);
  const buffers = new Map(
    Object.entries(kernel.scratch ?? {}).map(([key, words]) => [`scratch:${key}`, scratch(words)]),
  );
  return kernel.steps.map((step) =>
    customKernel(
      step,
      (buffer) => (buffer === 'output' ? node : typeof buffer === 'number' ? inputs[buffer] : buffers.get(buffer)!),
      name,
    ),
  );
}

const nameOf = ({ root, anchor }: Group): string =>
  [anchor, root]
    .flatMap((node, i, both) =>
      node?.source.kind === 'op' && (i === 0 || node !== both[0]) ? [node.source.op.name] : [],
    )
    .join('→');
