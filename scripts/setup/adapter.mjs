/** Asks Dawn for a WebGPU adapter and prints what it is; started as a child, because a broken driver may crash its process. */
import { create } from 'webgpu';

const adapter = await create([]).requestAdapter();
if (!adapter) process.exit(1);
console.log(adapter.info.description || adapter.info.device || adapter.info.vendor);
