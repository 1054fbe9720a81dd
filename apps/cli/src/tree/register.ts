import { type Command, Option } from 'commander';
import { outFileOption, quietOption, wholeFrom } from '../arguments';
import { treeCommand } from './command';

/** `hairpin tree` */
export function registerTree(hairpin: Command): void {
  hairpin
    .command('tree')
    .description('Make a tree of sequences by their k-mers, or of a matrix of distances.')
    .argument('[input]', 'FASTA file, or distances as PHYLIP writes them; - for stdin', '-')
    .addOption(new Option('--method <name>', 'how it is made').choices(['nj', 'upgma']).default('nj'))
    .addOption(
      new Option('--distance <name>', 'of two sequences: Mash, or between shares of k-mers (Euclid)')
        .choices(['mash', 'kmer'])
        .default('mash'),
    )
    .option('--k <n>', 'letters of a k-mer (default: 21 for mash, 5 for kmer)', wholeFrom(1))
    .option('--circular', 'sequences are circles')
    .addOption(
      new Option('--format <name>', 'how it is written (default: by the name of --out, else newick)').choices([
        'newick',
        'ascii',
        'svg',
      ]),
    )
    .addOption(outFileOption())
    .addOption(quietOption())
    .action(treeCommand);
}
