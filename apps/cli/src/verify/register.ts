import type { Command } from 'commander';
import { deviceOption, jsonOption, quietOption, sizeOption, wholeFrom } from '../arguments';
import { verifyCommand } from './command';

/** `hairpin verify` */
export function registerVerify(hairpin: Command): void {
  hairpin
    .command('verify')
    .description('Run experiments with several seeds, and write a page of what was reached beside what should be.')
    .argument('[names...]', 'experiments (default: all)')
    .option('--seeds <n>', 'run each with the seeds 1 to n', wholeFrom(1), 3)
    .addOption(sizeOption())
    .option('--out <file>', 'the page (default: docs/results.md, of quick runs quick-results.md among the results)')
    .option('--results <folder>', 'keeps each run: what is there is not run again', 'hairpin-results')
    .option('--fresh', 'run again what is there')
    .addOption(deviceOption())
    .addOption(jsonOption())
    .addOption(quietOption())
    .action(verifyCommand);
}
