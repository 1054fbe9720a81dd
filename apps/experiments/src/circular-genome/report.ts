import { atLeast, atMost, exactly } from '../frame/bound';
import type { Circle } from './circles';
import type { Context } from './experiment';
import type { GeneReader } from './gene-reader';
import { acrossOrigin, foundFrom, stopsFound } from './genes';
import type { LapStudy } from './laps';
import { accuracyOf, drawCircles, learn } from './learn';
import { callsFromOrigins, filtersTurning, type Turning, turning } from './measure';
import { errorByLap, mapOf } from './pictures';

/** What laps leave of the cut, by spectral radius and length. */
export function reportLaps({ report }: Context, studies: readonly LapStudy[]): void {
  const twice = ({ errors }: LapStudy) => errors[1][1];
  const wild = studies.filter(({ radius }) => radius === 1.6).map(twice);
  const row = { row: 40 };
  report.number({
    ...row,
    name: 'two laps, ρ = 1.6: the least error of T = 50, 100, 200',
    value: Math.min(...wild),
    threshold: atLeast(0.04),
  });
  report.number({ ...row, name: 'two laps, ρ = 1.6: the largest', value: Math.max(...wild), threshold: atMost(1.9) });
  const settled = studies.flatMap((study) => study.settled ?? []);
  report.number({
    ...{ ...row, name: `error where the state settled, ${settled.length} of ${studies.length} random nets` },
    ...{ value: Math.max(...settled.map(({ error }) => error)), threshold: atMost(1e-5) },
  });
  report.heading('What laps leave of the cut');
  report.figure(
    errorByLap(studies),
    'Nets with random weights on circles of 100 letters. Below 1e−7 there is nothing left but rounding.',
  );
  report.table(
    'Error of two laps, the largest |f(rot x) − rot f(x)|, beside what λ₁ foretells',
    ['ρ', 'T', 'λ₁', 'exp(λ₁T)', 'error of two laps', 'laps to settle', 'error then'],
    studies.map((study) => [
      ...[String(study.radius), study.length, study.exponent, Math.exp(study.exponent * study.length), twice(study)],
      ...(study.settled ? [study.settled.laps, study.settled.error] : ['never', '–']),
    ]),
  );
}

/** What random cuts in training are good for. Gives the reader that learned so. */
export async function learnBothWays(context: Context): Promise<GeneReader> {
  const { report, rng, options: { codons } } = context; // prettier-ignore
  const [fixed, free] = [await learn(context, 'at a gene'), await learn(context, 'anywhere')];
  context.phase('reading new circles');
  const circles = drawCircles(rng.fork('new circles'), 16, { cut: 'anywhere', codons });
  const rows: (string | number)[][] = [];
  for (const [cut, reader] of Object.entries({ 'where a gene begins': fixed, anywhere: free }))
    for (const laps of [1, 2]) {
      const { nearCut, elsewhere } = await accuracyOf(reader, circles, { codons, laps });
      rows.push([`cut ${cut}, read in ${laps === 1 ? 'one lap' : 'two laps'}`, nearCut, elsewhere]);
    }
  report.heading('Where training circles are cut');
  report.table(
    'Share of positions whose gene and strand are right, on new circles cut anywhere',
    ['learned on circles', 'up to 30 letters from the cut', 'elsewhere'],
    rows,
  );
  return free;
}

/** How far the reader is from turning with each circle. */
export async function reportTurning(context: Context, reader: GeneReader, circles: readonly Circle[]): Promise<void> {
  const rows: Turning[] = [];
  for (const circle of circles) {
    context.phase(`turning ${circle.name}`);
    rows.push(await turning(context, reader, circle));
  }
  for (const { circle, settled } of rows)
    context.report.number({
      ...{ row: 40, name: `net: max |f(rot x) − rot f(x)|, ${circle.name}`, value: settled, threshold: atMost(1e-5) },
    });
  context.report.heading('The reader on circles');
  context.report.table(
    'Largest difference between rotations of the probability of a gene',
    ['', 'bp', 'one lap', 'two laps', 'until it settles', 'laps'],
    rows.map(({ circle, once, twice, settled, laps }) => [
      circle.name,
      circle.sequence.length,
      once,
      twice,
      settled,
      laps,
    ]),
  );
}

/** Filters turn with the circle if they close round it. */
export async function reportFilters(context: Context, circles: readonly Circle[]): Promise<void> {
  context.phase('turning circles under filters');
  for (const circle of circles) {
    const value = await filtersTurning(context, circle, 'circular');
    context.report.number({
      row: 40,
      name: `filters that close round the circle: the same, ${circle.name}`,
      value,
      threshold: exactly(0),
    });
  }
  const value = await filtersTurning(context, circles[0], 'same');
  context.report.number({ name: `filters, zeros beyond the ends: the same, ${circles[0].name}`, value });
}

/** Genes across the origin from every rotation, and gene calls from random origins. */
export async function reportGenes(context: Context, reader: GeneReader, circle: Circle): Promise<void> {
  const { report, options: { rotations } } = context; // prettier-ignore
  const { sequence, genes, name } = circle;
  context.phase(`looking for the genes of ${name} from every origin`);
  const count = Math.min(rotations, sequence.length);
  const turns = Array.from({ length: count }, (_, i) => Math.floor((i * sequence.length) / count));
  const across = acrossOrigin(circle);
  const shares = foundFrom(sequence, across, { turns, isCircular: true });
  const onLine = foundFrom(sequence, across, { turns, isCircular: false });
  across.forEach(({ name }, i) => {
    report.number({
      row: 40,
      name: `gene ${name}, across the origin: share of ${count} rotations that find it`,
      value: shares[i],
      threshold: exactly(1),
    });
    report.number({ name: `gene ${name} on the line that a record is`, value: onLine[i] });
  });
  context.phase(`calling the genes of ${name} from random origins`);
  const found = await callsFromOrigins(context, reader, circle);
  const { origins } = context.options;
  report.number({
    row: 40,
    name: `share of ${origins} random origins with identical gene calls`,
    value: found.same,
    threshold: exactly(1),
  });
  report.number({ name: 'the same in one lap on the line', value: found.sameOnLine });
  report.heading('Genes');
  const stops = stopsFound(found.calls, genes, sequence.length);
  report.text(
    `The reader calls ${found.calls.length} genes, among them ${stops} of the ${genes.length} of ${name}; what it knows of genes it has from simulated ones, whose codons are not those of ${name}.`,
  );
  report.figure(
    mapOf(circle, found),
    `Genes of ${name}, what the reader says, and what one lap from the origin says differently.`,
  );
}
