import { HairpinError } from './errors';
import { largestSumOfLiveBytes } from './live-bytes';
import { defaultDevice } from './open-device';
import { Parameter } from './parameter';
import { assertUsable, type Tensor } from './tensor';

/** One dispatch of a plan. */
export interface DispatchExplanation {
  /** The ops in it. */
  readonly name: string;
  readonly workgroups: readonly [number, number, number];
  /** Buffers that it binds. */
  readonly bindings: number;
  readonly wgsl: string;
}

/** How one run of a `scan` is computed. */
export interface LoopExplanation {
  readonly batch: number;
  readonly length: number;
  readonly reverse: boolean;
  /** Shapes of the state. */
  readonly state: readonly string[];
  /** What was taken out of the loop and computed for all steps before it, an expression each. */
  readonly hoisted: readonly string[];
  /** Ops of one step, and how often each occurs. */
  readonly body: Readonly<Record<string, number>>;
  /** What the run leaves behind: last states, histories of states, values of all steps. */
  readonly streams: readonly string[];
  /** How one kernel does it; absent where it runs step by step. */
  readonly kernel?: {
    /** Equal for loops over one body, whatever their batch and length. */
    readonly key: string;
    readonly rowsPerWorkgroup: number;
    readonly invocations: number;
    /** Invocations in a subgroup; 0 for the portable form. */
    readonly subgroup: number;
    readonly workgroupBytes: number;
    readonly barriersPerStep: number;
    /** Matrices that stream from memory at each step, [k, n]. */
    readonly matrices: readonly string[];
  };
  /** Why it runs step by step. */
  readonly fallback?: string;
}

/** What a device would do to compute some tensors. `String(explanation)` is a page to read. */
export interface Explanation {
  readonly device: string;
  readonly loops: readonly LoopExplanation[];
  readonly dispatches: readonly DispatchExplanation[];
  /** Bytes of temporaries. */
  readonly temporaryBytes: number;
  /** What the same ops would hold at most at once, if each had a result of its own that is given back after its last reader. */
  readonly unfusedBytes: number;
  toString(): string;
}

/**
 * How pending tensors would be computed, without computing them: loops and what was taken out of them, dispatches and their WGSL.
 * For a training step, hand over the loss and its gradients.
 */
export async function explain(...values: readonly (Tensor | Parameter)[]): Promise<Explanation> {
  const tensors = values.map((value) => (value instanceof Parameter ? value.read() : value));
  const [first] = tensors;
  if (!first) throw new HairpinError('explain: expected at least one tensor');
  for (const t of tensors) assertUsable(t, 'explain');
  const pending = tensors.filter((t) => t.source.kind === 'op');
  if (pending.length === 0)
    throw new HairpinError('explain: these tensors are computed already; ask before their data is asked for');
  const device = tensors.find((t) => t.device)?.device ?? defaultDevice();
  const backend = await device.backend();
  const { loops, dispatches, temporaryBytes } = backend.explain(pending);
  const text = page(backend.label, loops, dispatches, temporaryBytes);
  const unfusedBytes = largestSumOfLiveBytes(pending);
  return { device: backend.label, loops, dispatches, temporaryBytes, unfusedBytes, toString: () => text };
}

function page(
  device: string,
  loops: readonly LoopExplanation[],
  dispatches: readonly DispatchExplanation[],
  temporaryBytes: number,
): string {
  const summary = dispatches.map(
    ({ name, workgroups, bindings }, i) =>
      `  ${i + 1}. ${name}: ${workgroups.join(' × ')} workgroups, ${bindings} buffers`,
  );
  return [
    device,
    ...loops.map(loopText),
    ...(dispatches.length > 0 ? [`${dispatches.length} dispatches, ${temporaryBytes} bytes of temporaries`] : []),
    ...summary,
    ...[...new Map(dispatches.map((d) => [d.wgsl, d])).values()].map(({ name, wgsl }) => `\n// ---- ${name}\n${wgsl}`),
  ].join('\n');
}

function loopText(loop: LoopExplanation, i: number): string {
  const { batch, length, reverse, state, hoisted, body, streams, kernel, fallback } = loop;
  const ops = Object.entries(body).map(([name, count]) => (count > 1 ? `${count} ${name}` : name));
  const how = kernel
    ? [
        `  one kernel: ${kernel.rowsPerWorkgroup} rows in a workgroup of ${kernel.invocations} invocations, ` +
          (kernel.subgroup > 0 ? `subgroups of ${kernel.subgroup}` : 'without subgroups'),
        `  ${kernel.workgroupBytes} bytes of workgroup memory, ${kernel.barriersPerStep} barriers in a step`,
        `  matrices: ${kernel.matrices.join(', ') || 'none'}`,
      ]
    : [`  step by step: ${fallback}`];
  return [
    `loop ${i + 1}: ${length} steps${reverse ? ', from the last' : ''}, ${batch} rows, state ${state.join(', ')}`,
    `  before it: ${hoisted.join('; ') || 'nothing'}`,
    `  in it: ${ops.join(', ')}`,
    `  it leaves: ${streams.join(', ')}`,
    ...how,
  ].join('\n');
}
