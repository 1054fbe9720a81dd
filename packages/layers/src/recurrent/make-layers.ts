import { type DType, parameters } from '@hairpin/tensors';
import { Cell, type State } from '../cells/cell';
import { inOrder, type LayerCells } from './state';

/** Makes the cell of one layer and direction that reads `inputs` channels. */
export type MakeCell = (inputs: number) => Cell<State>;

/** How many cells, and for what. */
export interface LayersOptions {
  readonly in?: number | undefined;
  readonly layers: number;
  readonly direction: 'forward' | 'reverse' | 'bidirectional';
}

/** The cells of a net: each layer reads what all directions of the one below give. */
export function makeLayers(
  cell: Cell<State> | MakeCell,
  { in: inputs, direction, layers }: LayersOptions,
): LayerCells[] {
  const ways = direction === 'bidirectional' ? (['forward', 'reverse'] as const) : [direction];
  if (cell instanceof Cell) {
    if (layers !== 1 || ways.length > 1)
      throw new RangeError(
        'Recurrent: layers and directions need a cell each; pass a function, (inputs) => new MyCell(…)',
      );
    return [{ [ways[0]]: cell }];
  }
  if (inputs === undefined) throw new RangeError('Recurrent: a function that makes cells needs the option `in`');
  const made: LayerCells[] = [];
  for (let width = inputs; made.length < whole('layers', layers);) {
    made.push(Object.fromEntries(ways.map((way) => [way, cell(width)])));
    width = inOrder(made.at(-1)!).reduce((sum, { hiddenSize }) => sum + hiddenSize, 0);
  }
  return made;
}

/** The dtype of the first parameter. */
export const dtypeOf = (layers: readonly LayerCells[]): DType => Object.values(parameters(layers))[0]?.dtype ?? 'f32';

/** n, or a `RangeError` that names the option. */
export function whole(name: string, n: number): number {
  if (!Number.isInteger(n) || n < 1)
    throw new RangeError(`Recurrent: expected ${name} to be a whole number ≥ 1, got ${n}`);
  return n;
}
