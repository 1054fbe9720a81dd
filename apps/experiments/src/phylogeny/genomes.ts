import {
  collectFasta,
  gammaRates,
  hky85,
  type Input,
  pruneTo,
  readNewick,
  simulateSpecies,
  taxaOf,
  type Tree,
} from '@hairpin/bio';
import { InputError } from '../input-error';
import type { Context } from './experiment';

/** A genome, taken as a circle: A, C, G, T, and N for what is not known. */
export interface Genome {
  readonly name: string;
  readonly sequence: string;
}

/** Genomes by name in the order of the alphabet, and their tree where it is known. */
export interface Species {
  readonly genomes: readonly Genome[];
  readonly tree?: Tree;
  /** Whether these are all of the mammals for which there are published numbers. */
  readonly isBenchmark: boolean;
}

const LEAST = 4; // of fewer leaves there is one tree only
const SHORTEST_BP = 300;

/** A user's genomes where there are some, else those of the mammals, else simulated ones. */
export async function readSpecies(context: Context): Promise<Species> {
  const { options, data } = context;
  if (options.tree && !options.genomes)
    throw new InputError(`tree: ${options.tree} is given without genomes; name their FASTA file as the option genomes`);
  if (options.genomes) return usersOwn(context);
  const [genomes, tree] = await Promise.all(
    ['genomes.fasta.gz', 'reference_tree.nwk'].map((path) => data.dataset('mito_mammals41', path)),
  );
  return genomes && tree ? mammals(context, genomes, tree) : simulated(context);
}

async function usersOwn({ options, data, report, note }: Context): Promise<Species> {
  const genomes = await readGenomes(options.genomes, await data.open(options.genomes), note);
  report.data(`${genomes.length} genomes of ${options.genomes}, taken as circles.`);
  if (!options.tree) return { genomes, isBenchmark: false };
  const tree = await readTree(options.tree, await data.open(options.tree));
  return { genomes, tree: onThese(tree, genomes, options, note), isBenchmark: false };
}

async function mammals(context: Context, fasta: Input, newick: Input): Promise<Species> {
  const all = await readGenomes('mito_mammals41', fasta, context.note);
  const genomes = spread(all, context.options.species);
  context.report.data(`Whole mitochondrial genomes of ${genomes.length} mammals, circles of some 16 500 bp.`);
  const tree = pruneTo(await readTree('mito_mammals41', newick), genomes.map(({ name }) => name)); // prettier-ignore
  return { genomes, tree, isBenchmark: genomes.length === all.length };
}

function simulated({ options, rng, note, report }: Context): Species {
  const names = Array.from({ length: Math.min(options.species, 24) }, (_, i) => `s${String(i + 1).padStart(2, '0')}`);
  const { genomes, tree } = simulateSpecies({
    ...{ rng: rng.fork('simulation'), taxa: names, meanLength: 0.03, lengthBp: options.simulatedBp, isCircular: true },
    model: hky85({ kappa: 5, frequencies: [0.33, 0.27, 0.13, 0.27] }), // as of mammals' mitochondria
    rates: gammaRates(0.5),
  });
  note('The mitochondrial genomes of mammals are not here: this run simulates species.');
  report.data(`${names.length} simulated circles of ${options.simulatedBp} bp, evolved along a random tree.`);
  return { genomes: sorted(genomes.map(({ id, sequence }) => ({ name: id, sequence }))), tree, isBenchmark: false };
}

/**
 * The genomes of a FASTA file, in the order of their names; codes for several letters become N.
 * @throws InputError for fewer than 4, for one name twice and for what is too short; FormatError for letters that are not of DNA
 */
async function readGenomes(file: string, input: Input, note: (text: string) => void): Promise<Genome[]> {
  const records = await collectFasta(input, { source: file });
  if (records.length < LEAST)
    throw new InputError(`${file}: a tree needs at least ${LEAST} genomes, there are ${records.length}`);
  const names = records.map(({ id }) => id);
  const twice = names.find((name, i) => name === '' || names.indexOf(name) < i);
  if (twice !== undefined) throw new InputError(`${file}: each genome needs a name of its own, got "${twice}" twice`);
  let unclear = 0;
  const genomes = records.map(({ id, sequence }): Genome => {
    check(file, id, sequence);
    const clear = sequence.toUpperCase().replaceAll('U', 'T').replace(/[^ACGT]/g, 'N'); // prettier-ignore
    unclear += clear.split('N').length - 1;
    return { name: id, sequence: clear };
  });
  if (unclear > 0) note(`${file}: ${unclear} letters are not known to be A, C, G or T; the net sees nothing there.`);
  return sorted(genomes);
}

function check(file: string, name: string, sequence: string): void {
  if (sequence.length < SHORTEST_BP)
    throw new InputError(`${file}: ${name}: expected at least ${SHORTEST_BP} bp, got ${sequence.length}`);
}

async function readTree(file: string, input: Input): Promise<Tree> {
  const [tree] = await readNewick(input, { source: file });
  if (!tree) throw new InputError(`${file}: there is no tree in it`);
  return tree;
}

/** The tree on these genomes. @throws InputError where one is not in it */
function onThese(
  tree: Tree,
  genomes: readonly Genome[],
  files: { readonly tree: string; readonly genomes: string },
  note: (text: string) => void,
): Tree {
  const [names, tips] = [genomes.map(({ name }) => name), taxaOf(tree)];
  const missing = names.filter((name) => !tips.includes(name));
  if (missing.length > 0)
    throw new InputError(`${files.tree}: the tree has no tip for ${missing.join(', ')} of ${files.genomes}`);
  const others = tips.length - names.length;
  if (others > 0) note(`${files.tree}: ${others} tips are left out, for there is no genome of them.`);
  return pruneTo(tree, names);
}

const sorted = (genomes: readonly Genome[]): Genome[] => genomes.toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** At most so many of them, from the first to the last. */
function spread(genomes: readonly Genome[], most: number): readonly Genome[] {
  if (genomes.length <= most) return genomes;
  return Array.from({ length: most }, (_, i) => genomes[Math.floor((i * genomes.length) / most)]);
}
