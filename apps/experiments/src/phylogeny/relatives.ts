import { type DistanceMatrix, midpointRoot, neighborJoining, svgTree, type Tree, writeNewick } from '@hairpin/bio';
import { above, atLeast, atMost, below } from '../frame/bound';
import { distancesOf, geodesicsOf, meansByContext, plainMeans, whitenedMeans, whiteningOf } from './distances';
import type { Context } from './experiment';
import type { Species } from './genomes';
import type { States } from './states';
import { baselines, mantel, recovered, recoveredByChance, supported } from './trees';

/** Reports who is related to whom by the states of the net, beside the reference where there is one. */
export async function reportRelatives(
  context: Context,
  { genomes, tree, isBenchmark }: Species,
  states: Readonly<Record<'trained' | 'untrained', States>>,
): Promise<void> {
  context.phase('joining species to a tree');
  const names = genomes.map(({ name }) => name);
  const trained = await viewsOf(names, states.trained);
  if (tree) {
    const views = { trained, untrained: await viewsOf(names, states.untrained) };
    reportSplits(context, tree, views, isBenchmark);
    showComparison(context, tree, views, baselines(genomes));
  }
  showTree(context, supported(neighborJoining(trained['by context']), names, states.trained, await whiteningOf(states.trained), { replicates: context.options.replicates, rng: context.rng.fork('bootstrap') })); // prettier-ignore
}

/** Ways to look at the states of species, from the plainest on. */
type Views = Readonly<Record<'mean' | 'whitened mean' | 'by context' | 'by context, geodesic', DistanceMatrix>>;

async function viewsOf(names: readonly string[], states: States): Promise<Views> {
  const pieces = states.genomes.map((one) => one.pieces);
  const whitening = await whiteningOf(states);
  const byContext = meansByContext(pieces, whitening);
  return {
    mean: distancesOf(names, plainMeans(pieces)),
    'whitened mean': distancesOf(names, whitenedMeans(pieces, whitening)),
    'by context': distancesOf(names, byContext),
    'by context, geodesic': geodesicsOf(names, byContext),
  };
}

const views = {
  mean: 'mean states as they are',
  'whitened mean': 'mean states, whitened',
  'by context': 'mean states by context',
  'by context, geodesic': 'mean states by context, geodesic',
} as const;

/** The numbers of two ways to look at mean states, each beside the same net untrained. */
function reportSplits(
  { report, rng }: Context,
  tree: Tree,
  { trained, untrained }: Readonly<Record<'trained' | 'untrained', Views>>,
  isBenchmark: boolean,
): void {
  for (const view of ['by context', 'mean'] as const) {
    const [after, before] = [recovered(trained[view], tree), recovered(untrained[view], tree)];
    report.number({
      ...{ row: 42, name: `${views[view]}: splits recovered of the reference's ${after.of}`, value: after.splits },
      ...(isBenchmark && { threshold: atLeast(10), goal: atLeast(21) }),
      quick: view === 'by context' ? atLeast(1) : null,
    });
    report.number({ row: 42, name: `${views[view]}: splits of the same net untrained`, value: before.splits });
    const more = { name: `${views[view]}: splits gained by training`, value: after.splits - before.splits };
    report.number({ row: 42, ...more, threshold: above(0), quick: null });
    report.number({ row: 42, name: `${views[view]}: normalised Robinson–Foulds`, value: after.normalized });
  }
  const { r, p } = mantel(trained['by context'], tree, rng.fork('mantel'));
  report.number({ row: 42, name: 'Mantel test against branches between tips, p', value: p, threshold: below(1e-3), quick: below(0.05) }); // prettier-ignore
  report.number({ row: 42, name: 'correlation with branches between tips', value: r });
  const chance = recoveredByChance(trained['by context'], tree, rng.fork('tips'));
  report.number({ row: 42, name: 'splits recovered with tips named at random, on average', value: chance, threshold: atMost(1), quick: null }); // prettier-ignore
}

function showComparison(
  { report }: Context,
  tree: Tree,
  { trained, untrained }: Readonly<Record<'trained' | 'untrained', Views>>,
  others: readonly (readonly [string, DistanceMatrix])[],
): void {
  const row = (name: string, distances: DistanceMatrix) => {
    const { splits, normalized } = recovered(distances, tree);
    return [name, splits, normalized];
  };
  report.heading('Which distances find the tree');
  report.table(
    'Neighbour joining on several distances, beside the reference',
    ['', 'Splits recovered', 'Robinson–Foulds, normalised'],
    [
      ...Object.entries(trained).map(([view, distances]) => row(views[view as keyof Views], distances)),
      ...Object.entries(untrained).map(([view, distances]) => row(`untrained: ${views[view as keyof Views]}`, distances)), // prettier-ignore
      ...others.map(([name, distances]) => row(name, distances)),
    ],
  );
}

function showTree({ report }: Context, tree: Tree): void {
  const rooted = midpointRoot(tree);
  report.heading('The tree that the net has learned');
  report.figure(
    svgTree(rooted, { width: 720, title: 'The learned tree' }),
    'Neighbour joining on mean states by context, rooted at its midpoint. At the branches: the share of bootstrap samples of the genomes that have them.',
  );
  report.text(forReaders(writeNewick(rooted)));
}

/** Newick with three decimals, and places where a line may break. */
const forReaders = (newick: string): string => newick.replace(/(\.\d{3})\d+/g, '$1').replaceAll(',', ', ');
