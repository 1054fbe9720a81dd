import { describe } from 'vitest';
import { checkBatchNorm } from './batch-norm';

describe('BatchNorm1d in training', checkBatchNorm);
