import { it } from 'vitest';
import { survivesDamage } from './fuzz';

it('of 10 000 damaged checkpoints none is loaded in part', () => survivesDamage(10_000));
