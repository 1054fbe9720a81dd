import { localDataLibrary } from '@hairpin/bio/node';
import {
  dataStore,
  experimentNamed,
  experimentPage,
  type ExperimentResult,
  parseOption,
  runExperiment,
  type RunSettings,
  type Size,
} from '@hairpin/experiments';
import { fileStore } from '../files/file-store';
import { intoFolder } from '../into-folder';
import { runFacts } from '../run-facts';
import { sayResult } from '../say-result';
import { UserError } from '../user-error';
import { withDevice } from '../with-device';
import { numbersText } from './numbers-text';

/** The options of `hairpin run`, as the command line gives them. */
export interface RunFlags {
  readonly size: Size;
  readonly seed: number;
  readonly set: readonly string[];
  readonly out?: string;
  readonly device?: 'webgpu' | 'cpu';
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Runs an experiment and writes its report: both files, or none and an error. */
export async function runCommand(name: string, flags: RunFlags): Promise<void> {
  const settings = settingsOf(name, flags);
  await intoFolder(flags.out ?? `hairpin-${name}`, flags, async ({ folder, teller, signal }) => {
    const result = await withDevice(flags.device, async (device) => {
      teller.say((await device.backend()).label);
      const data = dataStore(localDataLibrary(), fileStore.open);
      return runExperiment(experimentNamed(name), settings, {
        device,
        data,
        signal,
        run: runFacts(),
        onEvent: teller.tell,
      });
    });
    await folder.write({
      'report.html': experimentPage(result),
      'result.json': `${JSON.stringify(result, undefined, 2)}\n`,
    });
    teller.end();
    show(result, flags, folder.file('report.html'));
  });
}

/** @throws UserError, InputError where the settings are none of this experiment */
function settingsOf(name: string, { size, seed, set }: RunFlags): RunSettings {
  const { options } = experimentNamed(name);
  const chosen = set.map((assignment) => {
    const [, option, written] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
    if (option === undefined) throw new UserError(`--set ${assignment}: expected name=value, as in length=100`);
    if (!Object.hasOwn(options, option))
      throw new UserError(
        `--set ${assignment}: ${name} has no option ${option}; it has ${Object.keys(options).join(', ') || 'none'}`,
      );
    return [option, parseOption(option, options[option], written)];
  });
  return { size, seed, options: Object.fromEntries(chosen) };
}

function show(result: ExperimentResult, flags: RunFlags, report: string): void {
  const text = `${numbersText(result.numbers)}\nreport ${report}`;
  const { experiment, device, seconds, numbers } = result;
  sayResult(text, { experiment, device, seconds, numbers: numbers.map(complete), report }, flags);
}

/** Every key is there, so that a program need not ask. */
const complete = (number: ExperimentResult['numbers'][number]) => {
  const { name, value, unit = null, threshold = null, pass, row = null } = number;
  return { name, value, unit, threshold, pass, row };
};
