import { describe } from 'vitest';
import { checkBuffers } from './buffers';

describe('a buffer in training', checkBuffers);
