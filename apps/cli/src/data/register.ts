import type { Command } from 'commander';
import { jsonOption, quietOption } from '../arguments';
import { fetchCommand } from './fetch';
import { listCommand } from './list';
import { whereCommand } from './where';

/** `hairpin data` */
export function registerData(hairpin: Command): void {
  const data = hairpin.command('data').description('Public data sets that experiments use: list, fetch, where.');
  data
    .command('list')
    .description('List the sets with their sizes, and how much of each is here.')
    .addOption(jsonOption())
    .action(listCommand);
  data
    .command('fetch')
    .description('Bring all files of a set here; a download that was cut goes on where it ended.')
    .argument('<name>', 'a set; hairpin data list names them')
    .addOption(jsonOption())
    .addOption(quietOption())
    .action(fetchCommand);
  data
    .command('where')
    .description('Print the path of each file of a set that is here.')
    .argument('<name>', 'a set')
    .argument('[file]', 'one of its files')
    .addOption(jsonOption())
    .action(whereCommand);
}
