import { tensor } from '@hairpin/tensors';
import { Rng } from '@hairpin/tensors/random';
import { MotifNet } from './motif-net';

/** Of a sum that is at least ½ away from 0: tanh of the product is 1 or −1 to the last bit of an f32. */
const gain = 20;

/**
 * An Elman net whose weights are written down, not learned. Unit k is on, at 1, where the last k + 1 letters are the first ones of the
 * motif, else off, at −1. It needs the unit before it and its own letter, so that the net falls back as it must without being told
 * how (the "shift-and" of Baeza-Yates & Gonnet 1992). The last unit excites itself more than all else can inhibit it: it stays on.
 */
export function handSet(motif: string): MotifNet {
  const net = new MotifNet({ hidden: motif.length, rng: new Rng(0) });
  const units = [...motif].map((_, unit) => unit);
  const last = motif.length - 1;
  const chain = (unit: number, from: number) => (from === unit - 1 ? 0.5 : 0);
  const latch = (unit: number) => (unit === last ? 2 : 0);
  const weights = net.parameters();
  const set = (name: string, values: number[] | number[][]) => weights[name].assign(tensor(values));
  const rows = (from: (unit: number) => number[]) => units.map((unit) => from(unit).map((value) => gain * value));
  const biases = units.map((unit) => gain * (latch(unit) - (unit === 0 ? 0.5 : 1)));
  set('net.layers.0.forward.weightIh', rows((unit) => [...'ACGT'].map((letter) => Number(letter === motif[unit])))); // prettier-ignore
  set('net.layers.0.forward.weightHh', rows((unit) => units.map((from) => chain(unit, from) + (from === unit ? latch(unit) : 0)))); // prettier-ignore
  set('net.layers.0.forward.biasIh', biases);
  set('net.layers.0.forward.biasHh', units.map(() => 0)); // prettier-ignore
  set('net.initial.value', units.map(() => -1)); // prettier-ignore
  set('head.weight', [units.map((unit) => Number(unit === last))]);
  set('head.bias', [0]);
  return net;
}

/** How much of the motif the hand-set net has read: its highest unit that is on, counted from 1; 0 where none is. */
export function stateOf(units: ArrayLike<number>): number {
  for (let unit = units.length; unit > 0; unit--) if (units[unit - 1] > 0) return unit;
  return 0;
}
