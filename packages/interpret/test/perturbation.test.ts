import { describe } from 'vitest';
import { checkMutagenesis } from './perturbation/mutagenesis';
import { checkPerturbations } from './perturbation/perturbations';

describe('mutagenesis', () => checkMutagenesis('f64'));
describe('perturbations', () => checkPerturbations('f64'));
