import { concat, type Context, shapeError, type Tensor } from '@hairpin/tensors';
import type { Cell, State } from '../cells/cell';
import { Dropout } from '../dropout';
import { Layer } from '../layer';
import { assertOutsideCompile } from '../outside-compile';
import { circle, type CircularOptions } from './circular';
import { type InitialState, LearnedState } from './initial-state';
import { walkDilated } from './dilated';
import { repeatRows } from './interleave';
import { dtypeOf, makeLayers, type MakeCell, whole } from './make-layers';
import {
  checkState,
  inOrder,
  type LayerCells,
  type LayerState,
  mapWalks,
  type RecurrentState,
  splitState,
  stateWidth,
} from './state';
import { mapState, walk, type WalkOptions } from './walk';

/** What `Recurrent` makes of a cell. */
export interface RecurrentOptions {
  /** Channels of the sequences; a finished cell knows them. */
  readonly in?: number;
  /** Nets on top of each other, each reading what the one below gives: 1 unless said. */
  readonly layers?: number;
  /** `forward` unless said; a bidirectional net gives what both walks give, side by side. */
  readonly direction?: 'forward' | 'reverse' | 'bidirectional';
  /** Share of what a layer gives that the next one does not see while training (`Dropout`): 0 unless said. */
  readonly dropout?: number;
  /** Where sequences start: at `zero` unless said, at one `learned` state, or where an object of that width says. */
  readonly initial?: 'zero' | 'learned' | ((width: number) => InitialState);
  /**
   * Backpropagation through time is cut at every multiple of so many steps (Williams & Peng 1990); never unless said.
   */
  readonly truncate?: number;
  /**
   * For long sequences: the gradient keeps the state at every multiple of so many steps, and computes what lies between
   * again (Chen et al. 2016). About √length needs the least memory; unless said, everything is kept.
   */
  readonly checkpoint?: number;
  /** Times that a circular sequence is walked, each from the state in which the one before ended: 1 unless said. */
  readonly laps?: number;
  /** How many steps a layer looks back: 1 unless said. Beyond 1 only forwards. */
  readonly dilation?: (layer: number) => number;
}

/** A context, and what concerns one run. */
export interface RunOptions extends Context {
  /** The state of an earlier run, from which this one goes on, instead of the initial state. */
  readonly state?: RecurrentState;
  /** Instead of the net's own number of laps. */
  readonly laps?: number;
}

/** Outputs of the last layer, [batch, length, directions · hidden], and the state after the last step. */
export interface Run {
  readonly y: Tensor;
  readonly state: RecurrentState;
}

/**
 * A net of cells over sequences.   x: [batch, length, in] → [batch, length, directions · hidden]
 * With `context.lengths` a row ends at its own length: outputs beyond are 0, the state is that of its last step, and a
 * reverse walk begins there. Layer 0's cells are `layers.0.forward` and `layers.0.reverse` in the names of parameters.
 */
export class Recurrent extends Layer {
  readonly layers: readonly LayerCells[];
  readonly initial: InitialState | undefined;
  readonly dropout: Dropout;
  readonly truncate: number | undefined;
  readonly checkpoint: number | undefined;
  readonly laps: number;
  /** How many steps each layer looks back. */
  readonly dilations: readonly number[];

  /** `cell` is a finished one for a single layer and direction, else a function that makes them. */
  constructor(cell: Cell<State> | MakeCell, options: RecurrentOptions = {}) {
    super();
    const { direction = 'forward', layers = 1, initial = 'zero', dilation = () => 1 } = options;
    this.layers = makeLayers(cell, { ...options, direction, layers });
    this.dilations = this.layers.map((_, layer) => whole('dilation', dilation(layer)));
    if (direction !== 'forward' && this.dilations.some((d) => d > 1))
      throw new RangeError(`Recurrent: a layer that looks back more than one step walks forward, not ${direction}`);
    const width = stateWidth(this.layers);
    if (initial === 'learned') this.initial = new LearnedState({ width, dtype: dtypeOf(this.layers) });
    else if (initial !== 'zero') this.initial = initial(width);
    this.dropout = new Dropout(options.dropout ?? 0);
    this.truncate = options.truncate === undefined ? undefined : whole('truncate', options.truncate);
    this.checkpoint = options.checkpoint === undefined ? undefined : whole('checkpoint', options.checkpoint);
    this.laps = whole('laps', options.laps ?? 1);
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    return this.run(x, context).y;
  }

  /** Outputs and last state; `state` goes on from an earlier run, `laps` walks a circle so many times. */
  run(x: Tensor, { state, laps = this.laps, ...context }: RunOptions = {}): Run {
    let before = this.start(x, state, context);
    for (let lap = 1; lap < whole('laps', laps); lap++) before = this.pass(x, before, context).state;
    return this.pass(x, before, context);
  }

  /**
   * Walks a circular sequence until a lap leaves the state as it was, and says how many laps that took. What it gives
   * is computed and has no gradient: for that, `run(x, { laps })` with the number that came out. Raises `NotConverged`
   * past `maxLaps`, and an error inside `compile`, where a number of laps must be given.
   */
  runCircular(x: Tensor, options: CircularOptions & RunOptions = {}): Promise<Run & { readonly laps: number }> {
    assertOutsideCompile(
      'runCircular: inside compile() nobody can look whether the state has settled; ' +
        'take a fixed number of laps, run(x, { laps: 2 })',
    );
    const { epsilon, maxLaps = 16, state, laps: _, ...context } = options;
    return circle((before) => this.pass(x, before, context), this.start(x, state, context), {
      epsilon,
      maxLaps: whole('maxLaps', maxLaps),
    });
  }

  /**
   * What the last layer gives where its walks end: [batch, directions · hidden]. For a row forward that is its last
   * step.
   */
  last(state: RecurrentState): Tensor {
    const at = this.layers.length - 1;
    const [cells, slots] = [this.layers[at], this.dilations[at]];
    const newest = (part: Tensor) => (slots > 1 ? part.slice([0, slots - 1]).reshape([part.shape[0], -1]) : part);
    return concat(inOrder(mapWalks(cells, (cell, way) => cell.output(mapState(state[at][way]!, newest)))), 1);
  }

  private start(x: Tensor, state: RecurrentState | undefined, context: Context): RecurrentState {
    const inputs = inOrder(this.layers[0])[0].inputSize;
    if (x.shape.length !== 3 || x.shape[2] !== inputs)
      throw shapeError('Recurrent', `input [batch, length, ${inputs}]`, x.shape);
    if (state) checkState(state, this.layers, this.dilations, x.shape[0]);
    return state ?? this.initialState(x, context);
  }

  private initialState(x: Tensor, context: Context): RecurrentState {
    const zero = () => this.layers.map((layer) => mapWalks(layer, (cell) => cell.init(x.shape[0], x)));
    const rows = this.initial ? splitState(this.initial.state(x, context), this.layers) : zero();
    const slots = (part: Tensor, d: number) => repeatRows(part, d).reshape([part.shape[0], d, part.shape[1]]);
    return rows.map((layer, l) => {
      const d = this.dilations[l];
      return d === 1 ? layer : { forward: mapState(layer.forward!, (part) => slots(part, d)) };
    });
  }

  private pass(x: Tensor, before: RecurrentState, context: Context): Run {
    const state: LayerState[] = [];
    let y = x;
    this.layers.forEach((cells, l) => {
      const input = l === 0 ? y : this.dropout.forward(y, context);
      const walked = this.passLayer(cells, input, before[l], { d: this.dilations[l], context });
      state.push(walked.state);
      y = walked.y;
    });
    return { y, state };
  }

  private passLayer(cells: LayerCells, x: Tensor, before: LayerState, { d, context }: { d: number; context: Context }) {
    const { truncate, checkpoint } = this;
    const options: WalkOptions = { lengths: context.lengths, truncate, checkpoint, context };
    if (d > 1) {
      const { y, state } = walkDilated(cells.forward!, x, before.forward!, { ...options, d });
      return { y, state: { forward: state } };
    }
    const walked = mapWalks(cells, (cell, way) =>
      walk(cell, x, before[way]!, { ...options, reverse: way === 'reverse' }),
    );
    return {
      y: concat(
        inOrder(walked).map(({ y }) => y),
        2,
      ),
      state: mapWalks(cells, (_, way) => walked[way]!.state),
    };
  }
}
