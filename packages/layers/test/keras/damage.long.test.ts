import { it } from 'vitest';
import { survivesDamage } from './damage';

it.each(['one length', 'any length'] as const)(
  'Keras files with names of %s: 10 000 damaged ones, each whole or refused, and none without end',
  (names) => survivesDamage(10_000, names),
);
