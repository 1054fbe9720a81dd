import { contracts } from './contracts';
import { hybrid } from './hybrid';

contracts(hybrid.map(([name, sample]) => [name, sample]));
