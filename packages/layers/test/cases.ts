import type { Layer } from '../src/index';
import type * as exported from '../src/index';
import { attention } from './cases/attention';
import { basic } from './cases/basic';
import type { Case } from './cases/case';
import { convolution } from './cases/convolution';
import { decoder } from './cases/decoder';
import { norm } from './cases/norm';
import { ode } from './cases/ode';
import { pooling } from './cases/pooling';
import { recurrent } from './cases/recurrent';
import { strands } from './cases/strands';

type Exported = typeof exported;
type LayerName = {
  [K in keyof Exported]: Exported[K] extends new (...args: never[]) => Layer ? K : never;
}[keyof Exported];

/** A row for each layer, three samples or more where it takes options: the contracts do the rest. */
export const cases: Record<LayerName, readonly Case[]> = {
  ...basic,
  ...convolution,
  ...strands,
  ...pooling,
  ...norm,
  ...recurrent,
  ...attention,
  ...decoder,
  ...ode,
};

/** Every case with a name. */
export const named = Object.entries(cases).flatMap(([name, list]) =>
  list.map((sample, i): [string, Case] => [`${name} ${i + 1}`, sample]),
);
