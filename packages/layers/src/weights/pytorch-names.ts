import type { Parameter } from '@hairpin/tensors';
import type { Layer } from '../layer';
import { slotsOf } from './slots-of';

/**
 * The parameters of a layer by the names that PyTorch gives them: `weight_ih_l0`, `bias_hh_l1_reverse` … of an RNN, LSTM or
 * GRU, `0.weight` of a `Sequential`. Shapes and order of rows are PyTorch's, so a file of these loads there. Raises
 * `HairpinError` for a cell that PyTorch does not have.
 */
export const pytorchNames = (layer: Layer): Record<string, Parameter> =>
  Object.fromEntries(slotsOf(layer, 'pytorch', {}, { layer: 0 }).map(({ name, parameter }) => [name, parameter]));
