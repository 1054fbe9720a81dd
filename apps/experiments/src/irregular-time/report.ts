import { atMost, within } from '../frame/bound';
import { oscillatorSet, readOscillators } from './brusselator';
import type { Context } from './experiment';
import { learn, type SeriesNet, type Source, tester } from './learn';
import { EquationNet, GapNet } from './nets';
import { AnyEquation, fitPelts, LotkaVolterra, peltSet, readPelts, rmseOfLines } from './pelts';
import { errorByDropped, errorBySteps, lynxByYear, spiralsBetween } from './pictures';
import { drawSpirals, type Series } from './series';
import { solverFacts } from './solver';

const shares = [0.3, 0.4, 0.5, 0.6, 0.7];

/** Orders, tolerances and gradients of the solver. */
export async function reportSolver(context: Context): Promise<void> {
  const { report } = context;
  const { orders, adaptive, errorWeights, adjoint } = await solverFacts(context);
  for (const [name, value, wanted] of [
    ['Euler', orders.euler, 1],
    ['midpoint', orders.midpoint, 2],
    ['RK4', orders.rk4, 4],
  ] as const)
    // prettier-ignore
    report.number({ row: 19, name: `order of convergence, ${name}`, value, threshold: within(wanted - 0.1, wanted + 0.1) });
  const name = 'error weights of Dormand–Prince: largest difference from Shampine’s';
  report.number({ row: 19, name, value: errorWeights, threshold: atMost(1e-15) });
  const relative = 'adjoint gradient: relative difference from that through the steps';
  report.number({ row: 19, name: relative, value: adjoint, threshold: atMost(1e-4) });
  report.heading('The solver');
  report.table(
    'Dormand–Prince on a spiral that winds inwards, in double precision',
    ['tolerance', 'error at t = 10', 'slopes asked for'],
    adaptive.map(({ tolerance, error, evaluations }) => [tolerance.toExponential(), error, evaluations]),
  );
}

/** Nets of as many units: an equation, a GRU that is told the gaps, and at full size one that reads them both ways. */
function makeNets({ options: { hidden, method }, rng, size }: Context): Record<string, SeriesNet> {
  const net = rng.fork('nets');
  const gaps = (direction: 'forward' | 'bidirectional') => new GapNet({ hidden, direction, rng: net.fork(direction) });
  return {
    'Neural ODE': new EquationNet({ hidden, method, rng: net.fork('equation') }),
    'GRU-Δt': gaps('forward'),
    ...(size === 'full' && { 'GRU-Δt, both ways': gaps('bidirectional') }),
  };
}

/** Spirals of which more and more is dropped. */
export async function reportSpirals(context: Context): Promise<void> {
  const { report, rng, size, options: { observations, batch, steps } } = context; // prettier-ignore
  const spirals = (name: string, dropped: number) => drawSpirals(rng.fork(name), batch, { observations, dropped });
  const source: Source = {
    draw: (own, rows) => drawSpirals(own, rows, { observations, dropped: 0.3 + 0.4 * own.next() }),
    validation: spirals('validation', 0.5),
  };
  const tests = shares.map((share) =>
    Array.from({ length: size === 'quick' ? 1 : 4 }, (_, i) => spirals(`test ${share} ${i}`, share)),
  );
  const learned: Record<string, Awaited<ReturnType<typeof learn>> & { errors: number[] }> = {};
  for (const [name, net] of Object.entries(makeNets(context))) {
    const found = await learn(context, `${name} on spirals`, net, source, steps);
    learned[name] = { ...found, errors: await errorsOf(net, tests) };
  }
  const [ode, gru, both] = Object.values(learned).map(({ errors }) => errors);
  const middle = shares.indexOf(0.5);
  report.number({
    ...{ row: 19, name: 'spirals, half of the points dropped: squared error of the Neural ODE in parts of GRU-Δt’s' },
    ...{ value: ode[middle] / gru[middle], threshold: atMost(0.5), quick: atMost(3) },
  });
  if (both) report.number({ name: 'the same in parts of GRU-Δt’s, both ways', value: ode[middle] / both[middle] });
  report.number({
    ...{ row: 19, name: 'largest factor by which the error grows where a tenth more is dropped' },
    ...{ value: Math.max(...ode.slice(1).map((error, i) => error / ode[i])), threshold: atMost(2), quick: null },
  });
  report.heading('Spirals');
  report.table(
    'Mean squared error at the points that were dropped, by their share',
    ['', ...shares.map((share) => `${100 * share} %`)],
    Object.entries(learned).map(([name, { errors }]) => [name, ...errors]),
  );
  report.figure(
    errorByDropped(shares, learned),
    'Mean squared error at dropped points. Always 0 would be wrong by about 0.28.',
  );
  report.figure(errorBySteps(learned), 'The same on other spirals while the nets learn, half of the points dropped.');
  report.figure(
    await spiralsBetween(learned, tests[middle][0]),
    'A spiral: what was seen, what was asked for, and what the nets say.',
  );
}

async function errorsOf(net: SeriesNet, tests: readonly (readonly Series[])[]): Promise<number[]> {
  const errors: number[] = [];
  for (const all of tests) errors.push(await tester(net, all)());
  return errors;
}

/** A chemical oscillator, seen now and then. */
export async function reportOscillators(context: Context): Promise<void> {
  const { report, data, rng, options: { oscillatorSteps } } = context; // prettier-ignore
  const source = await readOscillators(data, rng.fork('oscillators'));
  if (!source) return context.note(`The set ${oscillatorSet} is not here: spirals alone are measured.`);
  report.data(`${oscillatorSet}: 1 000 series of a chemical oscillator, 700 to learn from, 192 to test.`);
  const errors: [string, number][] = [];
  for (const [name, net] of Object.entries(makeNets(context))) {
    await learn(context, `${name} on oscillators`, net, source, oscillatorSteps);
    errors.push([name, await tester(net, source.test)()]);
  }
  report.heading('A chemical oscillator');
  report.number({
    name: 'oscillators: squared error of the Neural ODE in parts of GRU-Δt’s',
    value: errors[0][1] / errors[1][1],
  });
  report.table('Mean squared error at the half of the times that was hidden, noise included', ['', 'error'], errors);
}

/** Lynx and hare. */
export async function reportPelts(context: Context): Promise<void> {
  const { report, data, rng, phase, options: { peltSteps } } = context; // prettier-ignore
  const pelts = await readPelts(data);
  if (!pelts) return context.note(`The set ${peltSet} is not here.`);
  report.data(`${peltSet}: pelts of lynx and hare, 1900 to 1920.`);
  phase('lynx and hare');
  const any = await fitPelts(context, pelts, new AnyEquation(rng.fork('any equation')), peltSteps);
  const named = await fitPelts(context, pelts, new LotkaVolterra(), peltSteps);
  report.heading('Lynx and hare');
  report.table(
    'Root mean squared error of the logarithm in every second year, which was not seen',
    ['', 'error'],
    [['dy/dt = f_θ(y)', any.rmse], ['Lotka–Volterra', named.rmse], ['a line between the years beside it', rmseOfLines(pelts)]], // prettier-ignore
  );
  report.figure(
    lynxByYear(pelts, { f_θ: any.lynx, 'Lotka–Volterra': named.lynx }),
    'Pelts of lynx; equations were fitted to every second year.',
  );
}
