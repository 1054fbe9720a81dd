import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type DType, Tensor, tensor } from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { expect } from 'vitest';
import { dataFolder } from '../data';

/** A tensor as the files hold it. */
export interface Stored {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** An operator of a graph. */
export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a number, a string or a list, by name
  readonly attributes: Readonly<Record<string, any>>;
}

/** A model of one or a few operators, with inputs and what must come out. */
export interface OnnxTest {
  readonly nodes: readonly Node[];
  readonly initializers: Readonly<Record<string, Omit<Stored, 'name'>>>;
  readonly inputs: readonly Stored[];
  readonly outputs: readonly Stored[];
}

/** The files of the data folder's `onnx_tests`. */
export const files = ['rnn', 'conv', 'activation_norm', 'linear_index', 'loss', 'optimizer'] as const;

/** The name of such a file. */
export type FileName = (typeof files)[number];

const path = (file: FileName) => join(dataFolder ?? '', 'onnx_tests', `${file}.json.gz`);

/** Whether the files are at hand. */
export const hasOnnxTests = dataFolder !== undefined && files.every((file) => existsSync(path(file)));

/** The tests of a file, by name. */
export const testsOf = (file: FileName): Record<string, OnnxTest> =>
  JSON.parse(gunzipSync(readFileSync(path(file))).toString());

/** An input of an operator: what is stored, or what an operator before has given. */
export class Input {
  constructor(readonly value: Omit<Stored, 'name'> | Tensor) {}

  get shape(): readonly number[] {
    return this.value.shape;
  }

  get tensor(): Tensor {
    if (this.value instanceof Tensor) return this.value;
    const { data, shape, dtype } = this.value;
    return tensor(data, { shape, dtype: dtypes[dtype] ?? 'f32' });
  }

  /** The numbers of an input that says how to compute: axes, lengths, widths of padding. */
  get numbers(): readonly number[] {
    if (this.value instanceof Tensor) throw new Error('expected numbers of the file, got something computed');
    return this.value.data;
  }
}

const dtypes: Readonly<Record<string, DType>> = {
  float64: 'f64',
  int32: 'i32',
  int64: 'i32',
  uint8: 'u32',
  bool: 'bool',
};

/** Computes what an operator gives; undefined in place of an input that is left out. */
export type Operator = (
  inputs: readonly Input[],
  attributes: Node['attributes'],
) => Tensor | readonly (Tensor | undefined)[];

/** What the outputs of an operator were, against the file: single precision on either side. */
const TOLERANCE = 2e-6;

/** Runs a test; an output that an operator does not give is not compared. Raises an error where one differs. */
export async function runTest(test: OnnxTest, operators: Readonly<Record<string, Operator>>): Promise<void> {
  const values = new Map<string, Input>();
  for (const [name, stored] of Object.entries(test.initializers)) values.set(name, new Input(stored));
  for (const stored of test.inputs) values.set(stored.name, new Input(stored));
  for (const { op, inputs, outputs, attributes } of test.nodes) {
    const found = operators[op](inputs.map((name) => values.get(name)) as Input[], attributes);
    const list = found instanceof Tensor ? [found] : found;
    outputs.forEach((name, k) => name && list[k] && values.set(name, new Input(list[k])));
  }
  let compared = 0;
  for (const { name, shape, data } of test.outputs) {
    const got = values.get(name)?.value;
    if (!(got instanceof Tensor)) continue;
    expect(got.shape, name).toEqual(shape);
    assertClose(await got.data(), data, TOLERANCE, name);
    compared++;
  }
  expect(compared).toBeGreaterThan(0);
}
