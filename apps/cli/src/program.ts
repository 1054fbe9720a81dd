import { Command, InvalidArgumentError, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { discoverCommand } from './discover/command';
import { listCommand } from './list/command';
import { runCommand } from './run/command';

/** The `hairpin` command with all that it can do. */
export function program(): Command {
  const hairpin = new Command('hairpin')
    .description('Train a sequence model and see what it learned.')
    .version(manifest.version)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) =>
        write(
          `${text
            .trim()
            .replace(/^error: /, 'hairpin: ')
            .replaceAll('\n', ' ')}\n`,
        ),
    });
  hairpin
    .command('discover')
    .description('Learn a motif from sequences that share it, and write a report.')
    .argument('[peaks]', 'FASTA file, gzipped or not; without one, sequences are simulated')
    .option('--negatives <file>', 'FASTA file of sequences without the motif, or "shuffle"', 'shuffle')
    .option('--hold-out <chromosomes>', 'measure on these, as in chr10,chr11 (default: a random fifth)', listOf)
    .option('--seed <n>', 'what is random follows from it', wholeFrom(0), 1)
    .option('--epochs <n>', 'train at most so long (default: by the number of sequences)', wholeFrom(1))
    .option('--out <folder>', 'where report, motifs and model go', 'hairpin-report')
    .addOption(new Option('--device <kind>', 'where to compute').choices(['webgpu', 'cpu']))
    .option('--json', 'one JSON object as the last line of stdout')
    .option('--quiet', 'say nothing but errors and the result')
    .action(discoverCommand);
  hairpin
    .command('list')
    .description('List the experiments by the question that they answer, or tell all about one.')
    .argument('[name]', 'an experiment')
    .option('--json', 'as one line of JSON')
    .action(listCommand);
  hairpin
    .command('run')
    .description('Run an experiment, and write a report of what was measured beside what it should be.')
    .argument('<name>', 'an experiment; hairpin list names them')
    .addOption(
      new Option('--size <size>', 'seconds with weaker bounds, or what counts')
        .choices(['quick', 'full'])
        .default('full'),
    )
    .option('--set <option=value>', 'choose an option of the experiment; may be repeated', collect, [])
    .option('--seed <n>', 'what is random follows from it', wholeFrom(0), 1)
    .option('--out <folder>', 'where the report goes (default: hairpin- and the name)')
    .addOption(new Option('--device <kind>', 'where to compute').choices(['webgpu', 'cpu']))
    .option('--json', 'one JSON object as the last line of stdout')
    .option('--quiet', 'say nothing but errors and the result')
    .action(runCommand);
  return hairpin;
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

function listOf(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '')) return names;
  throw new InvalidArgumentError('Expected names with commas between, as in chr10,chr11.');
}

const wholeFrom = (least: number) => (text: string) => {
  const n = Number(text);
  if (/^\d+$/.test(text) && n >= least && Number.isSafeInteger(n)) return n;
  throw new InvalidArgumentError(`Expected a whole number from ${least}.`);
};
