import { webgpuDevice } from '@hairpin/tensors/testing';
import { describe } from 'vitest';
import { agreesWithCpu } from './agreement';
import { named } from './cases';
import { contracts } from './contracts';
import { onWebGpu } from './webgpu';

/*
 * Every layer at the limits that every adapter grants. contracts.webgpu.long.test.ts goes through all samples.
 */

/** Layers that have the kernels of what they are made of, which take long to compile. */
const isThin = (name: string) =>
  /^(Dilated|HierarchicalRNN|InstanceNorm1d|ResidualConv1d|SeparableConv1d|StrandConv1d|TemporalBlock)/.test(name);
/** A kernel for each chunk, dilation or level, half a minute of compiling each. */
const isLong = (name: string) => /^(DilatedRNN|HierarchicalRNN) [12]$|^Recurrent [24]$/.test(name);

const plain = await webgpuDevice('default');

describe.skipIf(!plain)('on WebGPU at default limits', () => {
  onWebGpu(plain);
  contracts(named.filter(([name]) => name.endsWith(' 1') && !isThin(name)));
  agreesWithCpu(
    named.filter(([name]) => !isLong(name)),
    plain,
  );
});
