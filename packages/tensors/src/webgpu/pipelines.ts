import { InvalidShaderError } from '../errors';
import { activeRecording } from '../profile/recording';

/** Compiled shaders by text, and the layouts that they share. */
export class Pipelines {
  private readonly byText = new Map<string, Promise<GPUComputePipeline>>();
  private readonly layouts = new Map<number, GPUBindGroupLayout>();

  constructor(private readonly device: GPUDevice) {}

  /** The pipeline of a text; `name` is the op in an error. */
  get(wgsl: string, buffers: number, name: string): Promise<GPUComputePipeline> {
    let pipeline = this.byText.get(wgsl);
    if (!pipeline) this.byText.set(wgsl, (pipeline = this.create(wgsl, buffers, name)));
    return pipeline;
  }

  /** Two uniform buffers, the table and the scalars, and then storage buffers, all of them read_write: the arena is one buffer. */
  layout(buffers: number): GPUBindGroupLayout {
    let layout = this.layouts.get(buffers);
    if (!layout) {
      const entry = (binding: number, type: GPUBufferBindingType) => ({ binding, visibility: 4, buffer: { type } });
      const storage = Array.from({ length: buffers }, (_, i) => entry(i + 2, 'storage'));
      layout = this.device.createBindGroupLayout({ entries: [entry(0, 'uniform'), entry(1, 'uniform'), ...storage] });
      this.layouts.set(buffers, layout);
    }
    return layout;
  }

  private async create(wgsl: string, buffers: number, name: string): Promise<GPUComputePipeline> {
    const start = performance.now();
    const module = this.device.createShaderModule({ code: wgsl, label: name });
    const layout = this.device.createPipelineLayout({ bindGroupLayouts: [this.layout(buffers)] });
    try {
      const pipeline = await this.device.createComputePipelineAsync({
        layout,
        compute: { module, entryPoint: 'main' },
        label: name,
      });
      activeRecording()?.pipelines.push({ name, start, ms: performance.now() - start });
      return pipeline;
    } catch (error) {
      const { messages } = await module.getCompilationInfo();
      const lines = wgsl.split('\n');
      const told = messages.map((m) => `${m.type}: ${m.message} at "${lines[m.lineNum - 1] ?? ''}"`).join('\n');
      throw new InvalidShaderError(`${name}: the shader did not compile: ${told || (error as Error).message}`);
    }
  }
}
