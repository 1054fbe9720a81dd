import { fuzz } from './fuzz';

fuzz(100_000);
