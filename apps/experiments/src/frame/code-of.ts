import type { ExperimentResult } from './run-experiment';

/** The lines of a program that runs the same again. */
export function codeOf({ experiment, size, seed, options, device }: ExperimentResult): string {
  const chosen = Object.keys(options).length > 0 ? `, options: ${JSON.stringify(options)}` : '';
  return `import { experimentNamed, experimentPage, runExperiment } from '@hairpin/experiments';
import { openDevice } from '@hairpin/tensors';

const settings = { size: '${size}', seed: ${seed}${chosen} };
const device = await openDevice('${device}');
const result = await runExperiment(experimentNamed('${experiment}'), settings, { device });
console.log(result.numbers, experimentPage(result));`;
}
