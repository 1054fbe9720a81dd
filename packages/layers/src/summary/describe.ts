import { type Context, type DType, HairpinError, type Parameter, type Shape, zeros } from '@hairpin/tensors';
import { Dropout } from '../dropout';
import type { Layer } from '../layer';
import type { ReceptiveField } from '../receptive-field';
import { type Calls, listen } from './calls';
import { ownParameters, type Part, partsOf } from './parts';

/** What a model is shown, and told. */
export interface DescribeOptions {
  /** Of the input: `f32` unless said; `i32` for a model that reads tokens. */
  readonly dtype?: DType;
  /** Lengths and further inputs, where the model needs them. */
  readonly context?: Context;
}

/** A layer of a model. */
export interface LayerRow {
  /** The path of fields that leads to it, as in the names of its parameters; '' for the model itself. */
  readonly path: string;
  /** Its class. */
  readonly type: string;
  /** Shape of what it gives, of its first call; undefined where it was not called. */
  readonly output: Shape | undefined;
  /** Numbers in its parameters, without those of the layers in it and those that stand in a row before. */
  readonly parameters: number;
  /** How many of these an optimiser does not move. */
  readonly buffers: number;
  /** Which inputs of its own it sees; `all` for one that may look anywhere, undefined where its branches do not join. */
  readonly receptiveField: ReceptiveField | 'all' | undefined;
  /** The path of the row in which the same layer stands already. */
  readonly sameAs?: string;
}

/** A model, layer by layer. */
export interface Description {
  readonly rows: readonly LayerRow[];
  readonly parameters: number;
  readonly buffers: number;
}

/**
 * The layers of a model with their shapes and sizes, as a record. The model is traced on an input of `inputShape`, batch
 * included, and nothing is computed. Dropout that drops nothing is left out.
 */
export function describe(model: Layer, inputShape: Shape, { dtype, context = {} }: DescribeOptions = {}): Description {
  const parts = partsOf(model).filter(({ layer }) => !(layer instanceof Dropout && layer.p === 0));
  const input = zeros(inputShape, dtype ? { dtype } : {});
  const calls = listen(
    parts.map(({ layer }) => layer),
    () => void model.forward(input, context),
  );
  const counted = new Set<Parameter>();
  const rows = parts.map((part) => rowOf(part, calls, counted));
  const total = (of: 'parameters' | 'buffers') => rows.reduce((sum, row) => sum + row[of], 0);
  return { rows, parameters: total('parameters'), buffers: total('buffers') };
}

function rowOf({ path, layer, sameAs }: Part, calls: Calls, counted: Set<Parameter>): LayerRow {
  const own = ownParameters(layer).filter((parameter) => !counted.has(parameter));
  for (const parameter of own) counted.add(parameter);
  const [output] = calls.get(layer) ?? [];
  return {
    ...{ path, type: layer.constructor.name, output, receptiveField: fieldOf(layer) },
    parameters: sizeOf(own),
    buffers: sizeOf(own.filter(({ isTrainable }) => !isTrainable)),
    ...(sameAs !== undefined && { sameAs }),
  };
}

const sizeOf = (list: readonly Parameter[]): number =>
  list.reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);

function fieldOf(layer: Layer): LayerRow['receptiveField'] {
  try {
    return Number.isFinite(layer.receptiveField.size) ? layer.receptiveField : 'all';
  } catch (error) {
    if (error instanceof HairpinError) return undefined;
    throw error;
  }
}
