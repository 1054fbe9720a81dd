import { publish } from '../../../../scripts/browser/page';
import { openDevice } from '../../src/index';
import { contracts } from '../contracts';
import { products } from '../products';

publish(async () => {
  const [gpu, cpu] = [await openDevice('webgpu'), await openDevice('cpu')];
  return [...contracts(gpu, cpu), ...products(gpu, cpu)];
});
