import { type Command, Option } from 'commander';
import { numberWithin, outFileOption, quietOption, wholeFrom } from '../arguments';
import { compareCommand } from './command';

/** `hairpin compare` */
export function registerCompare(hairpin: Command): void {
  hairpin
    .command('compare')
    .description('Which known motifs do these resemble? As Tomtom finds it, in the columns of tomtom.tsv.')
    .argument('<queries>', 'motifs: MEME, JASPAR or TRANSFAC; - for stdin')
    .argument('<targets>', 'known motifs; 50 or more, for the chances are drawn from them')
    .addOption(
      new Option('--distance <name>', 'of two columns')
        .choices(['ed', 'pearson', 'kullback', 'sandelin', 'allr', 'blic1', 'blic5'])
        .default('ed'),
    )
    .option('--threshold <q>', 'report matches up to this q-value', numberWithin(0, Infinity), 0.5)
    .option('--evalue', 'the threshold is on E-values')
    .option('--min-overlap <n>', 'columns side by side at least', wholeFrom(1), 1)
    .addOption(outFileOption())
    .addOption(quietOption())
    .option('--json', 'one JSON object a line in place of the table')
    .action(compareCommand);
}
