import { type Command, Option } from 'commander';
import { numberWithin, outFileOption, quietOption } from '../arguments';
import { sitesCommand } from './command';

/** `hairpin sites` */
export function registerSites(hairpin: Command): void {
  hairpin
    .command('sites')
    .description('Where do motifs sit in sequences? As FIMO finds it, in the columns of fimo.tsv.')
    .argument('<motifs>', 'MEME, JASPAR or TRANSFAC')
    .argument('[sequences]', 'FASTA file, gzipped or not; - for stdin', '-')
    .option('--threshold <p>', 'report sites up to this p-value', numberWithin(0, 1), 1e-4)
    .option('--qvalue', 'the threshold is on q-values')
    .option('--one-strand', 'do not search the other strand')
    .addOption(
      new Option('--background <kind>', 'letters by chance: as the file of motifs says, all alike, or those of FIMO')
        .choices(['motifs', 'uniform', 'nrdb'])
        .default('motifs'),
    )
    .addOption(outFileOption())
    .addOption(quietOption())
    .option('--json', 'one JSON object a line in place of the table')
    .action(sitesCommand);
}
