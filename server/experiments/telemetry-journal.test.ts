import { expect, it } from 'vitest';
import type { StoredEvent } from '../domain/archive';
import { TelemetryJournal } from './telemetry-journal';

const said = (event: string): StoredEvent => ({ tUs: 1, source: 'replica1', event, json: 'x'.repeat(10) });

it('beyond its bound leaves out what comes ten times a second, keeps the rest and says so once', () => {
  const stored: string[] = [];
  const store = {
    appendEvents: (_id: string, events: StoredEvent[]) => void stored.push(...events.map(({ event }) => event)),
    appendIntervals: () => {},
  };
  let full = 0;
  const onFull = () => {
    full += 1;
  };
  const journal = new TelemetryJournal('r-0001', store, (step) => step(), { keptCharacters: 20, onFull });
  journal.addEvents([said('status'), said('trace'), said('status'), said('view')]);
  journal.addEvents([said('trace'), said('counters')]);
  journal.flush();
  expect(stored).toEqual(['status', 'trace', 'view', 'counters']);
  expect(full).toBe(1);
});
