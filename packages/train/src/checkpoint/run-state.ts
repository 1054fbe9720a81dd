import type { TuningRecord } from '@hairpin/tensors';
import type { RngState } from '@hairpin/tensors/random';
import { HairpinError } from '@hairpin/tensors';
import type { EpochRecord } from '../history';

/** Where a run stands, apart from what is in tensors. */
export interface RunState {
  /** Epoch under way, from 1, and how many of its steps are done. */
  readonly epoch: number;
  readonly step: number;
  /** Loss summed over the examples of this epoch so far, and how many they are. */
  readonly lossSum: number;
  readonly examples: number;
  readonly history: readonly EpochRecord[];
  /** The best epoch so far and what was measured then. */
  readonly best: { readonly epoch: number; readonly value: number } | undefined;
  /** Seconds of training so far, over all sittings. */
  readonly seconds: number;
  /** Generators that the model draws from, by name. */
  readonly generators: Readonly<Record<string, RngState>>;
  /** What kernels were tuned to: another choice would round in other ways. */
  readonly tuning: TuningRecord;
}

const format = 'hairpin run 1';

/** A state as the text of a file's metadata. Numbers that JSON lacks, such as a loss of Infinity, are written by name. */
export const writeRunState = (state: RunState): string =>
  JSON.stringify({ format, ...state }, (_, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : (value as unknown),
  );

/** Reads what `writeRunState` wrote. @param label names the file in errors */
export function readRunState(text: string | undefined, label: string): RunState {
  const wrong = (what: string) => new HairpinError(`${label}: expected the checkpoint of a training run, got ${what}`);
  if (text === undefined) throw wrong('a file without the state of one');
  let state: Partial<RunState> & { format?: unknown };
  try {
    state = JSON.parse(text, (_, value: unknown) => (isNamed(value) ? Number(value.number) : value)) as typeof state;
  } catch {
    throw wrong('a state that is not JSON');
  }
  if (typeof state !== 'object' || state === null || state.format !== format)
    throw wrong(`a state in the format ${JSON.stringify(state?.format)}`);
  const bad = Object.entries(checks).find(([key, isGood]) => !isGood(state[key as keyof RunState]));
  if (bad) throw wrong(`a state whose ${bad[0]} is ${JSON.stringify(state[bad[0] as keyof RunState])?.slice(0, 80)}`);
  return { best: undefined, ...state } as RunState;
}

const isNamed = (value: unknown): value is { number: string } =>
  typeof value === 'object' &&
  value !== null &&
  ['NaN', 'Infinity', '-Infinity'].includes((value as { number: string }).number);

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isNumber = (value: unknown): boolean => typeof value === 'number';
const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const checks: Record<keyof RunState, (value: unknown) => boolean> = {
  epoch: isCount,
  step: isCount,
  lossSum: isNumber,
  examples: isCount,
  history: (value) => Array.isArray(value) && value.every(isRecord),
  best: (value) => value === undefined || (isRecord(value) && isCount((value as { epoch: unknown }).epoch)),
  seconds: isNumber,
  generators: isRecord,
  tuning: isRecord,
};
