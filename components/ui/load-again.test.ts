import { describe, expect, it } from 'vitest';
import { loadAgain } from './load-again';

describe('loading a part of the page', () => {
  it('tries again when the browser dropped it', async () => {
    let tries = 0;
    const load = () => {
      tries += 1;
      return tries < 3 ? Promise.reject(new Error('network changed')) : Promise.resolve('chart');
    };
    await expect(loadAgain(load)).resolves.toBe('chart');
    expect(tries).toBe(3);
  });

  it('gives up with the reason in the end', async () => {
    await expect(loadAgain(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  });
});
