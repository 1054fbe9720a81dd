import { HairpinError, Parameter, Tensor } from '@hairpin/tensors';
import type { Layout } from './gates';
import { hairpin } from './layouts/hairpin';
import { keras } from './layouts/keras';
import { lasagne } from './layouts/lasagne';
import { onnx } from './layouts/onnx';
import { pytorch } from './layouts/pytorch';
import { type Slot, slot, type SlotOptions } from './slot';

/** What a framework calls the parts of a model. */
export interface PartNames {
  /** What stands between the name of a part and of what is in it. */
  readonly separator: string;
  /** The arrays of a part that the framework knows, else undefined: then its fields are looked at. */
  slotsOf(part: object, options: SlotOptions): Slot[] | undefined;
  /** Its name for a field, '' for one that it does not mention. */
  field(owner: object, key: string): string;
  /** Names of arrays that nobody needs. */
  readonly ignored?: RegExp;
}

/** The frameworks, by name. */
export const layouts: Readonly<Record<Layout, PartNames>> = { hairpin, pytorch, keras, onnx, lasagne };

/**
 * Our paths and what stands there in the other framework: the name of a parameter or of a part, before those of what is in
 * it; a list of names of all arrays of a part, in the framework's order; null for a bias that it does not have.
 */
export type Mapping = Readonly<Record<string, string | readonly string[] | null>>;

/** Every array that fills something below `root`, by our path and with its full name. */
export function slotsOf(root: object, layout: Layout, mapping: Mapping, options: SlotOptions): Slot[] {
  const { separator, slotsOf: known, field } = layouts[layout];
  const seen = new Set<unknown>();
  const mentions = (slots: readonly Slot[], path: string) =>
    Object.keys(mapping).some((key) => isBelow(key, path) && !slots.some((s) => join(path, s.path, '.') === key));

  const visit = (value: unknown, path: string, prefix: string): Slot[] => {
    if (typeof value !== 'object' || value === null || value instanceof Tensor || ArrayBuffer.isView(value)) return [];
    if (seen.has(value)) return [];
    seen.add(value);
    const given = mapping[path];
    if (Array.isArray(given)) return renamed(below(value, path, ''), path, given as string[]);
    return below(value, path, typeof given === 'string' ? given : prefix);
  };

  const below = (value: object, path: string, prefix: string): Slot[] => {
    if (value instanceof Parameter) return [{ ...slot(value, { path }), name: prefix }];
    const slots = known(value, options);
    if (slots && !mentions(slots, path))
      return slots.map((s) => {
        const own = join(path, s.path, '.');
        const given = mapping[own];
        return { ...s, path: own, name: typeof given === 'string' ? given : join(prefix, s.name, separator) };
      });
    return Object.entries(value).flatMap(([key, item]) =>
      visit(item, join(path, key, '.'), join(prefix, field(value, key), separator)),
    );
  };

  return visit(root, '', '');
}

const join = (before: string, after: string, separator: string): string =>
  [before, after].filter((part) => part !== '').join(separator);

const isBelow = (key: string, path: string): boolean => key !== path && (path === '' || key.startsWith(`${path}.`));

function renamed(slots: readonly Slot[], path: string, names: readonly string[]): Slot[] {
  if (slots.length !== names.length)
    throw new HairpinError(
      `loadWeights: expected ${slots.length} names for "${path}" (${slots.map((s) => s.name).join(', ')}), got ${names.length}`,
    );
  return slots.map((s, k) => ({ ...s, name: names[k] }));
}
