import { type Device, OutOfMemoryError } from '@hairpin/tensors';
import { charts, fileOf } from './growth/charts';
import { climb } from './growth/climb';
import { hairpinPoint, type OwnPoint } from './growth/hairpin';
import { header, resultsOf, rowsOf, saidOf, type Swept } from './growth/rows';
import { type Curve, type Sweep, sweeps } from './growth/sweeps';
import { tfjsStep } from './growth/tfjs';
import { Absent } from './harness/benchmark';
import { asleep } from './harness/asleep';
import { asMarkdown } from './harness/markdown';
import type { Scope, Survey, Surveyed } from './harness/survey';
import { hairpinDevice } from './systems/hairpin';
import { loadTfjs } from './systems/tfjs';

const peer = 'tfjs-webgpu';
/** Milliseconds that a step of the peer may take: beyond, its curve ends. */
const limitMs: Record<Scope, number> = { short: 6_000, full: 60_000 };

/** How do time and memory of LSTM training grow? */
export const growth: Survey = {
  name: 'growth',
  question: 'How do time and memory of a training step of an LSTM grow with its length, its width and its batch?',
  notes: [
    'Forward, mean squared distance of all outputs from targets, gradients of all parameters, Adam; median of three steps after the first, ours before those of the peer. That both compute the same is checked by the benchmark of LSTM training.',
    'Memory is that of weights, moments, data and the most temporaries at once: of ours what the plan lays out, of tfjs-webgpu the most bytes of its buffers in use.',
    '`of unfused`: memory of the loss and its gradients as we plan them, over the largest sum over time of live bytes if each op had a result of its own.',
    `tfjs-webgpu waits asleep, as in the other benchmarks. Its curve ends where a step takes more than ${limitMs.short / 1000} s (with --full, ${limitMs.full / 1000} s) or would, by what the size before took.`,
    'Both axes of the pictures are logarithmic. `--full` goes to 50 000 steps, 512 units and 256 rows.',
  ],
  survey,
};

async function survey(scope: Scope): Promise<Surveyed> {
  const swept: Swept[] = [];
  for (const sweep of sweeps(scope)) swept.push(await measure(sweep, limitMs[scope]));
  const all = swept.map(resultsOf);
  return {
    text: swept.map(sectionOf).join('\n\n'),
    pictures: Object.assign({}, ...swept.map(picturesOf)) as Record<string, string>,
    results: all.flatMap(({ results }) => results),
    missing: all.flatMap(({ missing }) => missing),
    judged: [],
    notes: [],
  };
}

async function measure(sweep: Sweep, limit: number): Promise<Swept> {
  const device = await hairpinDevice();
  return { sweep, ours: await ownCurve(device, sweep), peer: await peerCurve(sweep, limit) };
}

/** Ours has no limit of time, but memory has an end. */
async function ownCurve(device: Device, { sizes }: Sweep): Promise<Curve<OwnPoint>> {
  const points: OwnPoint[] = [];
  for (const [i, size] of sizes.entries()) {
    const point = await hairpinPoint(device, size).catch((error: Error) => error);
    if (point instanceof OutOfMemoryError)
      return {
        system: 'hairpin',
        points,
        missing: sizes.slice(i).map((left) => ({ size: left, reason: 'out of memory' })),
      };
    if (point instanceof Error) throw point;
    points.push(point);
  }
  return { system: 'hairpin', points, missing: [] };
}

async function peerCurve({ sizes }: Sweep, limit: number): Promise<Curve> {
  try {
    const tf = await loadTfjs('webgpu');
    const open = async (size: (typeof sizes)[number]) => {
      const { turn, ...rest } = tfjsStep(tf, size);
      return { turn: () => asleep(turn()), ...rest };
    };
    return await climb(peer, sizes, open, limit);
  } catch (error) {
    if (!(error instanceof Absent)) throw error;
    return { system: peer, points: [], missing: sizes.map((size) => ({ size, reason: error.message })) };
  }
}

const picturesOf = ({ sweep, ours, peer }: Swept): Record<string, string> => charts(sweep, [ours, peer]);

function sectionOf(swept: Swept): string {
  const { name, fixed } = swept.sweep;
  const picture = (what: 'time' | 'memory') => `![${what} by ${name}](performance/${fileOf(swept.sweep, what)})`;
  const table = asMarkdown([header(swept), ...rowsOf(swept)]);
  return [`### By ${name}: ${fixed}`, `${picture('time')} ${picture('memory')}`, table, saidOf(swept)].join('\n\n');
}
