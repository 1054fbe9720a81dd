import { customGradient, HairpinError, type Parameter, stopGradient, type Tensor } from '@hairpin/tensors';
import { Layer } from '../layer';
import type { ByName, Gradients } from './adjoint';
import { type Dynamics, parametersOf } from './dynamics';

/** How the gradient of a solution is worked out. */
export interface GradientOptions {
  /**
   * `direct`: backwards through the steps that were taken, and so exact for what was computed; unless said. `adjoint`: by an
   * equation solved backward in time (Chen et al. 2018), as exact as its own steps, for the state at the first time and for
   * `parameters` only. Its steps keep to the tolerances for y and a, not for the integral that the parameters get.
   */
  readonly gradient?: 'direct' | 'adjoint';
  /** Of f, for the adjoint equation: those of a layer are found, those that a function uses have to be named. */
  readonly parameters?: ByName<Parameter>;
}

/** The parameters that an adjoint equation is to have a gradient for. */
export function adjointParameters(f: Dynamics, { parameters }: GradientOptions): ByName<Parameter> {
  if (!parameters && !(f instanceof Layer))
    throw new HairpinError(
      "odeint: gradient: 'adjoint' needs the `parameters` that f uses, by name ({} where there are none), or a layer as f",
    );
  return parametersOf(f, parameters);
}

/** A solution whose gradient by y0 and parameters comes from an adjoint equation. */
export function withAdjointGradient(
  y: Tensor,
  y0: Tensor,
  parameters: ByName<Parameter>,
  adjoint: (y: Tensor, dy: Tensor) => Gradients,
): Tensor {
  const names = Object.keys(parameters);
  return customGradient(y, [y0, ...Object.values(parameters)], (dy) => {
    const found = adjoint(stopGradient(y), dy);
    return [found.y0, ...names.map((name) => found.parameters[name])];
  });
}
