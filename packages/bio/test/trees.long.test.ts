import { Rng } from '@hairpin/tensors/random';
import { expect, it } from 'vitest';
import { neighborJoining, pathLengths, randomTree, robinsonFoulds } from '../src/index';
import { readDamagedDistances, readDamagedNewick } from './damaged-trees';

const DAMAGED = 100_000;

it('reads or refuses 100 000 damaged Newick texts', () => readDamagedNewick(DAMAGED));

it('reads or refuses 100 000 damaged distance matrices', () => readDamagedDistances(DAMAGED));

it('finds the tree of an additive matrix again, for every number of taxa from 4 to 200', () => {
  for (let taxa = 4; taxa <= 200; taxa++) {
    const tree = randomTree({ rng: new Rng(taxa), taxa, meanLength: 1 });
    const { distance, weighted } = robinsonFoulds(neighborJoining(pathLengths(tree)), tree);
    expect(distance).toBe(0);
    expect(weighted).toBeLessThan(1e-9 * taxa);
  }
});
