import { type Experiment, type ExperimentResult, formatNumber, type Size } from '@hairpin/experiments';
import { acrossSeeds, isMissed, type Measurement } from './across-seeds';
import { isFailed, type Outcome } from './outcome';

/** What a page of results tells of. */
export interface Verification {
  readonly size: Size;
  /** How many seeds each experiment should be run with. */
  readonly seeds: number;
  readonly experiments: readonly Pick<Experiment, 'name' | 'question' | 'rows'>[];
  /** What there is so far, in any order. */
  readonly outcomes: readonly Outcome[];
}

/** Runs of one experiment, and what they measured. */
interface Part extends Pick<Experiment, 'name' | 'question' | 'rows'> {
  readonly outcomes: readonly Outcome[];
  readonly measurements: readonly Measurement[];
}

/** A page of Markdown: what was measured beside what it should be, what was missed said as plainly as what was met. */
export function resultsPage({ size, seeds, experiments, outcomes }: Verification): string {
  const parts = experiments.map((experiment): Part => {
    const own = outcomes.filter((outcome) => outcome.experiment === experiment.name);
    const bySeed = own.toSorted((a, b) => a.seed - b.seed);
    return { ...experiment, outcomes: bySeed, measurements: acrossSeeds(bySeed) };
  });
  const sections = [...opening(parts, size), ...byRow(parts), ...parts.flatMap((part) => ofOne(part, size, seeds))];
  return `${sections.join('\n\n')}\n`;
}

function opening(parts: readonly Part[], size: Size): string[] {
  const judged = parts.flatMap(({ measurements }) => measurements).filter(({ thresholds }) => thresholds.length > 0);
  const missed = judged.filter(isMissed);
  const command = size === 'quick' ? 'hairpin verify --size quick' : 'hairpin verify';
  const quick = size === 'quick' ? ' These are quick runs, whose bounds are weaker than those that count.' : '';
  return [
    '# Results',
    `Written by \`${command}\`, which runs every experiment with several seeds.${quick}`,
    `${judged.length - missed.length} of ${judged.length} thresholds are met by every seed that was run.`,
    ...shortcomings(missed, parts),
  ];
}

/** What was missed, what failed and what has not been run. */
function shortcomings(missed: readonly Measurement[], parts: readonly Part[]): string[] {
  const misses = missed.map(
    (it) =>
      `- row ${it.row ?? '–'}, ${it.experiment}: ${it.name} should be ${boundOf(it)} and is ${eachSeed(it)}; ` +
      `${it.met} of ${it.of} seeds meet it`,
  );
  const failures = parts.flatMap(({ outcomes }) =>
    outcomes.filter(isFailed).map(({ experiment, seed, error }) => `- ${experiment}, seed ${seed}, failed: ${error}`),
  );
  const absent = parts.filter(({ outcomes }) => outcomes.length === 0).map(({ name }) => `- ${name} has not been run`);
  const all = [...misses, ...failures, ...absent];
  return all.length === 0 ? [] : ['## What is not as it should be', all.map(escaped).join('\n')];
}

const eachSeed = ({ values, unit }: Measurement): string =>
  values.map(({ seed, value }) => `${valueText(value, unit)} (seed ${seed})`).join(', ');

function byRow(parts: readonly Part[]): string[] {
  const judged = parts
    .flatMap(({ measurements }) => measurements)
    .filter(({ thresholds }) => thresholds.length > 0)
    .toSorted((a, b) => (a.row ?? Infinity) - (b.row ?? Infinity)); // stable: then by experiment and report
  if (judged.length === 0) return [];
  const columns = ['Row', 'Experiment', 'Number', 'Should be', 'Measured', 'Met by', ''];
  const rows = judged.map((it) => [
    ...[String(it.row ?? '–'), it.experiment, it.name, boundOf(it), measured(it)],
    ...[`${it.met} of ${it.of}`, isMissed(it) ? '✗ missed' : '✓'],
  ]);
  return ['## Row by row', 'Measured: mean ± standard deviation over the seeds.', table(columns, rows)];
}

const boundOf = ({ thresholds, goals }: Measurement): string =>
  `${thresholds.join(' / ')}${goals.length > 0 ? ` (goal ${goals.join(' / ')})` : ''}`;

function measured({ mean, sd, unit, values }: Measurement): string {
  const lost = values.filter(({ value }) => value === null).length;
  const text = mean === null ? 'not a number' : `${formatNumber(mean)}${sd === null ? '' : ` ± ${formatNumber(sd)}`}`;
  const missing = lost > 0 && mean !== null ? `; not a number for ${lost} of ${values.length}` : '';
  return `${text}${unit && mean !== null ? ` ${unit}` : ''}${missing}`;
}

const valueText = (value: number | null, unit: string | undefined): string =>
  value === null ? 'not a number' : `${formatNumber(value)}${unit ? ` ${unit}` : ''}`;

function ofOne({ name, question, rows, outcomes, measurements }: Part, size: Size, seeds: number): string[] {
  const command = `hairpin verify ${name}${size === 'quick' ? ' --size quick' : ''} --seeds ${seeds}`;
  const answers = `${question} (${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')})`;
  const others = measurements.filter(({ thresholds }) => thresholds.length === 0);
  return [
    `## ${name}`,
    escaped(answers),
    `\`\`\`sh\n${command}\n\`\`\``,
    ...(outcomes.length < seeds ? [`${outcomes.length} of ${seeds} seeds have been run.`] : []),
    ...remarks(outcomes),
    ...(outcomes.length > 0 ? [runsTable(outcomes)] : []),
    ...(others.length > 0 ? ['To compare with:', comparisons(others)] : []),
  ];
}

/** What the numbers were measured on, and what the runs say that their reader must know: each once. */
function remarks(outcomes: readonly Outcome[]): string[] {
  const results = outcomes.filter((outcome): outcome is ExperimentResult => !isFailed(outcome));
  const sources = results.flatMap(({ sources: own }) => own);
  const notes = results.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'note' ? block.text : [])));
  return [...new Set([...sources, ...notes.map((note) => `Note: ${note}`)])].map(escaped);
}

function runsTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) => {
    const { seed, run } = outcome;
    const when = [run.date ?? '–', run.version ?? '–'];
    if (isFailed(outcome)) return [String(seed), `failed: ${outcome.error}`, '–', '–', ...when];
    return [String(seed), outcome.device, outcome.adapter, String(Math.round(outcome.seconds)), ...when];
  });
  return table(['Seed', 'Device', 'Adapter', 'Seconds', 'Date', 'Version'], rows);
}

function comparisons(measurements: readonly Measurement[]): string {
  const rows = measurements.map((it) => [String(it.row ?? '–'), it.name, measured(it)]);
  return table(['Row', 'Number', 'Measured'], rows);
}

/** A table of Markdown; cells may hold any text. */
function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text that Markdown shows as it stands. */
const escaped = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\|<*_`[\]]/g, '\\$&');
