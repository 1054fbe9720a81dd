import { expectation, type Experiment, experimentNamed, experiments } from '@hairpin/experiments';

/** Lists the experiments by the question that they answer, or tells all about one. */
export function listCommand(name: string | undefined, { json }: { readonly json?: boolean }): void {
  const chosen = name === undefined ? experiments : [experimentNamed(name)];
  if (json) console.log(JSON.stringify(chosen.map(({ run: _, ...record }) => record)));
  else console.log(name === undefined ? questions(chosen) : details(chosen[0]));
}

function questions(chosen: readonly Experiment[]): string {
  const widest = Math.max(...chosen.map((experiment) => experiment.name.length));
  return chosen.map((experiment) => `${experiment.name.padEnd(widest)}  ${experiment.question}`).join('\n');
}

function details({ name, question, rows, biology, equation, options, datasets = [] }: Experiment): string {
  const described = Object.entries(options).map(([option, it]) => {
    const quick = it.quick === undefined ? '' : `, ${JSON.stringify(it.quick)} in a quick run`;
    return `  ${option}=${JSON.stringify(it.default)}${quick}: ${it.says}; ${expectation(it)}`;
  });
  return [
    ...[`${name}: ${question}`, `answers rows ${rows.join(', ')}`, '', biology.replace(/\s+/g, ' '), '', equation, ''],
    ...(datasets.length > 0 ? [`data sets: ${datasets.join(', ')}`, ''] : []),
    ...['options, for hairpin run --set:', ...described],
  ].join('\n');
}
