/** Everything that a page may take from jax-js. */
import * as everything from '@jax-js/jax';

Object.assign(globalThis, { everything });
