import type { Missing, Result } from '../harness/result';
import { digits } from '../harness/table';
import type { OwnPoint } from './hairpin';
import type { Curve, Point, Size, Sweep } from './sweeps';

/** Asked of the memory of forward and backward, over the largest sum over time of live bytes in the unfused graph. */
export const mostOfUnfused = 1.3;

/** A sweep, ours and the peer's. */
export interface Swept {
  readonly sweep: Sweep;
  readonly ours: Curve<OwnPoint>;
  readonly peer: Curve;
}

/** The head of a sweep's table. */
export const header = ({ sweep, ours, peer }: Swept): string[] => [
  sweep.name,
  ...[ours.system, peer.system, 'ratio', `${ours.system}, memory`, `${peer.system}, memory`, 'of unfused'],
];

/** A line for each size; a reason where a system is missing. */
export const rowsOf = ({ sweep, ours, peer }: Swept): string[][] =>
  sweep.sizes.map((size) => {
    const [own, theirs] = [at(ours, size), at(peer, size)];
    return [
      `${size[sweep.varied]}`,
      own ? milliseconds(own.ms) : reasonOf(ours, size),
      theirs ? milliseconds(theirs.ms) : reasonOf(peer, size),
      own && theirs ? `${digits(theirs.ms / own.ms)}×` : '',
      own ? megabytes(own.bytes) : '',
      theirs ? megabytes(theirs.bytes) : '',
      own ? `${digits(own.ofUnfused)}×` : '',
    ];
  });

const at = <P extends Point>({ points }: Curve<P>, size: Size): P | undefined =>
  points.find((point) => point.size === size);
const reasonOf = ({ missing }: Curve, size: Size): string => missing.find((point) => point.size === size)?.reason ?? '';

const milliseconds = (value: number): string => `${digits(value)} ms`;
const megabytes = (bytes: number): string => `${digits(bytes / 1e6)} MB`;

/** How time grew over the second half of the sizes, and whether memory kept to what is asked of it. */
export function saidOf({ sweep: { name, varied }, ours: { points } }: Swept): string {
  const [from, to] = [points[Math.floor((points.length - 1) / 2)], points.at(-1)!];
  const worst = Math.max(...points.map(({ ofUnfused }) => ofUnfused));
  return (
    `By ${name}, from ${from.size[varied]} to ${to.size[varied]}, ${digits(to.size[varied] / from.size[varied])} times as much, ` +
    `our time grows ${digits(to.ms / from.ms)} times. Memory of forward and backward is at most ${digits(worst)} times the largest sum ` +
    `over time of live bytes in the unfused graph, asked at most ${mostOfUnfused}: ${worst <= mostOfUnfused ? 'met' : 'missed'}.`
  );
}

/** All points as results, and what is not there. */
export function resultsOf({ sweep, ours, peer }: Swept): { results: Result[]; missing: Missing[] } {
  const nameOf = (size: Size) => `${size[sweep.varied]} ${sweep.name}`;
  const curves = [ours, peer];
  const results = curves.flatMap(({ system, points }) =>
    points.map(({ size, ms, first }) => ({
      case: nameOf(size),
      system,
      median: ms,
      unit: 'ms' as const,
      ratio: ms / (at(ours, size)?.ms ?? NaN),
      quartiles: [ms, ms] as const,
      first,
    })),
  );
  const missing = curves.flatMap(({ system, missing: left }) =>
    left.map(({ size, reason }) => ({ case: nameOf(size), system, reason, isRequired: false })),
  ); // what takes too long is an answer, too
  return { results, missing };
}
