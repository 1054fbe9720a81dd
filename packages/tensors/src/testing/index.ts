export { allClose, assertClose, distance } from './distance';
export { closeDevices, devices, webgpuDevice } from './devices';
export type { TestDevice } from './devices';
export { dispatchesDuring } from './dispatches';
export { checkGradient } from './gradient';
export type { GradientCheck } from './gradient';
