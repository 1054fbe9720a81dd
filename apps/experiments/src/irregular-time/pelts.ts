import { lineBatches } from '@hairpin/bio';
import type { Point } from '@hairpin/interpret';
import { Layer, odeint, type Sequential } from '@hairpin/layers';
import { add, exp, type Parameter, parameter, tensor, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import { Adam, meanSquaredError, TrainStep } from '@hairpin/train';
import type { DataStore } from '../frame/job';
import type { Context } from './experiment';
import { bend } from './nets';

/** Where they come from. */
export const peltSet = 'timeseries_lynx_hare';

/** Pelts of lynx and of hare, a pair for each year: logarithms of tens of thousands. */
export interface Pelts {
  readonly years: readonly number[];
  readonly logs: readonly (readonly [lynx: number, hare: number])[];
}

/** Undefined where the set is not here. */
export async function readPelts(data: DataStore): Promise<Pelts | undefined> {
  const input = await data.dataset(peltSet, 'hudson-bay-lynx-hare.csv');
  if (!input) return undefined;
  const [years, logs]: [number[], [number, number][]] = [[], []];
  for await (const lines of lineBatches(input))
    for (const line of lines) {
      const [year, lynx, hare] = line.split(',').map(Number);
      if (!Number.isFinite(hare)) continue; // a comment or the line of names
      years.push(year);
      logs.push([Math.log(lynx / 10), Math.log(hare / 10)]); // the file counts thousands
    }
  return { years, logs };
}

/** An equation for two populations, and where they start. */
abstract class Populations extends Layer {
  readonly start: Parameter = parameter(tensor([[0, 1]]));

  /** dy/dt.   y: [1, 2] */
  abstract override forward(y: Tensor): Tensor;
}

/** dy/dt = f_θ(y). */
export class AnyEquation extends Populations {
  readonly net: Sequential;

  constructor(rng: Rng) {
    super();
    this.net = bend(2, 8, 2, rng);
  }

  forward(y: Tensor): Tensor {
    return this.net.forward(y);
  }
}

/** (ln lynx)′ = −c + d·hare, (ln hare)′ = a − b·lynx (Lotka 1925, Volterra 1926). */
export class LotkaVolterra extends Populations {
  readonly alone: Parameter = parameter(tensor([[-0.8, 0.5]]));
  readonly meeting: Parameter = parameter(tensor([[0, -0.3], [0.3, 0]])); // prettier-ignore

  forward(y: Tensor): Tensor {
    return add(this.alone.read(), exp(y).matmul(this.meeting.read()));
  }
}

/** What an equation makes of every second year. */
export interface PeltFit {
  /** Root mean squared error of the logarithms in the years between, which it has not seen. */
  readonly rmse: number;
  /** Tens of thousands of lynx by year. */
  readonly lynx: readonly Point[];
}

const stepsPerYear = 2;

/** Fits an equation to the first, third, fifth … year. */
export async function fitPelts(
  { signal, progress }: Context,
  { years, logs }: Pelts,
  equation: Populations,
  steps: number,
): Promise<PeltFit> {
  const weights = equation.parameters();
  const times = years.map((year) => year - years[0]);
  const solve = () => odeint(equation, equation.start.read(), times, { method: 'rk4', steps: stepsPerYear });
  const loss = ({ y, seen }: { y: Tensor; seen: Tensor }) => meanSquaredError(solve(), y, { weights: seen });
  const step = new TrainStep({ weights, optimizer: new Adam(weights), loss, clipNorm: 1 });
  const batch = { y: tensor([logs.map((pair) => [...pair])]), seen: tensor([years.map((_, i) => 1 - (i % 2))]) };
  for (let i = 0; i < steps; i++) {
    signal.throwIfAborted();
    if (i % 100 === 0) progress({ done: i, total: steps });
    (await step.run(batch, 0.03 * Math.min(1, 2 - (2 * i) / steps))).dispose();
  }
  step.dispose();
  const found = await solve().data();
  const between = logs.flatMap((pair, i) => (i % 2 ? pair.map((log, k) => found[2 * i + k] - log) : []));
  return { rmse: rms(between), lynx: years.map((year, i) => [year, Math.exp(found[2 * i])] as const) };
}

/** The same error of a straight line from year to year. */
export const rmseOfLines = ({ logs }: Pelts): number =>
  rms(
    logs
      .slice(1, -1)
      .flatMap((pair, i) => (i % 2 ? [] : pair.map((log, k) => (logs[i][k] + logs[i + 2][k]) / 2 - log))),
  );

const rms = (errors: readonly number[]): number => Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);
