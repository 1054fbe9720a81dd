import { asciiTree, neighborJoining, svgTree, type Tree, upgma, writeNewick } from '@hairpin/bio';
import { writeOutput } from '../files/write-output';
import { type DistanceFlags, readDistances } from './read-distances';

/** The options of `hairpin tree`, as the command line gives them. */
export interface TreeFlags extends DistanceFlags {
  readonly method: 'nj' | 'upgma';
  readonly format?: 'newick' | 'ascii' | 'svg';
  readonly out?: string;
}

/** Writes a tree of sequences or distances. */
export async function treeCommand(path: string, flags: TreeFlags): Promise<void> {
  const matrix = await readDistances(path, flags);
  const tree = flags.method === 'upgma' ? upgma(matrix) : neighborJoining(matrix);
  await writeOutput(`${written(tree, flags).trimEnd()}\n`, flags.out);
}

function written(tree: Tree, { format, out = '' }: TreeFlags): string {
  if (format === 'svg' || (format === undefined && /\.svg$/i.test(out))) return standalone(svgTree(tree));
  if (format === 'ascii' || (format === undefined && /\.txt$/i.test(out))) return asciiTree(tree);
  return writeNewick(tree);
}

/** As a file of its own, which takes no colour from a page around it. */
const standalone = (svg: string): string =>
  svg.includes('xmlns=') ? svg : svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
