import { Parameter } from '@hairpin/tensors';
import { below, isHolder } from '../fields';
import { Layer } from '../layer';

/** A layer at a place in a model. */
export interface Part {
  /** The path of fields that leads to it, '' for the model itself. */
  readonly path: string;
  readonly layer: Layer;
  /** The path where the same layer stands already. */
  readonly sameAs?: string;
}

/** A model and every layer in its fields, each before what is in it. */
export function partsOf(model: Layer): Part[] {
  const first = new Map<Layer, string>();
  const held = new Set<object>();
  const visit = (value: unknown, path: string): Part[] => {
    if (!isHolder(value) || held.has(value)) return [];
    if (!(value instanceof Layer)) {
      held.add(value);
      return inside(value, path, visit);
    }
    const sameAs = first.get(value);
    if (sameAs !== undefined) return [{ path, layer: value, sameAs }];
    first.set(value, path);
    return [{ path, layer: value }, ...inside(value, path, visit)];
  };
  return visit(model, '');
}

/** The parameters of a layer that are in no layer below it. */
export function ownParameters(layer: Layer): Parameter[] {
  const held = new Set<object>();
  const visit = (value: unknown): Parameter[] => {
    if (value instanceof Parameter) return [value];
    if (!isHolder(value) || value instanceof Layer || held.has(value)) return [];
    held.add(value);
    return inside(value, '', visit);
  };
  return inside(layer, '', visit);
}

const inside = <T>(value: object, path: string, visit: (item: unknown, path: string) => T[]): T[] =>
  Object.entries(value).flatMap(([key, item]) => visit(item, below(path, key)));
