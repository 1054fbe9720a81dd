/**
 * An explicit Runge–Kutta method: slopes k_i = f(t + c_i·h, y + h·Σ_j a_ij·k_j), then y + h·Σ_i b_i·k_i. A row here is all
 * that a new method is; the tests measure its order.
 */
export interface Tableau {
  /** The error over a fixed interval shrinks as h^order. */
  readonly order: number;
  readonly c: readonly number[];
  /** Row i has the weights of the slopes before k_i. */
  readonly a: readonly (readonly number[])[];
  readonly b: readonly number[];
}

/** A method that knows its error: with f at the step's end as one slope more, which is the next step's first. */
export interface EmbeddedTableau extends Tableau {
  /** h·Σ_i error_i·k_i is the difference from a result of one order less. */
  readonly error: readonly number[];
  /** y + h·Σ_i middle_i·k_i is the state at the middle of the step. */
  readonly middle: readonly number[];
}

/** Methods of fixed steps, by name (Hairer, Nørsett & Wanner 1993, II.1). */
export const tableaus = {
  euler: { order: 1, c: [0], a: [[]], b: [1] },
  midpoint: { order: 2, c: [0, 1 / 2], a: [[], [1 / 2]], b: [0, 1] },
  rk4: {
    ...{ order: 4, c: [0, 1 / 2, 1 / 2, 1] },
    a: [[], [1 / 2], [0, 1 / 2], [0, 0, 1]],
    b: [1 / 6, 1 / 3, 1 / 3, 1 / 6],
  },
} as const satisfies Record<string, Tableau>;

/**
 * Dormand & Prince 1980, RK5(4)7M, with the error weights and the middle of Shampine 1986, which torchdiffeq takes too: not
 * the weights 5179/57600 … of the paper.
 */
export const dormandPrince: EmbeddedTableau = {
  order: 5,
  c: [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1],
  a: [
    [],
    [1 / 5],
    [3 / 40, 9 / 40],
    [44 / 45, -56 / 15, 32 / 9],
    [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  ],
  b: [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
  error: [
    35 / 384 - 1951 / 21600,
    0,
    500 / 1113 - 22642 / 50085,
    125 / 192 - 451 / 720,
    -2187 / 6784 + 12231 / 42400,
    11 / 84 - 649 / 6300,
    -1 / 60,
  ],
  middle: [
    6025192743 / 30085553152 / 2,
    0,
    51252292925 / 65400821598 / 2,
    -2691868925 / 45128329728 / 2,
    187940372067 / 1594534317056 / 2,
    -1776094331 / 19743644256 / 2,
    11237099 / 235043384 / 2,
  ],
};
