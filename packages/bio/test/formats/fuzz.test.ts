import { fuzz } from './fuzz';
import { MUTATIONS } from '../support';

fuzz(MUTATIONS);
