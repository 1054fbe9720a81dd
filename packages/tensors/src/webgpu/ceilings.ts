import type { Ceilings } from '../profile/ceilings';
import { usage } from './buffers';
import { maxGroups } from './kernels/kernel';

/** What the measurement needs of an open device. */
interface OnDevice {
  readonly device: GPUDevice;
  readonly isSoftware: boolean;
  readonly finished: <T>(promise: Promise<T>) => Promise<T>;
}

/** A kernel that does nothing but what is measured. */
interface Load {
  readonly wgsl: string;
  readonly groups: number;
  /** Operations or bytes of one dispatch. */
  readonly amount: number;
  /** Bytes of each of its two buffers. */
  readonly bytes: number;
}

const workgroup = 64;
/** Workgroups that keep a device busy. */
const fewGroups = (isSoftware: boolean): number => (isSoftware ? 256 : 2 ** 12);
/** Bytes of a buffer that no cache of a processor or GPU holds twice. */
const largeBytes = 2 ** 27;
/**
 * Chains of multiply-adds that an invocation keeps going, vectors of four each: enough to hide their latency, and few enough for the 16
 * registers of a processor. So many times their turn comes in one turn of the loop.
 */
const chains = 4;
const unrolled = 4;
const turns = 256;

/** The rates of a copy and of multiply-adds, the best of several tries. */
export async function ceilingsOf(on: OnDevice): Promise<Ceilings> {
  const bytes = Math.min(largeBytes, on.device.limits.maxStorageBufferBindingSize);
  const invocations = on.isSoftware ? 2 ** 12 : 2 ** 18;
  const fused = await rateOf(
    on,
    multiplyAdds(invocations, (a) => `fma(${a}, vec4(m), vec4(c))`),
  );
  const plain = await rateOf(
    on,
    multiplyAdds(invocations, (a) => `${a} * m + c`),
  ); // compilers differ in which they do at once
  const apart = await rateOf(on, copyOf(bytes, fewGroups(on.isSoftware)));
  const side = await rateOf(on, copyOf(bytes, maxGroups));
  return { gflops: Math.max(fused, plain), gigabytesPerSecond: Math.max(apart, side) };
}

/** Each invocation copies several vectors, a grid apart. */
function copyOf(bytes: number, mostGroups: number): Load {
  const count = Math.floor(bytes / 16);
  const groups = Math.min(Math.ceil(count / workgroup), mostGroups);
  const body = `  for (var i = at.x; i < ${count}u; i += ${groups * workgroup}u) { y[i] = x[i]; }`;
  return { wgsl: shader(body), groups, amount: 2 * bytes, bytes };
}

function multiplyAdds(invocations: number, next: (a: string) => string): Load {
  const names = Array.from({ length: chains }, (_, i) => `a${i}`);
  const turn = names.map((a) => `    ${a} = ${next(a)};`).join('\n');
  const body = `  let m = x[0].x;
  let c = x[1].y;
${names.map((a, i) => `  var ${a} = x[${i}] + f32(at.x);`).join('\n')}
  for (var i = 0u; i < ${turns}u; i += 1u) {
${Array(unrolled).fill(turn).join('\n')}
  }
  y[at.x] = ${names.join(' + ')};`;
  const amount = invocations * turns * unrolled * chains * 4 * 2;
  return { wgsl: shader(body), groups: invocations / workgroup, amount, bytes: 16 * invocations };
}

const shader = (body: string): string => `@group(0) @binding(0) var<storage, read_write> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4<f32>>;
@compute @workgroup_size(${workgroup})
fn main(@builtin(global_invocation_id) at: vec3<u32>) {
${body}
}`;

/** Tries, and milliseconds that each takes at least: a wait is known to about one. */
const tries = 5;
const leastMs = 50;

/** 10⁹ a second, the best try. */
async function rateOf({ device, finished }: OnDevice, { wgsl, groups, amount, bytes }: Load): Promise<number> {
  const module = device.createShaderModule({ code: wgsl, label: 'ceiling' });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: 'main' } });
  const buffers = [0, 1].map(() => device.createBuffer({ size: bytes, usage: usage.storage }));
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  const run = async (dispatches: number): Promise<number> => {
    const start = performance.now();
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    for (let i = 0; i < dispatches; i++) pass.dispatchWorkgroups(groups);
    pass.end();
    device.queue.submit([encoder.finish()]);
    await finished(device.queue.onSubmittedWorkDone());
    return performance.now() - start;
  };
  try {
    await run(1); // the first use of a buffer also clears it
    let dispatches = 1;
    while ((await run(dispatches)) < leastMs && dispatches < 2 ** 16) dispatches *= 2;
    const times: number[] = [];
    for (let i = 0; i < tries; i++) times.push(await run(dispatches));
    return (dispatches * amount) / Math.min(...times) / 1e6;
  } finally {
    for (const buffer of buffers) buffer.destroy();
  }
}
