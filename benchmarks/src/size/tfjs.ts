/** Everything that a page may take from the core of TensorFlow.js, with its WebGPU and its gradients. */
import * as everything from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';

Object.assign(globalThis, { everything });
