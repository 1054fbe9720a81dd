import { circularMap, lineChart, type Series } from '@hairpin/interpret';
import type { Circle } from './circles';
import { type LapStudy, radii } from './laps';
import type { Calls } from './measure';

const length = 100; // letters of the circles that are drawn

/** Error by lap for each radius, and beside one of them what exp(λ₁·T) a lap would leave. */
export function errorByLap(studies: readonly LapStudy[]): string {
  const drawn = studies.filter((study) => study.length === length);
  const series = drawn.map(({ radius, errors }): Series => ({ name: `ρ = ${radius}`, points: errors }));
  return lineChart({
    series: [...series, ...drawn.filter(({ radius }) => radius === 1.4).map(foretold)],
    x: { name: 'laps' },
    y: { name: 'largest difference between rotations', scale: 'log', domain: [1e-8, 10] },
    title: 'What laps leave of the cut',
    description: `Largest difference between rotations by lap on circles of ${length} letters, for spectral radii ${radii.join(', ')}`,
  });
}

function foretold({ radius, exponent, errors: [[, first], ...others] }: LapStudy): Series {
  const points = others.map(([lap]) => [lap, first * Math.exp(exponent * length * (lap - 1))] as const);
  return {
    ...{ name: `ρ = ${radius}, foretold by λ₁`, colour: 'currentColor', dash: '2 4' },
    points: [[1, first] as const, ...points].filter(([, error]) => error > 1e-7), // below that is rounding
  };
}

/** A circle with its genes, what the reader says, and where one lap says something else. */
export function mapOf({ name, sequence, genes }: Circle, { coding, once }: Calls): string {
  const positions = Array.from({ length: sequence.length }, (_, at) => at);
  const most = (read: (i: number) => number) => positions.map((at) => Math.max(read(2 * at), read(2 * at + 1)));
  return circularMap({
    ...{ lengthBp: sequence.length, name, features: genes },
    tracks: [
      { name: 'probability of a gene', values: most((i) => coding[i]), baseline: 0.5 },
      { name: 'error of one lap', values: most((i) => Math.abs(once[i] - coding[i])), baseline: 0 },
    ],
  });
}
