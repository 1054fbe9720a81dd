/** Everything that a page may take from the package. */
import * as everything from '@hairpin/train';

Object.assign(globalThis, { everything });
