import { describe } from 'vitest';
import { itFreezes } from './frozen';

describe('frozen weights', () => itFreezes(false));
