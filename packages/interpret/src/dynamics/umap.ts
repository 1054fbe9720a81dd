import type { Rng } from '@hairpin/tensors';
import { type LongRun, Pace } from '../long-run';
import { checkNdArray, type NdArray } from './nd-array';

/** How rows are laid out. */
export interface UmapOptions extends LongRun {
  readonly rng: Rng;
  /** Axes of the layout, 2 unless said. */
  readonly components?: number;
  /** Neighbours that a row should stay near, 15 unless said: few show detail, many the whole. */
  readonly neighbors?: number;
  /** How close rows may come, 0.1 unless said. */
  readonly minDistance?: number;
  /** Rounds of the layout; 200 to 500 by the number of rows unless said. */
  readonly epochs?: number;
}

/**
 * UMAP (McInnes, Healy & Melville 2018) by umap-js: a layout in which near rows stay near. Distances between groups and their
 * sizes mean little. The search for neighbours at its start, seconds for thousands of rows, cannot be stopped.
 *
 * @param rows [rows, width], such as hidden states or their principal components
 * @returns [rows, components]
 */
export async function umap(rows: NdArray, options: UmapOptions): Promise<NdArray<Float64Array>> {
  checkNdArray('umap', rows, ['rows', 'width']);
  const { rng, components = 2, neighbors = 15, minDistance = 0.1, epochs, ...run } = options;
  const [count, width] = rows.shape;
  if (count <= neighbors)
    throw new RangeError(
      `umap: expected more rows than neighbors (${neighbors}), got ${count}; ask for fewer neighbors`,
    );
  run.signal?.throwIfAborted();
  const { UMAP } = await import('umap-js'); // only who lays out rows loads it
  const layout = new UMAP({
    random: () => rng.next(),
    nComponents: components,
    nNeighbors: neighbors,
    minDist: minDistance,
    ...(epochs !== undefined && { nEpochs: epochs }),
  });
  const total = layout.initializeFit(
    Array.from({ length: count }, (_, row) => Array.from({ length: width }, (_, j) => rows.values[row * width + j])),
  );
  const pace = new Pace(run, total);
  for (let epoch = 0; epoch < total; epoch++) {
    layout.step();
    await pace.reach(epoch + 1);
  }
  return { values: Float64Array.from(layout.getEmbedding().flat()), shape: [count, components] };
}
