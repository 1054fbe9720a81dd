import type { Backend } from './device';
import { HairpinError } from './errors';
import { defaultDevice } from './open-device';
import { realize } from './realize';
import type { Tensor } from './tensor';

/** Measured choices of one adapter, as plain JSON: keep it beside a model, and hand it to `useTuning`. */
export interface TuningRecord {
  /** The adapter and driver that it was measured on. */
  readonly adapter: string;
  /** Rows of a workgroup for each loop, by the loop's key. */
  readonly rows: Readonly<Record<string, number>>;
}

const candidates = [4, 8, 16];
const repetitions = 3;

/**
 * Measures how many rows of the batch a workgroup should walk in each loop of what `compute` computes, and keeps the fastest for
 * this device. Plans made before stay as they are: call it before `compile`. Takes a few runs, and a few shaders, for each loop.
 */
export async function autotune(compute: () => Tensor | readonly Tensor[]): Promise<TuningRecord> {
  const list = () => [compute()].flat() as Tensor[];
  const tensors = list();
  if (tensors.length === 0) throw new HairpinError('autotune: expected a function that returns tensors');
  const backend = await (tensors.find((t) => t.device)?.device ?? defaultDevice()).backend();
  const { loops } = backend.explain(tensors);
  const rows: Record<string, number> = {};
  if (!backend.tune) return { adapter: backend.label, rows };
  for (const key of new Set(loops.flatMap(({ kernel }) => kernel?.key ?? []))) {
    const times: { rows: number; ms: number }[] = [];
    for (const candidate of candidates) {
      backend.tune(key, candidate);
      times.push({ rows: candidate, ms: await measure(list) });
    }
    rows[key] = times.reduce((best, other) => (other.ms < best.ms ? other : best)).rows;
    backend.tune(key, rows[key]);
  }
  return { adapter: backend.label, rows };
}

/** What a device uses now, to be kept beside a model: with it a run gives the same bits again. */
export async function tuningOf(device = defaultDevice()): Promise<TuningRecord> {
  const { label, tuned } = await device.backend();
  return { adapter: label, rows: Object.fromEntries(tuned ?? []) };
}

/** Uses what `autotune` found. False where it was measured on another adapter, and nothing changes. */
export async function useTuning({ adapter, rows }: TuningRecord, device = defaultDevice()): Promise<boolean> {
  const backend: Backend = await device.backend();
  if (backend.label !== adapter || !backend.tune) return false;
  for (const [key, count] of Object.entries(rows)) backend.tune(key, count);
  return true;
}

/** Median milliseconds of a run, after one that compiles. */
async function measure(list: () => Tensor[]): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i <= repetitions; i++) {
    const tensors = list();
    const start = performance.now();
    await realize(...tensors);
    await tensors[0].data();
    if (i > 0) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(repetitions / 2)];
}
