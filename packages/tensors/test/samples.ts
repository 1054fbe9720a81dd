import type { OpName } from '../src/ops';
import { elementwise } from './samples/elementwise';
import { movement } from './samples/movement';
import { places } from './samples/places';
import { sums } from './samples/sums';
import type { Samples } from './samples/values';

/** A row for every op, of at least three samples: the contracts make its tests. */
export const samples: Record<OpName, Samples> = { ...elementwise, ...movement, ...sums, ...places };
