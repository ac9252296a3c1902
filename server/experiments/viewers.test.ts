import { describe, expect, it } from 'vitest';
import { countViewer, Viewers } from './viewers';

async function* endless() {
  for (let value = 0; ; value += 1) yield value;
}

describe('viewers', () => {
  it('count once each, however much of a run they listen to', () => {
    const viewers = new Viewers();
    const browser = {};
    viewers.beginCounting();
    const ends = [viewers.hold(browser), viewers.hold(browser), viewers.hold(browser)];
    expect(viewers.most).toBe(1);
    for (const end of ends) end();
    viewers.beginCounting();
    expect(viewers.most).toBe(0);
  });

  it('are as many as watched at one time, those among them who were there before', () => {
    const viewers = new Viewers();
    const first = viewers.hold({});
    viewers.beginCounting();
    expect(viewers.most).toBe(1);
    first();
    viewers.hold({})();
    viewers.hold({})();
    expect(viewers.most).toBe(1);
    viewers.hold({});
    viewers.hold({});
    expect(viewers.most).toBe(2);
  });
});

describe('a watched stream', () => {
  it('counts its viewer from the first value until it is left', async () => {
    const viewers = new Viewers();
    for await (const _ of countViewer({ viewers }, { viewer: {} }, endless())) {
      expect(viewers.most).toBe(1);
      break;
    }
    viewers.beginCounting();
    expect(viewers.most).toBe(0);
  });

  it('counts nobody who does not count', async () => {
    const viewers = new Viewers();
    for await (const _ of countViewer({ viewers }, {}, endless())) break;
    for await (const _ of countViewer({ viewers: null }, { viewer: {} }, endless())) break;
    expect(viewers.most).toBe(0);
  });
});
