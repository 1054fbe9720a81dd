/** Everything that a page may take from the package. */
import * as everything from '@hairpin/interpret';

Object.assign(globalThis, { everything });
