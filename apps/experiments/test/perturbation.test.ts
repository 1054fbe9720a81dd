import { describe } from 'vitest';
import { checkPerturbation } from './perturbation';

describe('mutagenesis of models of layers', () => checkPerturbation('f64'));
