import { explanations } from '@hairpin/experiments';
import { type Command, Option } from 'commander';
import { deviceOption, jsonOption, quietOption, seedOption, wholeFrom } from '../arguments';
import { explainCommand } from './command';

/** `hairpin explain` */
export function registerExplain(hairpin: Command): void {
  hairpin
    .command('explain')
    .description('Show which letters made a trained model say what it says: logos, a table and arrays.')
    .argument('<model>', 'folder that hairpin train has written')
    .argument('[sequences]', 'FASTA file, gzipped or not; - for stdin', '-')
    .addOption(new Option('--method <name>', 'of attribution').choices(explanations).default('deepshap'))
    .option('--references <n>', 'shuffles that each sequence is compared with', wholeFrom(1), 20)
    .option('--shown <n>', 'sequences whose logos stand in the page', wholeFrom(1), 20)
    .addOption(seedOption())
    .option('--out <folder>', 'where page, table and arrays go', 'hairpin-explanation')
    .addOption(deviceOption())
    .addOption(jsonOption())
    .addOption(quietOption())
    .action(explainCommand);
}
