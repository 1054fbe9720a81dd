import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import {
  compile,
  DeviceLostError,
  type Device,
  matmul,
  openDevice,
  OutOfMemoryError,
  parameter,
  ShapeError,
  tensor,
  type Tensor,
  zeros,
} from '../src/index';
import { countingDevice } from '../src/testing/counting-device';

const counting = await countingDevice();
if (!counting && process.env.HAIRPIN_REQUIRE_WEBGPU === '1')
  throw new Error('HAIRPIN_REQUIRE_WEBGPU=1 and no adapter answers');
afterAll(() => counting?.device.close());

/** Runs a file of this folder in a process of its own; rejects where it does not end. */
function run(
  file: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const path = fileURLToPath(new URL(`fixtures/${file}`, import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], { env: { ...process.env, ...env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => (stdout += text));
    child.stderr.on('data', (text) => (stderr += text));
    const clock = setTimeout(
      () => (child.kill('SIGKILL'), reject(new Error(`did not exit; it printed ${stdout}`))),
      60_000,
    );
    child.on('exit', (code) => (clearTimeout(clock), resolve({ code, stdout, stderr })));
  });
}

describe.skipIf(!counting)('a WebGPU device', () => {
  const device = () => counting!.device;

  it.each(['close', 'leave open'])('lets its process exit by itself (%s)', async (way) => {
    expect(await run('use-and-exit.ts', [way])).toMatchObject({ code: 0, stdout: '14\n' });
  });

  it('raises DeviceLostError when it is destroyed during a run, and ever after', async () => {
    const own = (await countingDevice())!;
    const w = parameter(tensor(new Float32Array(4096), { shape: [64, 64], device: own.device }));
    const step = compile((x: Tensor) => {
      w.assign(matmul(w, x).add(1));
      return w.read().sum();
    });
    await (await step(zeros([64, 64], { device: own.device }))).item();
    const running = step(zeros([64, 64], { device: own.device })).then((loss) => loss.item());
    destroy(own);
    await expect(running).rejects.toThrow(DeviceLostError);
    await expect(w.data()).rejects.toThrow(/lost.*open another device/);
  });

  it('says how much memory was asked for, and for what', async () => {
    const huge = zeros([300_000, 300_000], { device: device() });
    await expect(huge.add(1).data()).rejects.toThrow(OutOfMemoryError);
    await expect(huge.add(1).data()).rejects.toThrow(/\[300000, 300000\].*bytes asked for.*at most/);
    expect(await tensor([1], { device: device() }).add(1).item()).toBe(2); // and goes on
  });

  it('refuses f64, which only the CPU has', async () => {
    await expect(tensor([1], { dtype: 'f64', device: device() }).add(1).data()).rejects.toThrow(ShapeError);
  });

  it('takes a step that lasts too long apart into several submissions', async () => {
    const x = tensor(new Float32Array(1024 * 1024).fill(1 / 1024), { shape: [1024, 1024], device: device() });
    const chain = compile((x: Tensor) => matmul(matmul(matmul(x, x), x), x)); // 2.1 GFLOP each, past the budget of a software adapter
    const before = counting!.counts.submits;
    using y = await chain(x);
    const submits = counting!.counts.submits - before;
    const data = await y.data();
    expect(data.every((value) => Math.abs(value - 1 / 1024) < 1e-6)).toBe(true);
    expect(submits).toBeGreaterThanOrEqual(isSoftware() ? 3 : 1);
  });
});

const isSoftware = (): boolean => /llvmpipe|swiftshader/i.test(counting!.backend.label);

function destroy({ backend }: { backend: { close(): void } }): void {
  (backend as unknown as { device: GPUDevice }).device.destroy();
}

describe('openDevice', () => {
  it('follows HAIRPIN_DEVICE, and names a value that it does not know', async () => {
    const kind = async (d: Device) => (await d.backend()).kind;
    const cpu = await openDevice('cpu');
    expect(await kind(cpu)).toBe('cpu');
    const before = process.env.HAIRPIN_DEVICE;
    process.env.HAIRPIN_DEVICE = 'cpu';
    expect(await kind(await openDevice())).toBe('cpu');
    process.env.HAIRPIN_DEVICE = 'gpu';
    await expect(async () => openDevice()).rejects.toThrow('HAIRPIN_DEVICE: expected webgpu or cpu, got gpu');
    if (before === undefined) delete process.env.HAIRPIN_DEVICE;
    else process.env.HAIRPIN_DEVICE = before;
  });
});
