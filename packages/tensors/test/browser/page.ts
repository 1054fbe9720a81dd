import { publish } from '../../../../scripts/browser/page';
import { openDevice } from '../../src/index';
import { contracts } from '../contracts';

publish(async () => contracts(await openDevice('webgpu'), await openDevice('cpu')));
