export { allClose, assertClose, distance } from './distance';
export { closeDevices, devices } from './devices';
export type { TestDevice } from './devices';
export { checkGradient } from './gradient';
export type { GradientCheck } from './gradient';
