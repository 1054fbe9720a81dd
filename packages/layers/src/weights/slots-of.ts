import { HairpinError, Parameter } from '@hairpin/tensors';
import { below, isHolder } from '../fields';
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

/** A walk through a model. */
interface Walk {
  readonly names: PartNames;
  readonly mapping: Mapping;
  readonly options: SlotOptions;
  readonly seen: Set<unknown>;
  /** Paths that have been looked up in the mapping. */
  readonly asked: Set<string>;
}

/** Every array that fills something below `root`, by our path and with its full name. */
export function slotsOf(root: object, layout: Layout, mapping: Mapping, options: SlotOptions): Slot[] {
  const walk = { names: layouts[layout], mapping, options, seen: new Set(), asked: new Set<string>() };
  const slots = visit(root, '', '', walk);
  const astray = Object.keys(mapping).filter((path) => !walk.asked.has(path));
  if (astray.length === 0) return slots;
  throw new HairpinError(`loadWeights: the mapping has ${astray.join(', ')}, and the model has nothing there`);
}

function visit(value: unknown, path: string, prefix: string, walk: Walk): Slot[] {
  if (!(value instanceof Parameter || isHolder(value)) || walk.seen.has(value)) return [];
  walk.seen.add(value);
  const given = theirs(path, walk);
  if (typeof given === 'string') return slotsAt(value, path, given, walk);
  return given ? renamed(slotsAt(value, path, '', walk), path, given) : slotsAt(value, path, prefix, walk);
}

function theirs(path: string, { mapping, asked }: Walk): Mapping[string] | undefined {
  asked.add(path);
  return mapping[path];
}

function slotsAt(value: object, path: string, prefix: string, walk: Walk): Slot[] {
  if (value instanceof Parameter) return [{ ...slot(value, { path }), name: prefix }];
  const { names, mapping, options } = walk;
  const known = names.slotsOf(value, options)?.map((slot) => ({ ...slot, path: below(path, slot.path) }));
  if (known && !reachesInto(mapping, path, known)) return known.map((slot) => placed(slot, prefix, walk));
  return Object.entries(value).flatMap(([key, item]) =>
    visit(item, below(path, key), join(prefix, names.field(value, key), names.separator), walk),
  );
}

/** Whether the mapping names something in a part that is not one of its arrays: then the part is taken apart. */
function reachesInto(mapping: Mapping, path: string, slots: readonly Slot[]): boolean {
  const isBelow = (key: string) => key !== path && (path === '' || key.startsWith(`${path}.`));
  return Object.keys(mapping).some((key) => isBelow(key) && !slots.some((slot) => slot.path === key));
}

function placed(slot: Slot, prefix: string, walk: Walk): Slot {
  const given = theirs(slot.path, walk);
  return { ...slot, name: typeof given === 'string' ? given : join(prefix, slot.name, walk.names.separator) };
}

const join = (before: string, after: string, separator: string): string =>
  [before, after].filter((part) => part !== '').join(separator);

function renamed(slots: readonly Slot[], path: string, names: readonly string[]): Slot[] {
  if (slots.length !== names.length) {
    const own = slots.map(({ name }) => name).join(', ');
    throw new HairpinError(`loadWeights: expected ${slots.length} names for "${path}" (${own}), got ${names.length}`);
  }
  return slots.map((slot, k) => ({ ...slot, name: names[k] }));
}
