import { publish } from '../../../../scripts/browser/page';

declare const navigator: { gpu: GPU };

publish({ 'a shader adds': addOnTheGpu });

const wgsl = `
@group(0) @binding(0) var<storage, read_write> x: array<f32>;
@compute @workgroup_size(4) fn main(@builtin(global_invocation_id) id: vec3u) { x[id.x] += 0.5; }`;

async function addOnTheGpu(): Promise<void> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('no WebGPU adapter in this browser');
  const device = await adapter.requestDevice();
  const y = await addHalf(device, Float32Array.of(1, 2, 3, 4));
  if (`${[...y]}` !== '1.5,2.5,3.5,4.5') throw new Error(`expected 1.5,2.5,3.5,4.5, got ${[...y]}`);
  device.destroy();
}

async function addHalf(device: GPUDevice, x: Float32Array<ArrayBuffer>): Promise<Float32Array> {
  const { COPY_DST, COPY_SRC, MAP_READ, STORAGE } = GPUBufferUsage;
  const buffer = device.createBuffer({ size: x.byteLength, usage: STORAGE | COPY_DST | COPY_SRC });
  const readback = device.createBuffer({ size: x.byteLength, usage: MAP_READ | COPY_DST });
  device.queue.writeBuffer(buffer, 0, x);
  const compute = { module: device.createShaderModule({ code: wgsl }) };
  const pipeline = device.createComputePipeline({ layout: 'auto', compute });
  const layout = pipeline.getBindGroupLayout(0);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout, entries: [{ binding: 0, resource: { buffer } }] }));
  pass.dispatchWorkgroups(1);
  pass.end();
  encoder.copyBufferToBuffer(buffer, 0, readback, 0, x.byteLength);
  device.queue.submit([encoder.finish()]);
  await readback.mapAsync(GPUMapMode.READ);
  return new Float32Array(readback.getMappedRange().slice(0));
}
