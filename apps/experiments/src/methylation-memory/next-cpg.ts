import { Layer, Recurrent } from '@hairpin/layers';
import { compile, type Parameter, parameter, softmax, tensor, type Tensor, zeros } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import { Adam, drawnBatches, fit, meanSquaredError, TrainStep } from '@hairpin/train';
import { exactly } from '../frame/bound';
import { AveragingCell } from './averaging-cell';
import { chromosome, type Cpg } from './chromosome';
import type { Context } from './experiment';

/** Memories of several spans, and a weighted mean of them: between 0 and 1 as they are.   x: [batch, length, 4] → [batch, length] */
class NextCpg extends Layer {
  readonly net: Recurrent;
  readonly mixture: Parameter; // [units]

  constructor({ units, rng }: { units: number; rng: Rng }) {
    super();
    this.net = new Recurrent(new AveragingCell({ in: 4, hidden: units, rng }));
    this.mixture = parameter(zeros([units]));
  }

  forward(x: Tensor): Tensor {
    return this.net.forward(x).mul(softmax(this.mixture.read(), 0)).sum(2);
  }
}

const window = 64;

/** Foretells the methylation of the next CpG on a chromosome from those before it. */
export async function foretellNext(context: Context): Promise<void> {
  const { data, report, note, phase } = context;
  const samples = await chromosome(data);
  if (!samples) return note('The data set methylation_chr21 is not here: all series are simulated.');
  const counts = samples.map((cpgs) => cpgs.length).join(' and ');
  report.data(`methylation_chr21: ${counts} CpGs of human chromosome 21 in two samples; the last 30 % are kept apart.`);
  phase('learning from a chromosome');
  const model = await learn(context, samples);
  const test = samples.map((cpgs) => ({ cpgs, first: trainedUpTo(cpgs) }));
  const own = await Promise.all(test.map(({ cpgs }) => foretold(model, cpgs)));
  const outside = own.flatMap((values) => Array.from(values)).filter((value) => !(value >= 0 && value <= 1)).length;
  report.number({ row: 16, name: 'Next CpG of chromosome 21, answers outside 0 to 1', value: outside, threshold: exactly(0) }); // prettier-ignore
  const decay = bestDecay(samples);
  const rules: [string, (cpgs: readonly Cpg[], sample: number) => ArrayLike<number>][] = [
    ['the cell', (_, sample) => own[sample]],
    [`a moving average that keeps ${decay}`, (cpgs) => averages(cpgs, decay)],
    ['the CpG before', (cpgs) => averages(cpgs, 0)],
    ['the mean of what was learned from', (cpgs) => cpgs.map(() => mean(cpgs.slice(0, trainedUpTo(cpgs))))],
  ];
  const errors = rules.map(([name, rule]) => {
    const squares = test.flatMap(({ cpgs, first }, sample) => squaredErrors(cpgs, rule(cpgs, sample), first));
    return [name, Math.sqrt(squares.reduce((sum, square) => sum + square) / squares.length)] as const;
  });
  report.heading('On a chromosome');
  report.table('Root mean squared error of the next CpG', ['foretold by', 'error'], errors);
  report.number({
    row: 16,
    name: 'Next CpG of chromosome 21, root mean squared error of the cell',
    value: errors[0][1],
  });
  report.number({ row: 16, name: 'The same of the best moving average', value: errors[1][1] });
}

async function learn(context: Context, samples: readonly (readonly Cpg[])[]): Promise<NextCpg> {
  const { options, onProgress, signal } = context;
  const rng = context.rng.fork('chromosome');
  const model = new NextCpg({ units: 8, rng: rng.fork('weights') });
  const weights = model.parameters();
  const loss = ({ x, y }: Windows) => meanSquaredError(model.forward(x), y);
  const step = new TrainStep({ weights, optimizer: new Adam(weights), loss, clipNorm: 1 });
  const draw = (from: Rng, rows: number) => windows(samples, from, rows);
  await fit({
    ...{ step, onProgress, signal, epochs: Math.ceil(options.chromosomeSteps / 50) },
    loader: drawnBatches({ batches: 50, batchSize: 32, rng: rng.fork('windows'), draw }),
    learningRate: (done) => options.learningRate * (1 - done),
  });
  step.dispose();
  return model;
}

/** x: [rows, window, 4], y: [rows, window] */
type Windows = Readonly<Record<'x' | 'y', Tensor>>;

function windows(samples: readonly (readonly Cpg[])[], rng: Rng, rows: number): Windows {
  const drawn = Array.from({ length: rows }, () => {
    const cpgs = rng.choice(samples);
    const from = rng.integer(trainedUpTo(cpgs) - window);
    return cpgs.slice(from, from + window + 1);
  });
  return { x: inputs(drawn), y: tensor(drawn.map((cpgs) => cpgs.slice(1).map(({ methylated }) => methylated))) };
}

/** Of each CpG but the last: its methylation, the ways to those before and after it, and whether the next lies in an island. */
const inputs = (series: readonly (readonly Cpg[])[]): Tensor =>
  tensor(
    series.map((cpgs) =>
      cpgs.slice(0, -1).map(({ methylated, position }, i) => {
        const next = cpgs[i + 1];
        const before = cpgs[Math.max(0, i - 1)].position;
        return [methylated, wayOf(position - before), wayOf(next.position - position), Number(next.isInIsland)];
      }),
    ),
  );

const wayOf = (bp: number): number => Math.log10(1 + bp) / 3;

/** What is said of each CpG but the first. */
async function foretold(model: NextCpg, cpgs: readonly Cpg[]): Promise<ArrayLike<number>> {
  const run = compile((x: Tensor) => model.forward(x));
  const y = await run(inputs([cpgs]));
  return y.data();
}

const trainedUpTo = (cpgs: readonly Cpg[]): number => Math.floor(0.7 * cpgs.length);

const mean = (cpgs: readonly Cpg[]): number => cpgs.reduce((sum, { methylated }) => sum + methylated, 0) / cpgs.length;

/** A moving average before each CpG but the first. */
function averages(cpgs: readonly Cpg[], decay: number): number[] {
  let average = cpgs[0].methylated;
  return cpgs.slice(0, -1).map(({ methylated }) => (average = decay * average + (1 - decay) * methylated));
}

/** The decay that foretells best what was learned from. */
function bestDecay(samples: readonly (readonly Cpg[])[]): number {
  const candidates = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);
  const error = (decay: number) =>
    samples
      .map((cpgs) => cpgs.slice(0, trainedUpTo(cpgs)))
      .flatMap((cpgs) => squaredErrors(cpgs, averages(cpgs, decay), 1))
      .reduce((sum, square) => sum + square);
  return candidates.reduce((best, decay) => (error(decay) < error(best) ? decay : best));
}

/** Of the CpGs from `first` on. @param said for each CpG but the first */
const squaredErrors = (cpgs: readonly Cpg[], said: ArrayLike<number>, first: number): number[] =>
  cpgs.slice(first).map(({ methylated }, i) => (methylated - said[first + i - 1]) ** 2);
