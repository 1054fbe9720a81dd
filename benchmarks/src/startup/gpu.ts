/** To be imported before what looks for WebGPU while it is loaded. */
import { provideWebGpu } from '../systems/adapter';

provideWebGpu();
