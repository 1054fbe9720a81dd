import type { Command } from 'commander';
import { deviceOption, outFileOption, quietOption } from '../arguments';
import { predictCommand } from './command';

/** `hairpin predict` */
export function registerPredict(hairpin: Command): void {
  hairpin
    .command('predict')
    .description('Say what a trained model says of sequences, as a table with tabs.')
    .argument('<model>', 'folder that hairpin train has written')
    .argument('[sequences]', 'FASTA file, gzipped or not; - for stdin', '-')
    .addOption(outFileOption())
    .addOption(deviceOption())
    .option('--json', 'one JSON object a line in place of the table')
    .addOption(quietOption())
    .action(predictCommand);
}
