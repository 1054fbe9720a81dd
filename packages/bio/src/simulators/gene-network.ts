import { normalFrom, uniformFrom } from '../random-source';
import type { RandomSource } from '../random-source';

/** A gene that acts on another. */
export interface Regulation {
  readonly from: number;
  readonly to: number;
  readonly sign: 'activates' | 'represses';
  /** Units of time until it shows, at least 0. */
  readonly delay: number;
}

/** Genes that regulate each other. */
export interface GeneNetwork {
  readonly genes: number;
  readonly regulations: readonly Regulation[];
  /** Half-way level of a regulation, 1 unless said. */
  readonly threshold?: number;
  /** Steepness of a regulation (Hill), 4 unless said. */
  readonly steepness?: number;
  /** Production at its most, per unit of time: 3 unless said. */
  readonly production?: number;
  /** Share lost per unit of time, 1 unless said. */
  readonly decay?: number;
}

/** When a network is looked at. */
export interface SimulateNetworkOptions extends GeneNetwork {
  readonly rng: RandomSource;
  /** In rising order, from 0. */
  readonly times: readonly number[];
  /** The levels up to time 0; random within 0 and 2 unless said.   [genes] */
  readonly start?: readonly number[];
  /** Of each measurement, as a share of its level: 0 unless said. */
  readonly noiseSd?: number;
}

/** Levels over time. */
export interface SimulatedNetwork {
  /** [times, genes] */
  readonly levels: Float64Array;
  /** levels·(1 + noise).   [times, genes] */
  readonly measured: Float64Array;
}

const STEP = 0.005; // units of time; Euler's error is then some 0.2 % of the fastest rates here

/**
 * Messenger levels of a network with delays, x′ = production·Π h(x_from(t − delay)) − decay·x with Hill's h, which rises with an
 * activator and falls with a repressor. Three genes that repress each other in a ring oscillate (Elowitz & Leibler 2000).
 * @throws RangeError for genes that there are not, and for times that fall
 */
export function simulateNetwork({ rng, times, noiseSd = 0, ...network }: SimulateNetworkOptions): SimulatedNetwork {
  checkNetwork(network, times);
  const { genes } = network;
  const start = network.start ?? Array.from({ length: genes }, () => 2 * uniformFrom(rng));
  const path: (readonly number[])[] = [start];
  const levels = times.flatMap((time) => {
    const steps = Math.round(time / STEP);
    while (path.length <= steps) path.push(stepped(path, network));
    return path[steps];
  });
  return {
    levels: Float64Array.from(levels),
    measured: Float64Array.from(levels, (level) => level * (1 + noiseSd * normalFrom(rng))),
  };
}

function stepped(path: readonly (readonly number[])[], network: GeneNetwork): number[] {
  const { regulations, threshold = 1, steepness = 4, production = 3, decay = 1 } = network;
  const now = path[path.length - 1];
  return now.map((level, gene) => {
    let rate = production;
    for (const { from, to, sign, delay } of regulations) {
      if (to !== gene) continue;
      const before = path[Math.max(path.length - 1 - Math.round(delay / STEP), 0)];
      const repressed = 1 / (1 + (before[from] / threshold) ** steepness);
      rate *= sign === 'represses' ? repressed : 1 - repressed;
    }
    return level + STEP * (rate - decay * level);
  });
}

function checkNetwork({ genes, regulations }: GeneNetwork, times: readonly number[]): void {
  const isGene = (gene: number) => Number.isInteger(gene) && gene >= 0 && gene < genes;
  const wrong = regulations.find(({ from, to, delay }) => !isGene(from) || !isGene(to) || !(delay >= 0));
  if (wrong) {
    const { from, to, delay } = wrong;
    throw new RangeError(
      `simulateNetwork: expected genes below ${genes} and a delay of at least 0, got ${from} → ${to}, delay ${delay}`,
    );
  }
  const falls = times.findIndex((time, i) => !(time >= (i === 0 ? 0 : times[i - 1])));
  if (falls >= 0) throw new RangeError(`simulateNetwork: expected times that rise from 0, got ${times[falls]}`);
}
