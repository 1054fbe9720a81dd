import type { Command } from 'commander';
import { deviceOption, jsonOption, listOf, quietOption, seedOption, wholeFrom } from '../arguments';
import { discoverCommand } from './command';

/** `hairpin discover` */
export function registerDiscover(hairpin: Command): void {
  hairpin
    .command('discover')
    .description('Learn a motif from sequences that share it, and write a report.')
    .argument('[peaks]', 'FASTA file, gzipped or not; without one, sequences are simulated')
    .option('--negatives <file>', 'FASTA file of sequences without the motif, or "shuffle"', 'shuffle')
    .option('--hold-out <chromosomes>', 'measure on these, as in chr10,chr11 (default: a random fifth)', listOf)
    .addOption(seedOption())
    .option('--epochs <n>', 'train at most so long (default: by the number of sequences)', wholeFrom(1))
    .option('--out <folder>', 'where report, motifs and model go', 'hairpin-report')
    .addOption(deviceOption())
    .addOption(jsonOption())
    .addOption(quietOption())
    .action(discoverCommand);
}
