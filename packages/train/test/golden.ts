import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.HAIRPIN_DATA && join(process.env.HAIRPIN_DATA, 'golden');

/** Whether the reference values are at hand. */
export const hasGolden = folder !== undefined && existsSync(folder);

/** A file of values computed with PyTorch in double precision. */
export function golden(name: string): Record<string, { shape: number[]; data: number[] }> {
  return JSON.parse(readFileSync(join(folder ?? '', `${name}.json`), 'utf8')).tensors;
}
