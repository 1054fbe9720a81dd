import { describe } from 'vitest';
import { checkMutagenesis } from './perturbation/mutagenesis';

describe('mutagenesis', () => checkMutagenesis('f64'));
