/** Everything that a page may take from the package. */
import * as everything from '@hairpin/bio';

Object.assign(globalThis, { everything });
