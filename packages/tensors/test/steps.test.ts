import { describe, expect, it } from 'vitest';
import { copy, cutAt, ones, scan, stepsBetween, tap, tensor, type Tensor, zeros } from '../src/index';

describe('cutAt', () => {
  const model = (x: Tensor): Tensor => tap(x.mul(2), 'doubled').add(1).square();

  it('gives the tapped value, and what another one would lead to', async () => {
    const { at, head } = cutAt(model(tensor([1, 2])), 'doubled');
    const other = head(tensor([10, 20]));
    expect([...(await at.data()), ...(await other.data())]).toEqual([2, 4, 121, 441]);
  });

  it('wants one tap of that name, and not inside a loop', () => {
    expect(() => cutAt(model(ones([2])), 'tripled')).toThrow(
      /one tap named 'tripled'.*occurs 0 times; the taps here: doubled/,
    );
    const twice = model(ones([2])).add(model(ones([2])));
    expect(() => cutAt(twice, 'doubled')).toThrow('occurs 2 times');
    const body = (h: Tensor, x: Tensor) => [tap(h.mul(x), 'inside'), []] as const;
    expect(() => cutAt(scan(body, zeros([1, 1]), ones([1, 3, 1]))[0], 'inside')).toThrow('lies inside a loop');
  });
});

describe('stepsBetween', () => {
  it('lists the ops on the way, inputs first, each to be taken again', async () => {
    const x = copy(tensor([1, -2]));
    const beside = tensor([3, 3]).mul(2);
    const steps = stepsBetween(x, x.relu().add(beside).mul(x));
    expect(steps.map(({ name }) => name)).toEqual(['relu', 'add', 'mul']);
    expect([...(await steps[0]!.again([tensor([5, -5])]).data())]).toEqual([5, 0]);
    const [dx] = steps[2]!.vjp(ones([2]), [ones([2]), tensor([7, 8])]);
    expect([...(await dx!.data())]).toEqual([7, 8]);
  });
});
