import { type Shape, Tensor } from '@hairpin/tensors';
import { Layer } from '../layer';

/** Shapes of what each layer gave, call by call. */
export type Calls = ReadonlyMap<Layer, readonly Shape[]>;

/**
 * Runs `trace`, and notes what the layers give meanwhile: a tensor, or the `y` of a run. A call of a layer within its own
 * does not count. Every method is listened to, for a model may call `run` or `attend` where others call `forward`.
 */
export function listen(layers: Iterable<Layer>, trace: () => void): Calls {
  const calls = new Map<Layer, Shape[]>();
  const restored = [...new Set(layers)].map((layer) => listenTo(layer, (shape) => note(calls, layer, shape)));
  try {
    trace();
  } finally {
    for (const restore of restored) restore();
  }
  return calls;
}

const note = (calls: Map<Layer, Shape[]>, layer: Layer, shape: Shape): void =>
  void calls.set(layer, [...(calls.get(layer) ?? []), shape]);

/** Puts a listener before each method, and gives what takes it away again. */
function listenTo(layer: Layer, noteShape: (shape: Shape) => void): () => void {
  let depth = 0;
  const names = methodsOf(layer);
  for (const name of names) {
    const method = (layer as unknown as Record<string, (...args: unknown[]) => unknown>)[name];
    const value = (...args: unknown[]): unknown => {
      depth++;
      try {
        const found = method.apply(layer, args);
        const shape = shapeOf(found);
        if (depth === 1 && shape) noteShape(shape);
        return found;
      } finally {
        depth--;
      }
    };
    Object.defineProperty(layer, name, { value, configurable: true });
  }
  return () => {
    for (const name of names) delete (layer as unknown as Record<string, unknown>)[name];
  };
}

/** Methods of a layer's own class and those between it and `Layer`; of `Layer` itself only `forward`. */
function methodsOf(layer: Layer): string[] {
  const names = new Set<string>(['forward']);
  for (let at: object = Object.getPrototypeOf(layer); at !== Layer.prototype; at = Object.getPrototypeOf(at))
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (typeof value === 'function' && name !== 'constructor' && !(name in Layer.prototype)) names.add(name);
  return [...names].filter((name) => !Object.hasOwn(layer, name));
}

function shapeOf(found: unknown): Shape | undefined {
  if (found instanceof Tensor) return found.shape;
  const y = typeof found === 'object' && found !== null && 'y' in found ? found.y : undefined;
  return y instanceof Tensor ? y.shape : undefined;
}
