import { experiments } from '@hairpin/experiments';
import { studio } from './studio';

studio(experiments);
