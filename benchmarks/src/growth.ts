import { type Device, OutOfMemoryError } from '@hairpin/tensors';
import { climbApart } from './growth/apart';
import { charts, fileOf } from './growth/charts';
import { hairpinPoint, type OwnPoint } from './growth/hairpin';
import { header, resultsOf, rowsOf, saidOf, type Swept } from './growth/rows';
import { type Curve, type Sweep, sweeps } from './growth/sweeps';
import { asMarkdown } from './harness/markdown';
import type { Scope, Survey, Surveyed } from './harness/survey';
import { hairpinDevice } from './systems/hairpin';

const peer = 'tfjs-webgpu';
const script = new URL('growth/tfjs-child.ts', import.meta.url);
/** Milliseconds that a step of the peer may take: beyond, its curve ends. */
const limits: Record<Scope, number> = { short: 6_000, full: 60_000 };

/** How do time and memory of LSTM training grow? */
export const growth: Survey = {
  name: 'growth',
  question: 'How do time and memory of a training step of an LSTM grow with its length, its width and its batch?',
  notes: [
    'Forward, mean squared distance of all outputs from targets, gradients of all parameters, Adam; median of three steps after the first, ours before those of the peer. That both compute the same is checked by the benchmark of LSTM training.',
    'Memory is that of weights, moments, data and the most temporaries at once: of ours what the plan lays out, of tfjs-webgpu the most bytes of its buffers in use.',
    '`of unfused`: memory of the loss and its gradients as we plan them, over the largest sum over time of live bytes if each op had a result of its own.',
    `tfjs-webgpu waits asleep, as in the other benchmarks, in a process of its own for each curve. It ends where a step takes more than ${limits.short / 1000} s (with --full, ${limits.full / 1000} s) or would, by what the size before took.`,
    'Both axes of the pictures are logarithmic. `--full` goes to 50 000 steps, 512 units and 256 rows.',
  ],
  survey,
};

async function survey(scope: Scope): Promise<Surveyed> {
  const swept: Swept[] = [];
  for (const sweep of sweeps(scope)) swept.push(await measure(sweep, limits[scope]));
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

async function measure(sweep: Sweep, limitMs: number): Promise<Swept> {
  const device = await hairpinDevice();
  return {
    sweep,
    ours: await ownCurve(device, sweep),
    peer: await climbApart(script, { system: peer, sizes: sweep.sizes, limitMs }),
  };
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

const picturesOf = ({ sweep, ours, peer }: Swept): Record<string, string> => charts(sweep, [ours, peer]);

function sectionOf(swept: Swept): string {
  const { name, fixed } = swept.sweep;
  const picture = (what: 'time' | 'memory') => `![${what} by ${name}](performance/${fileOf(swept.sweep, what)})`;
  const table = asMarkdown([header(swept), ...rowsOf(swept)]);
  return [`### By ${name}: ${fixed}`, `${picture('time')} ${picture('memory')}`, table, saidOf(swept)].join('\n\n');
}
