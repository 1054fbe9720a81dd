import { killedRuns } from './interrupted';

killedRuns('cpu', 5);
