import { flattenNest } from '../nest';
import { Parameter } from '../parameter';
import { realize } from '../realize';
import { Tensor } from '../tensor';
import { recordAssignments } from '../trace';
import { recorded, type Recording } from './recording';

/** One call of a function, watched from its start until its devices are idle. */
export interface Observation extends Pick<Recording, 'runs' | 'pipelines'> {
  /** Clock of the host, in milliseconds. */
  readonly start: number;
  readonly end: number;
}

/** Calls f and waits for all that it set going. */
export async function observe(f: () => unknown, isApart: boolean): Promise<Observation> {
  const recording: Recording = { isApart, runs: [], pipelines: [], idle: new Map() };
  const start = performance.now();
  await recorded(recording, () => settle(f));
  for (const idle of recording.idle.values()) await idle();
  return { runs: recording.runs, pipelines: recording.pipelines, start, end: performance.now() };
}

/** What a plain function leaves pending is computed; a compiled one leaves nothing. */
async function settle(f: () => unknown): Promise<void> {
  const { result, assigned } = recordAssignments(f);
  const leaves = flattenNest(await result);
  const pending = leaves.filter((leaf): leaf is Tensor => leaf instanceof Tensor && leaf.source.kind === 'op');
  const parameters = [...assigned].filter((cell): cell is Parameter => cell instanceof Parameter);
  await realize(...pending, ...parameters);
}
