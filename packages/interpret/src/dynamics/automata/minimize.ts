import { type Automaton, checkAutomaton } from './automaton';

/**
 * The smallest automaton that gives the same outputs: states that cannot be reached are left out, states that no word tells
 * apart are one (Moore 1956). States are numbered as they are met, breadth first and in the order of the letters, so two
 * automata over the same letters are equivalent exactly if their minimal ones are equal.
 */
export function minimizeAutomaton(automaton: Automaton): Automaton {
  checkAutomaton('minimizeAutomaton', automaton);
  const { letters, start, next, outputs } = automaton;
  const kinds = kindsOf(automaton);
  const order = reachable(
    start,
    (state) => next[state],
    (state) => kinds[state],
  );
  const number = new Map(order.map((state, i) => [kinds[state], i]));
  return {
    ...{ letters, start: 0 },
    next: order.map((state) => next[state].map((after) => number.get(kinds[after])!)),
    outputs: order.map((state) => outputs[state]),
  };
}

/** States in the order in which they are met, one of each `kind`. */
function reachable(
  start: number,
  next: (state: number) => readonly number[],
  kind: (state: number) => number,
): readonly number[] {
  const met = new Set([kind(start)]);
  const order = [start];
  for (const state of order)
    for (const after of next(state))
      if (!met.has(kind(after))) {
        met.add(kind(after));
        order.push(after);
      }
  return order;
}

/** A number for each state, the same for those that no word tells apart. */
export function kindsOf({ next, outputs }: Automaton): readonly number[] {
  let kinds = renumbered(outputs.map(String));
  for (;;) {
    const finer = renumbered(next.map((row, state) => [kinds[state], ...row.map((after) => kinds[after])].join()));
    if (Math.max(...finer) === Math.max(...kinds)) return kinds;
    kinds = finer;
  }
}

function renumbered(names: readonly string[]): number[] {
  const numbers = new Map([...new Set(names)].map((name, i) => [name, i]));
  return names.map((name) => numbers.get(name)!);
}
