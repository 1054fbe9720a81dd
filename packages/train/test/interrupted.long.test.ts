import { killedRuns } from './interrupted';

killedRuns('cpu', 50);
killedRuns('webgpu', 50);
