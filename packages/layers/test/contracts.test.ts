import { contracts } from './contracts';

contracts();
