import { happens, normalFrom, uniformFrom } from '../random-source';
import type { RandomSource } from '../random-source';

/** A spiral in the plane: at time t it is `radius + growth·t` from the middle, at the angle `angle + turn·t`. */
export interface Spiral {
  readonly radius: number;
  readonly growth: number;
  readonly angle: number;
  /** Radians per unit of time; above 0 against the clock. */
  readonly turn: number;
}

/** Where a spiral is at a time. */
export function spiralAt({ radius, growth, angle, turn }: Spiral, t: number): [x: number, y: number] {
  const [distance, direction] = [radius + growth * t, angle + turn * t];
  return [distance * Math.cos(direction), distance * Math.sin(direction)];
}

/** A spiral with what was seen of it. */
export interface ObservedSpiral {
  readonly spiral: Spiral;
  /** In rising order, within 0 and 1.   [observations] */
  readonly times: Float64Array;
  /** x and y with noise.   [observations, 2] */
  readonly values: Float64Array;
  /** 1 for each observation that is given, 0 for one that was dropped and may be asked for.   [observations] */
  readonly isGiven: Uint8Array;
}

/** How spirals are seen. */
export interface SimulateSpiralsOptions {
  readonly rng: RandomSource;
  /** 100 unless said; half of them turn either way. */
  readonly count?: number;
  /** Of each spiral, at times of its own: 50 unless said. */
  readonly observations?: number;
  /** Of each coordinate, 0.02 unless said. */
  readonly noiseSd?: number;
  /** The chance of an observation to be dropped, 0 unless said. The first is always given. */
  readonly dropped?: number;
}

/** Spirals of two to three turns, seen at random times. */
export function simulateSpirals({ rng, ...options }: SimulateSpiralsOptions): ObservedSpiral[] {
  const { count = 100, observations = 50, noiseSd = 0.02, dropped = 0 } = options;
  return Array.from({ length: count }, (_, i) => {
    const turn = (i % 2 === 0 ? 1 : -1) * 2 * Math.PI * (2 + uniformFrom(rng));
    const [radius, angle] = [0.2 + 0.2 * uniformFrom(rng), 2 * Math.PI * uniformFrom(rng)];
    const spiral = { radius, growth: 0.5 + 0.5 * uniformFrom(rng), angle, turn };
    const times = Float64Array.from({ length: observations }, () => uniformFrom(rng)).sort();
    const values = Float64Array.from([...times].flatMap((t) => spiralAt(spiral, t)));
    return {
      spiral,
      times,
      values: values.map((value) => value + noiseSd * normalFrom(rng)),
      isGiven: Uint8Array.from(times, (_, k) => (k === 0 || !happens(rng, dropped) ? 1 : 0)),
    };
  });
}
