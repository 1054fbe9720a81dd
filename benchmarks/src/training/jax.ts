import type { Contender } from '../harness/benchmark';
import type { Jax, JaxArray } from '../systems/jax';
import { type Examples, learningRate, type Numbers } from './examples';

/** What is trained, as jax-js has it: a function that takes its arguments away, as all of its functions do. */
export interface JaxModel {
  readonly weights: readonly Numbers[];
  readonly forward: (weights: JaxArray[], x: JaxArray) => JaxArray;
}

const [keepMean, keepSquare, epsilon] = [0.9, 0.999, 1e-8];

/** Weights, and the means of their gradients and of the squares of these. */
type State = { weights: JaxArray[]; means: JaxArray[]; squares: JaxArray[] };

/** The same step as `trainOn`, compiled as a whole. */
export function trainWithJax(library: Jax, { weights, forward }: JaxModel, given: Examples): Contender {
  const { jit, numpy: np, valueAndGrad } = library;
  const on = ({ values, shape }: Numbers) => np.array(values, { shape: [...shape] });
  const [x, target] = [given.x, given.target].map(on);
  const loss = (weights: JaxArray[], x: JaxArray, target: JaxArray) =>
    np.mean(np.square(forward(weights, x).sub(target)));
  const step = jit((state: State, size: JaxArray, x: JaxArray, target: JaxArray) => {
    const held = state.weights.map((weight) => weight.ref);
    const [value, gradients] = valueAndGrad(loss)(held, x, target) as [JaxArray, JaxArray[]];
    return { value, state: adam(library, state, gradients, size) };
  });
  const zeros = () => weights.map(({ shape }) => np.zeros([...shape]));
  let state: State = { weights: weights.map(on), means: zeros(), squares: zeros() };
  let t = 0;
  const turn = async () => {
    t++;
    const size = np.array([learningRate / (1 - keepMean ** t), 1 / (1 - keepSquare ** t)]);
    const next = step(state, size, x.ref, target.ref);
    state = next.state;
    return (await next.value.data()) as Float32Array;
  };
  return { turn, close: () => [step, x, target, ...Object.values(state).flat()].forEach((owner) => owner.dispose()) };
}

/** Adam (Kingma & Ba 2015). size: the learning rate and what squares are multiplied by, both corrected for this step */
function adam({ numpy: np }: Jax, { weights, means, squares }: State, gradients: JaxArray[], size: JaxArray): State {
  const [rate, correction] = [size.ref.slice(0), size.slice(1)];
  const mean = means.map((m, i) => m.mul(keepMean).add(gradients[i].ref.mul(1 - keepMean)));
  const square = squares.map((v, i) => v.mul(keepSquare).add(np.square(gradients[i]).mul(1 - keepSquare)));
  const next = weights.map((weight, i) =>
    weight.sub(mean[i].ref.mul(rate.ref).div(np.sqrt(square[i].ref.mul(correction.ref)).add(epsilon))),
  );
  [rate, correction].forEach((scalar) => scalar.dispose());
  return { weights: next, means: mean, squares: square };
}
