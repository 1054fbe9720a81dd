export { readKerasWeights } from './read-weights';
