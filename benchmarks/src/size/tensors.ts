/** Everything that a page may take from the package. */
import * as everything from '@hairpin/tensors';

Object.assign(globalThis, { everything });
