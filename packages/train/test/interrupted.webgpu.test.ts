import { killedRuns } from './interrupted';

killedRuns('webgpu', 3);
