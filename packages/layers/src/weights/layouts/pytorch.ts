import { mapWalks } from '../../recurrent/state';
import { Recurrent } from '../../recurrent/recurrent';
import { Sequential } from '../../sequential';
import { knownCell } from '../gates';
import { type Slot, slot } from '../slot';

/** `weight_ih_l0`, `bias_hh_l1_reverse` …: all layers of a net at once, the numbers as they are. */
function recurrentSlots(net: Recurrent): Slot[] {
  const found: Slot[] = [];
  net.layers.forEach((cells, layer) =>
    mapWalks(cells, (cell, walk) => {
      const { weightIh, weightHh, biasIh, biasHh } = knownCell(cell, 'pytorch');
      const suffix = `_l${layer}${walk === 'reverse' ? '_reverse' : ''}`;
      for (const [field, parameter] of Object.entries({ weightIh, weightHh, biasIh, biasHh }))
        found.push(slot(parameter, { path: `layers.${layer}.${walk}.${field}`, name: snakeCase(field) + suffix }));
    }),
  );
  return found;
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** PyTorch's names: our fields are named and shaped as its, but for the case; of a `Sequential` they are the numbers. */
export const pytorch = {
  separator: '.',
  slotsOf: (part: object) => (part instanceof Recurrent ? recurrentSlots(part) : undefined),
  field: (owner: object, key: string) => (owner instanceof Sequential && key === 'layers' ? '' : snakeCase(key)),
  /** What PyTorch counts and nobody needs. */
  ignored: /(^|\.)num_batches_tracked$/,
};
