/** Everything that a page may take from the package. */
import * as everything from '@hairpin/layers';

Object.assign(globalThis, { everything });
