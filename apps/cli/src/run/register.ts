import type { Command } from 'commander';
import { collect, deviceOption, jsonOption, quietOption, seedOption, sizeOption } from '../arguments';
import { runCommand } from './command';

/** `hairpin run` */
export function registerRun(hairpin: Command): void {
  hairpin
    .command('run')
    .description('Run an experiment, and write a report of what was measured beside what it should be.')
    .argument('<name>', 'an experiment; hairpin list names them')
    .addOption(sizeOption())
    .option('--set <option=value>', 'choose an option of the experiment; may be repeated', collect, [])
    .addOption(seedOption())
    .option('--out <folder>', 'where the report goes (default: hairpin- and the name)')
    .addOption(deviceOption())
    .addOption(jsonOption())
    .addOption(quietOption())
    .action(runCommand);
}
