import { motifAutomaton, runAutomaton, simulateMotifStreams } from '@hairpin/bio';
import { exactly } from '../frame/bound';
import type { Context } from './experiment';
import { handSet, stateOf } from './hand-set';
import { allStrings, misread, withoutFallBack } from './misread';
import { reader } from './reader';

/** Compares the net whose weights are written down with the automaton, letter by letter. */
export async function tryHandSet(context: Context): Promise<void> {
  const { report, options, rng, phase } = context;
  const { motif, stringLength, streamLength: length, streams: count } = options;
  const automaton = motifAutomaton(motif);
  const read = reader(handSet(motif), (units) => units);
  const differs = (sequences: readonly string[]) =>
    misread(read, (units, state) => stateOf(units) === state, { sequences, automaton });
  phase(`weights set by hand, all strings of ${stringLength} letters`);
  report.number({
    ...{ row: 6, name: `By hand: strings of ${stringLength} letters not read as the automaton reads them` },
    ...{ value: await overStrings(context, differs), threshold: exactly(0) },
  });
  const overlooked = { row: 6, name: `Automaton without fall-backs: strings of ${stringLength} letters misjudged` };
  report.number({ ...overlooked, value: misjudged(withoutFallBack(automaton), stringLength) });
  phase(`weights set by hand, streams of ${length} letters`);
  const { sequences } = simulateMotifStreams({ rng: rng.fork('streams'), motif, count, length });
  report.number({
    ...{ row: 6, name: `By hand: streams of ${length} letters not read as the automaton reads them` },
    ...{ value: await differs(sequences), threshold: exactly(0) },
  });
}

/** Sums a number over all strings. */
async function overStrings(
  { options: { stringLength }, progress }: Context,
  count: (strings: readonly string[]) => Promise<number>,
): Promise<number> {
  let [sum, done] = [0, 0];
  for (const strings of allStrings(stringLength)) {
    sum += await count(strings);
    progress({ done: (done += strings.length), total: 4 ** stringLength });
  }
  return sum;
}

/** How many strings a machine does not accept, or does, where it should not. */
function misjudged(machine: ReturnType<typeof motifAutomaton>, length: number): number {
  const ends = (string: string) => runAutomaton(machine, string).at(-1) === machine.motif.length;
  const wrong = (string: string) => ends(string) !== string.includes(machine.motif);
  return [...allStrings(length)].reduce((sum, strings) => sum + strings.filter(wrong).length, 0);
}
