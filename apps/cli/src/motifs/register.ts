import type { Command } from 'commander';
import { deviceOption, outFileOption, quietOption, seedOption } from '../arguments';
import { motifsCommand } from './command';

/** `hairpin motifs` */
export function registerMotifs(hairpin: Command): void {
  hairpin
    .command('motifs')
    .description('What do the filters of a model look for? Motifs as a MEME file.')
    .argument('<model>', 'folder that hairpin train (cnn, hybrid) or hairpin discover has written')
    .argument('[sequences]', 'FASTA file of DNA, gzipped or not; - for stdin', '-')
    .addOption(outFileOption())
    .addOption(seedOption())
    .addOption(deviceOption())
    .addOption(quietOption())
    .action(motifsCommand);
}
