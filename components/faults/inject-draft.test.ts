import { describe, expect, it } from 'vitest';
import { asksFirst, checkInject, firstDraft, type InjectDraft } from './inject-draft';

const draft = (changes: Partial<InjectDraft> = {}) => ({ ...firstDraft(['replica1', 'replica2', 'replica3']), ...changes });
const orderOf = (changes: Partial<InjectDraft>) => checkInject(draft(changes)).order;

describe('a fault as chosen', () => {
  it('is a target and a time', () => {
    expect(orderOf({ kind: 'kill' })).toEqual({ action: { kind: 'kill', target: { kind: 'leader' } }, forSeconds: 3 });
  });

  it('is a link with a direction', () => {
    expect(orderOf({ kind: 'cut', target: 'replica1', to: 'replica3', direction: 'one' })?.action).toEqual({
      kind: 'cut',
      link: {
        kind: 'pair',
        from: { kind: 'replica', name: 'replica1' },
        to: { kind: 'replica', name: 'replica3' },
        bothWays: false,
      },
    });
  });

  it('loses and doubles everywhere, each left empty meaning none', () => {
    expect(orderOf({ kind: 'noise', loss: '5', duplicate: ' ' })?.action).toEqual({
      kind: 'noise',
      link: { kind: 'everywhere' },
      lossPercent: 5,
      duplicatePercent: 0,
    });
  });

  it('says what is wrong with it', () => {
    expect(checkInject(draft({ kind: 'cut', target: 'replica2', to: 'replica2' })).errors).toHaveProperty('to');
    expect(checkInject(draft({ kind: 'noise', loss: '0', duplicate: '0' })).errors).toHaveProperty('loss');
    expect(checkInject(draft({ kind: 'noise', loss: '120' })).errors?.loss).toContain('Choose 0 to 100 %.');
    expect(checkInject(draft({ seconds: 'soon' })).errors?.seconds).toContain('not a number');
  });

  it('has no time of its own when it restarts, and asks before it kills for good', () => {
    expect(orderOf({ kind: 'restart', seconds: '3' })?.forSeconds).toBeNull();
    const [forGood, forAWhile, pause] = [
      orderOf({ kind: 'kill', seconds: '' }),
      orderOf({ kind: 'kill' }),
      orderOf({ seconds: '' }),
    ];
    expect([forGood, forAWhile, pause].map((order) => order !== null && asksFirst(order))).toEqual([true, false, false]);
  });
});
