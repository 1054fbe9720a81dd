import { simulateMethylation, type SimulatedMethylation } from '@hairpin/bio';
import { lineChart, selfFactors, stateJacobians } from '@hairpin/interpret';
import { Recurrent } from '@hairpin/layers';
import { tensor, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import { Adam, drawnBatches, fit, meanSquaredError, TrainStep } from '@hairpin/train';
import { atMost } from '../frame/bound';
import { type AveragingCell, movingAverage } from './averaging-cell';
import type { Context } from './experiment';

/** How much of its average each of the simulated sites keeps from step to step. */
const decays = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95];
const noiseSd = 0.05;

/** Lets the cell learn, from noisy series, how long each site remembers. */
export async function recoverDecays(context: Context): Promise<void> {
  const { report, phase, rng, options } = context;
  const { length } = options;
  phase('learning from simulated series');
  const cell = await learn(context, rng.fork('simulated'));
  const test = simulateMethylation({ rng: rng.fork('test'), decays, noiseSd, length, count: 50 });
  const given = tensor(test.methylated, { shape: test.shape });
  const values = await new Recurrent(cell).run(given).y.data();
  phase('reading what it learned');
  const learned = await learnedDecays(cell, given);
  const errors = decays.map((decay, site) => Math.abs(learned[site] - decay));
  report.number({
    ...{ row: 16, name: 'Learned decay, largest error of a site', value: Math.max(...errors) },
    ...{ threshold: atMost(0.01), quick: atMost(0.05) },
  });
  report.number({
    ...{ row: 16, name: 'Root mean squared error, in standard deviations of the noise' },
    ...{ value: rmse(values, test.measured) / noiseSd, threshold: atMost(1.05), quick: atMost(1.1) },
  });
  const name = 'The true average, in standard deviations of the noise';
  report.number({ row: 16, name, value: rmse(test.averages, test.measured) / noiseSd });
  showSites(context, { learned, values, test });
}

async function learn(context: Context, rng: Rng): Promise<AveragingCell> {
  const { options, onProgress, signal } = context;
  const keeps = decays.map(() => 0.5); // of the sites nothing is known but that 0 and 1 are what is averaged
  const cell = movingAverage({ keeps, slope: 12, middle: 0.5, rng: rng.fork('weights') });
  const net = new Recurrent(cell);
  const weights = net.parameters();
  const loss = ({ given, measured }: Series) => meanSquaredError(net.run(given).y, measured);
  const step = new TrainStep({ weights, optimizer: new Adam(weights), loss, clipNorm: 1 });
  await fit({
    ...{ step, onProgress, signal, epochs: Math.ceil(options.steps / 50) },
    loader: drawnBatches({ batches: 50, batchSize: 16, rng: rng.fork('series'), draw: draw(options.length) }),
    learningRate: (done) => options.learningRate * (1 - done),
  });
  step.dispose();
  return cell;
}

/** given, measured: [rows, length, sites] */
type Series = Readonly<Record<'given' | 'measured', Tensor>>;

const draw =
  (length: number) =>
  (rng: Rng, rows: number): Series => {
    const { methylated, measured, shape } = simulateMethylation({ rng, decays, noiseSd, length, count: rows });
    return { given: tensor(methylated, { shape }), measured: tensor(measured, { shape }) };
  };

/** ∂c_t/∂c_(t−1) of each unit, which is f: its mean over all steps. */
async function learnedDecays(cell: AveragingCell, xs: Tensor): Promise<number[]> {
  const init = cell.init(xs.shape[0], xs);
  const { values, shape } = selfFactors(await stateJacobians({ step: (state, x) => cell.step(state, x), init, xs }));
  const [batch, steps, width] = shape;
  const unit = (k: number) => width / 2 + k; // h comes before c
  const sum = (k: number) => values.reduce((total, value, at) => total + (at % width === k ? value : 0), 0);
  return decays.map((_, site) => sum(unit(site)) / (batch * steps));
}

const rmse = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.sqrt(Array.from(a, (value, i) => (value - b[i]) ** 2).reduce((sum, square) => sum + square) / a.length);

interface Recovered {
  readonly learned: readonly number[];
  /** [rows, length, sites] */
  readonly values: ArrayLike<number>;
  readonly test: SimulatedMethylation;
}

function showSites({ report, options: { length } }: Context, { learned, values, test }: Recovered): void {
  const site = decays.indexOf(0.9);
  const of = (series: ArrayLike<number>) =>
    Array.from({ length }, (_, t) => [t + 1, series[t * decays.length + site]] as const);
  report.heading('Learning how long each site remembers');
  report.table(
    'Part of its average that a site keeps in a step',
    ['simulated', 'learned', 'difference'],
    decays.map((decay, i) => [decay, learned[i], learned[i] - decay]),
  );
  const chart = {
    series: [
      { name: 'measured', points: of(test.measured), colour: '#bbb' },
      { name: 'true average', points: of(test.averages) },
      { name: 'memory of the cell', points: of(values), dash: '5 3' },
    ],
    ...{ x: { name: 'step' }, y: { name: 'methylation' }, legend: 'top-right' as const, width: 720 },
    ...{
      title: 'A site that keeps 0.9',
      description: 'Measured methylation, its true average and the memory of the cell',
    },
  };
  report.figure(
    lineChart(chart),
    'A series that was not trained on: what was measured, the true average, and the memory c of the cell.',
  );
}
