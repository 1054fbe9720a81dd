import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type DType, tensor, type Tensor } from '@hairpin/tensors';

/** The folder of real data, or undefined. */
export const dataFolder = process.env.HAIRPIN_DATA;

/** Whether the reference values are at hand; tests that need them are skipped without. */
export const hasData = dataFolder !== undefined && existsSync(join(dataFolder, 'golden'));

/** An array as the files of reference values hold it. */
export interface Values {
  readonly shape: number[];
  readonly data: number[];
}

/** A file of values computed with PyTorch in double precision. */
export function golden(name: string): Record<string, Values> {
  return JSON.parse(readFileSync(join(dataFolder!, 'golden', `${name}.json`), 'utf8')).tensors;
}

/** A recurrent layer as ONNX Runtime and JAX compute it. */
export interface OnnxCase {
  readonly op: 'RNN' | 'LSTM' | 'GRU';
  readonly attributes: {
    readonly hidden_size: number;
    readonly direction: 'forward' | 'reverse' | 'bidirectional';
    readonly linear_before_reset?: 0 | 1;
    readonly activations?: readonly string[];
  };
  readonly inputs: Record<string, Values>;
  readonly outputs_f32: Record<string, Values>;
  readonly loss_weight: Values;
  readonly loss_value_f64: number;
  readonly grads_f64: Record<string, Values>;
}

/** The recurrent cases of `reference_vectors`, by name. */
export function onnxCase(name: string): OnnxCase {
  const bytes = readFileSync(join(dataFolder!, 'reference_vectors', 'recurrent.json.gz'));
  return JSON.parse(gunzipSync(bytes).toString()).cases[name];
}

/** What a check computes in, and how far from the reference it may be. */
export interface Precision {
  readonly dtype: DType;
  readonly tolerance: number;
}

/** Double precision, which the CPU device has: nothing but rounding between two orders of summation. */
export const exact: Precision = { dtype: 'f64', tolerance: 1e-10 };

/** Single precision, which WebGPU has: some hundred roundings of 6e-8. */
export const single: Precision = { dtype: 'f32', tolerance: 2e-5 };

export const asTensor = ({ shape, data }: Values, { dtype }: Precision): Tensor => tensor(data, { shape, dtype });
