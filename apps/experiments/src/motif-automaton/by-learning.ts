import { motifAutomaton, simulateMotifStreams } from '@hairpin/bio';
import { automatonIsomorphism, motifAutomaton as smallestAutomaton } from '@hairpin/interpret';
import { atLeast, exactly } from '../frame/bound';
import type { Context } from './experiment';
import { type Inside, lookInside } from './look-inside';
import { misread } from './misread';
import { MotifNet } from './motif-net';
import { reader } from './reader';

/** Lets a net that has learned read far longer streams than it ever saw. */
export async function tryLearned({ report, options, rng, phase }: Context, net: MotifNet): Promise<void> {
  const { motif, longest, testLength: length, tests: count } = options;
  phase(`reading streams of ${length} letters`);
  const { sequences } = simulateMotifStreams({ rng: rng.fork('tests'), motif, count, length });
  const isRight = (says: ArrayLike<number>, state: number) => says[0] > 0 === (state === motif.length);
  const read = reader(net, (states) => net.says(states));
  const wrong = await misread(read, isRight, { sequences, automaton: motifAutomaton(motif) });
  report.number({
    ...{ row: 6, name: `Learned from at most ${longest} letters: streams of ${length} answered right at every letter` },
    ...{ value: (100 * (count - wrong)) / count, unit: '%', threshold: exactly(100), quick: atLeast(80) },
  });
}

/** Asks what the hidden states of a net that has learned hold, beside those of a net that has not. */
export async function lookIntoLearned(context: Context, net: MotifNet): Promise<void> {
  const { report, options, rng, phase } = context;
  phase('looking into its states');
  const settings = { motif: options.motif, streams: 200, length: options.longest, rng: rng.fork('inside') };
  const inside = await lookInside(net, settings);
  const name = 'read from the hidden state by a linear probe';
  report.number({
    ...{ row: 6, name: `States of the automaton, ${name}: accuracy`, value: inside.probe.accuracy },
    ...{ threshold: atLeast(0.999), quick: atLeast(0.9) },
  });
  report.number({ row: 6, name: 'Saying the most frequent state: accuracy', value: inside.probe.majority });
  const untrained = await lookInside(new MotifNet({ hidden: options.hidden, rng: rng.fork('untrained') }), settings);
  report.number({ row: 6, name: 'Untrained net, the same probe: accuracy', value: untrained.probe.accuracy });
  showMachine(context, inside);
}

/** The machine that was found in the net, with the names of the states of the automaton where it is the same. */
function showMachine({ report, options: { motif } }: Context, { machine }: Inside): void {
  const found = machine.minimal;
  const same = automatonIsomorphism(found, smallestAutomaton(motif));
  const nameOf = (state: number) => (same ? motif.slice(0, same[state]) || 'nothing' : `state ${state}`);
  report.heading('The machine inside');
  report.table(
    'The automaton extracted from the hidden states of the net that learned',
    ['having read', ...[...found.letters].map((letter) => `then ${letter}`), 'says'],
    found.next.map((after, state) => [nameOf(state), ...after.map(nameOf), found.outputs[state] ? 'found' : '–']),
  );
  report.text(
    `It has ${found.next.length} states and is ${same ? '' : 'not '}the automaton of Knuth, Morris and Pratt for ${motif}; ` +
      `${machine.conflicts} of ${machine.steps} steps contradict it.`,
  );
}
