import { concat, shapeError, split, type Tensor } from '@hairpin/tensors';
import type { Cell, State } from '../cells/cell';

/** The way through a sequence. */
export type Walk = 'forward' | 'reverse';

/** The cells of one layer, by the way they walk. */
export type LayerCells = { readonly [W in Walk]?: Cell<State> };

/** The state of one layer. Parts are [batch, width]; those of a layer that looks back d > 1 steps [batch, d, width]. */
export type LayerState = { readonly [W in Walk]?: State };

/** The state of a net, layer by layer: what `run` gives and takes. A nest of tensors with the batch first. */
export type RecurrentState = readonly LayerState[];

const walks = ['forward', 'reverse'] as const;

/** Something for each cell of a layer, forward before reverse. */
export function mapWalks<T>(layer: LayerCells, of: (cell: Cell<State>, walk: Walk) => T): { readonly [W in Walk]?: T } {
  const present = walks.filter((walk) => layer[walk]);
  return Object.fromEntries(present.map((walk) => [walk, of(layer[walk]!, walk)]));
}

/** The values of one layer's cells, forward before reverse. */
export const inOrder = <T>(byWalk: { readonly [W in Walk]?: T }): T[] => walks.flatMap((walk) => byWalk[walk] ?? []);

const widthsOf = (cell: Cell<State>): [string, number][] => Object.entries(cell.widths as Record<string, number>);

/** Width of all parts of the state together. */
export const stateWidth = (layers: readonly LayerCells[]): number =>
  layers
    .flatMap(inOrder)
    .flatMap(widthsOf)
    .reduce((sum, [, width]) => sum + width, 0);

/** Where each part of a state stands in the tensor that `splitState` takes. */
export function partsOfWidth(
  layers: readonly LayerCells[],
): { layer: number; walk: Walk; name: string; from: number; width: number }[] {
  let at = 0;
  const place = (layer: number, walk: Walk, [name, width]: [string, number]) => {
    const from = at;
    at += width;
    return { layer, walk, name, from, width };
  };
  return layers.flatMap((cells, layer) =>
    inOrder(mapWalks(cells, (cell, walk) => widthsOf(cell).map((part) => place(layer, walk, part)))).flat(),
  );
}

/**
 * All parts out of one tensor [batch, stateWidth]: layer by layer, forward before reverse, in the order of the cell's
 * `widths`.
 */
export function splitState(all: Tensor, layers: readonly LayerCells[]): RecurrentState {
  const width = stateWidth(layers);
  if (all.shape.length !== 2 || all.shape[1] !== width)
    throw shapeError('Recurrent', `an initial state [batch, ${width}]`, all.shape);
  const widths = layers.flatMap(inOrder).flatMap((cell) => widthsOf(cell).map(([, n]) => n));
  const parts = split(all, widths, 1);
  let at = 0;
  const take = (cell: Cell<State>) => Object.fromEntries(widthsOf(cell).map(([name]) => [name, parts[at++]]));
  return layers.map((layer) => mapWalks(layer, take));
}

/** All parts side by side, each [batch, …] as [batch, size]. */
export const joinState = (state: RecurrentState): Tensor =>
  concat(
    state.flatMap(inOrder).flatMap((parts) => Object.values(parts).map((t) => t.reshape([t.shape[0], -1]))),
    1,
  );

/**
 * Raises a `ShapeError` that names the part unless `state` fits the net; `slots` says how far back each layer looks.
 */
export function checkState(
  state: RecurrentState,
  layers: readonly LayerCells[],
  slots: readonly number[],
  batch: number,
): void {
  if (state.length !== layers.length)
    throw shapeError('Recurrent', `a state of ${layers.length} layers`, `${state.length}`);
  layers.forEach((layer, l) =>
    mapWalks(layer, (cell, walk) => {
      for (const [name, width] of widthsOf(cell)) {
        const expected = slots[l] > 1 ? [batch, slots[l], width] : [batch, width];
        const part = state[l][walk]?.[name];
        const where = `state ${l}.${walk}.${name}`;
        if (part?.shape.join() !== expected.join())
          throw shapeError('Recurrent', `${where} [${expected.join(', ')}]`, part?.shape ?? 'none');
      }
    }),
  );
}
