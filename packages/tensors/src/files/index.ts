export { crc32 } from './crc32';
export { ArrayFileError } from './error';
export type { FileArray, FileData, FileDType } from './file-array';
export { toFloat32 } from './float32';
export { readNpy, writeNpy } from './npy';
export { readNpz, writeNpz } from './npz';
export { readSafetensors, writeSafetensors } from './safetensors';
export type { Safetensors } from './safetensors';
