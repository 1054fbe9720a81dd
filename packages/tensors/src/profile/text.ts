import type { KernelProfile } from './parts';
import type { Profile } from './profile';

/** Lines of the table: what is shorter than these is summed up in one. */
const mostKernels = 24;

/** A profile as a page to read. */
export function asText(profile: Omit<Profile, 'toString' | 'toChromeTrace'>): string {
  const { device, step, first, arena, ceilings } = profile;
  const { temporaries, temporaryBytes, buffers, bytes } = arena;
  const isGpu = profile.timing !== 'each op';
  return [
    device,
    `step ${milliseconds(step.ms)}, the median of ${profile.repeats}` +
      (isGpu
        ? `: encode ${milliseconds(step.encodeMs)}, ${step.submissions} × submit ${milliseconds(step.submitMs)}, wait ${milliseconds(step.waitMs)}`
        : ''),
    `first call ${milliseconds(first.ms)}` +
      (isGpu ? `, of which ${milliseconds(first.compileMs)} to compile ${first.pipelines} pipelines` : ''),
    ...(isGpu
      ? [
          `${temporaries} temporaries in ${megabytes(temporaryBytes)} MB; the arena has ${megabytes(bytes)} MB in ${buffers} buffers`,
        ]
      : []),
    ...(ceilings ? [`ceilings ${digits(ceilings.gflops)} GFLOP/s, ${digits(ceilings.gigabytesPerSecond)} GB/s`] : []),
    partsLine(profile),
    '',
    table(profile.kernels, ceilings !== undefined),
  ].join('\n');
}

function partsLine({ timing, grainMs, step, dispatches }: Omit<Profile, 'toString' | 'toChromeTrace'>): string {
  const how = {
    timestamps: 'by timestamps',
    'separate submits': 'each submitted by itself, less the time of an empty submission',
    'each op': 'op by op',
  };
  const coarse = grainMs > 0 ? ` in steps of ${milliseconds(grainMs)}, so these are means` : '';
  const what = timing === 'each op' ? 'ops' : 'dispatches';
  const watched = `in calls of ${milliseconds(step.watchedMs)}`;
  return `${dispatches.length} ${what} take ${milliseconds(step.partsMs)} ${watched}, timed ${how[timing]}${coarse}`;
}

const header = ['time', 'share', 'times', 'kernel', 'MFLOP', 'MB', 'GFLOP/s', 'GB/s', 'of ceiling'];

function table(kernels: readonly KernelProfile[], hasCeilings: boolean): string {
  const rows = kernels.slice(0, mostKernels).map(rowOf);
  const rest = kernels.slice(mostKernels);
  const sum = (of: (kernel: KernelProfile) => number) => rest.reduce((total, kernel) => total + of(kernel), 0);
  if (rest.length > 0) {
    const numbers = [milliseconds(sum((k) => k.ms)), percent(sum((k) => k.share)), `${sum((k) => k.dispatches)}`];
    rows.push([...numbers, `${rest.length} others`, '', '', '', '', '']);
  }
  const columns = hasCeilings ? header.length : header.length - 1;
  const cells = [header, ...rows].map((row) => row.slice(0, columns));
  const widths = header.map((_, c) => Math.max(...cells.map((row) => (row[c] ?? '').length)));
  const pad = (cell: string, c: number) => (header[c] === 'kernel' ? cell.padEnd(widths[c]) : cell.padStart(widths[c]));
  return cells.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}

const rowOf = ({ ms, share, dispatches, name, flop, bytes, gflops, gigabytesPerSecond, ofCeiling }: KernelProfile) => [
  milliseconds(ms),
  percent(share),
  `${dispatches}`,
  name,
  flop === undefined ? '' : digits(flop / 1e6),
  megabytes(bytes),
  gflops === undefined ? '' : digits(gflops),
  digits(gigabytesPerSecond),
  ofCeiling ? `${percent(ofCeiling.share)} ${ofCeiling.of}` : '',
];

const milliseconds = (ms: number): string => `${digits(ms)} ms`;
const megabytes = (bytes: number): string => digits(bytes / 1e6);
const percent = (share: number): string => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;

/** Three digits: more would be noise. */
function digits(value: number): string {
  if (value === 0 || value >= 100) return value.toFixed(0);
  return value < 0.001 ? '<0.001' : value.toPrecision(3);
}
