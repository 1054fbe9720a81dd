import type { Tensor } from '../tensor';

/** Equal keys, equal plans: ops, attributes, shapes and wiring, but neither elements nor numbers. */
export function structureKey(order: readonly Tensor[], roots: readonly Tensor[]): string {
  const place = new Map(order.map((t, i) => [t, i]));
  const nodes = order.map((t) => {
    if (t.source.kind !== 'op') return `${t.source.kind === 'scalar' ? 's' : 'l'}${t.dtype}${t.shape.join()}`;
    return `${t.source.op.name}${t.source.inputs.map((input) => place.get(input)).join()}${JSON.stringify(t.source.attrs)}${t.dtype}${t.shape.join()}`;
  });
  return `${nodes.join('|')}=>${roots.map((root) => place.get(root)).join()}`;
}
