import type { Command } from 'commander';
import { listCommand } from './command';

/** `hairpin list` */
export function registerList(hairpin: Command): void {
  hairpin
    .command('list')
    .description('List the experiments by the question that they answer, or tell all about one.')
    .argument('[name]', 'an experiment')
    .option('--json', 'as one line of JSON')
    .action(listCommand);
}
