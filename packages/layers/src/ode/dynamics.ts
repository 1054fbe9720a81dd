import { concat, type Parameter, parameters, shapeError, type Tensor } from '@hairpin/tensors';
import { Layer } from '../layer';

/** dy/dt.   t: [batch, 1], for each trajectory has its own time; y: [batch, dim] → [batch, dim] */
export type Field = (t: Tensor, y: Tensor) => Tensor;

/** What an equation may be given as: a function of time and state, or a layer, which sees the state alone. */
export type Dynamics = Field | Layer;

/** A layer that sees [y, t], [batch, dim + 1], as a function of both. */
export const timeDependent =
  (layer: Layer): Field =>
  (t, y) =>
    layer.forward(concat([y, t], 1));

/** The equation as a function, which raises a `ShapeError` where its slope has not the state's shape. */
export function fieldOf(dynamics: Dynamics): Field {
  const f: Field = dynamics instanceof Layer ? (_, y) => dynamics.forward(y) : dynamics;
  return (t, y) => {
    const slope = f(t, y);
    if (slope.shape.join() !== y.shape.join() || slope.dtype !== y.dtype)
      throw shapeError('odeint', `f(t, y) to be ${y}, as y is`, `${slope}`);
    return slope;
  };
}

/** Parameters of an equation, by name: those given, else those found in a layer. */
export const parametersOf = (
  dynamics: Dynamics,
  given?: Readonly<Record<string, Parameter>>,
): Readonly<Record<string, Parameter>> => given ?? (dynamics instanceof Layer ? parameters(dynamics) : {});
