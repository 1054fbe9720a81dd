import type { Device } from '../src/index';
import { differentiable } from './contracts/evaluate';
import {
  agreesWithReference,
  broadcastingIsRepetition,
  compiledIsEager,
  failsWith,
  fastFormIsReference,
  fusedIsUnfused,
  gradientAgrees,
  gradientIsRight,
  isBroadcast,
  methodIsFunction,
  reachesTheEnd,
} from './contracts/laws';
import { samples } from './samples';
import { chains } from './samples/chains';
import { composites } from './samples/composites';
import { errors } from './samples/errors';
import { large } from './samples/large';
import { methodCalls } from './samples/methods';
import type { Sample } from './samples/values';

/*
 * What every op owes, made from the tables of samples. A case knows neither the test runner nor the machine: the same
 * list runs in Node and in a page.
 */

/** Passes when `run` resolves. */
export interface Case {
  readonly name: string;
  readonly run: () => Promise<void>;
}

type Row = readonly [key: string, sample: Sample];

const rowsOf = (table: Record<string, readonly Sample[]>, mark = ''): Row[] =>
  Object.entries(table).flatMap(([key, list]) => list.map((sample): Row => [`${key}${mark}`, sample]));

const opRows = rowsOf(samples);
const chainRows = rowsOf(chains);
const allRows = [...opRows, ...rowsOf(composites, '()'), ...chainRows];

/** All chains and the first sample of everything else: for laws whose shaders take long to compile. */
const few = (rows: readonly Row[]): Row[] =>
  rows.filter((row, i) => chainRows.includes(row) || rows.findIndex(([key]) => key === row[0]) === i);

const cases = (rows: readonly Row[], what: string, law: (sample: Sample) => Promise<void>): Case[] =>
  rows.map(([key, sample]) => ({ name: `${key} ${sample.name}: ${what}`, run: () => law(sample) }));

/** What the ops say of themselves: definitions and gradients in double precision on the CPU, error texts, methods. */
export function specification(cpu: Device): Case[] {
  const smooth = allRows.filter(([, sample]) => differentiable(sample, 'f64', cpu));
  const broadcast = opRows.filter(([, sample]) => isBroadcast(sample, cpu));
  return [
    ...cases(allRows, 'the fast form is the reference', (sample) => fastFormIsReference(sample, cpu)),
    ...cases(broadcast, 'broadcasting is repetition', (sample) => broadcastingIsRepetition(sample, cpu)),
    ...cases(smooth, 'gradient', (sample) => gradientIsRight(sample, cpu, 1)),
    ...cases(smooth, 'gradient of second order', (sample) => gradientIsRight(sample, cpu, 2)),
    ...errors.map(([call, message]) => ({ name: `error: ${message}`, run: async () => failsWith(call, message) })),
    ...Object.entries(methodCalls).map(([name, call]) => ({
      name: `method ${name}: is the function`,
      run: async () => methodIsFunction(name, call),
    })),
  ];
}

/** What a device owes in single precision, measured against the specification on the CPU. */
export function contracts(device: Device, cpu: Device): Case[] {
  const smooth = allRows.filter(([, sample]) => differentiable(sample, 'f64', cpu));
  return [
    ...cases(allRows, 'agrees with the reference', (sample) => agreesWithReference(sample, device, cpu)),
    ...cases(smooth, 'gradient agrees', (sample) => gradientAgrees(sample, device, cpu, 1)),
    ...cases(few(smooth), 'second gradient agrees', (sample) => gradientAgrees(sample, device, cpu, 2)),
    ...cases(few(allRows), 'fused is unfused', (sample) => fusedIsUnfused(sample, device)),
    ...cases(few(allRows), 'compiled is eager', (sample) => compiledIsEager(sample, device)),
    ...(device === cpu ? [] : large).map((row) => ({
      name: `${row.name}: past one dispatch`,
      run: () => reachesTheEnd(row, device),
    })),
  ];
}
