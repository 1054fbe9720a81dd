import type { Parameter } from '@hairpin/tensors';
import type { Recurrent } from '../recurrent/recurrent';
import { mapWalks } from '../recurrent/state';
import { knownCell } from './gates';

/**
 * The parameters of an RNN, LSTM or GRU by the names that PyTorch gives them, `weight_ih_l0`, `bias_hh_l1_reverse` …:
 * shapes and order of rows are PyTorch's, so a file of these loads there. Raises `HairpinError` for a cell that PyTorch
 * does not have.
 */
export function pytorchNames(net: Recurrent): Record<string, Parameter> {
  const found: Record<string, Parameter> = {};
  net.layers.forEach((cells, layer) =>
    mapWalks(cells, (cell, walk) => {
      const { weightIh, weightHh, biasIh, biasHh } = knownCell(cell, 'pytorch');
      const named = { weight_ih: weightIh, weight_hh: weightHh, bias_ih: biasIh, bias_hh: biasHh };
      const suffix = `_l${layer}${walk === 'reverse' ? '_reverse' : ''}`;
      for (const [name, parameter] of Object.entries(named)) found[name + suffix] = parameter;
    }),
  );
  return found;
}
