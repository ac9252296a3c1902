import { describe, expect, it } from 'vitest';
import type { LaunchPad, Scenario, Workload } from '@/server/api/types';
import { checkDraft, draftOf, estimateRunMs, fieldOfRefusal } from './workload-draft';

const bounds: LaunchPad['workloadBounds'] = {
  requests: { min: 1, max: 100_000_000 },
  seconds: { min: 1, max: 3600 },
  warmupSeconds: { min: 0, max: 30 },
  clients: { min: 1, max: 64 },
  payloadBytes: { min: 8, max: 1408 },
  getPercent: { min: 0, max: 100 },
};

const scenario: Scenario = {
  name: 'scenario3',
  title: 'Three replicas',
  composeFile: 'scenarios/scenario3/docker-compose.yaml',
  replicas: [1, 2, 3].map((id) => ({ id, service: `replica${id}` })),
  quorum: 2,
  clientService: 'client',
  clientFormat: 'lab',
  variants: [],
  declared: true,
  images: [],
  payloadMaxBytes: 1_200,
  notes: [],
};

const workload: Workload = {
  amount: { kind: 'seconds', seconds: 20 },
  warmupSeconds: 2,
  clients: 1,
  payloadBytes: 64,
  getPercent: 50,
  placement: 'auto',
};

const draft = draftOf(workload);

describe('checkDraft', () => {
  it('gives back the workload it was filled with', () => {
    expect(checkDraft(draft, bounds, scenario)).toEqual({ workload, errors: null });
  });

  it('reads requests with separators and leaves the other unit unchecked', () => {
    const checked = checkDraft({ ...draft, kind: 'requests', requests: '20,000', seconds: 'abc' }, bounds, scenario);
    expect(checked.workload?.amount).toEqual({ kind: 'requests', requests: 20_000 });
  });

  it.each([
    [{ seconds: '' }, 'seconds', 'Duration is empty. Choose 1 to 3,600 seconds.'],
    [{ seconds: '3601' }, 'seconds', '3601 is above the most. Choose 1 to 3,600 seconds.'],
    [{ warmupSeconds: '-1' }, 'warmupSeconds', '-1 is below the least. Choose 0 to 30 seconds.'],
    [{ clients: '1.5' }, 'clients', 'Clients is a whole number. Choose 1 to 64 clients.'],
    [{ clients: '1e3' }, 'clients', '“1e3” is not a number. Choose 1 to 64 clients.'],
    [{ getPercent: '101' }, 'getPercent', '101 is above the most. Choose 0 to 100 %.'],
  ])('says what is wrong with %o', (change, field, message) => {
    const checked = checkDraft({ ...draft, ...change }, bounds, scenario);
    expect(checked.workload).toBeNull();
    expect(checked.errors).toEqual({ [field]: message });
  });

  it('holds the payload to what one datagram of this scenario carries', () => {
    const { errors } = checkDraft({ ...draft, payloadBytes: '1300' }, bounds, scenario);
    expect(errors?.payloadBytes).toBe('1300 is above the most. Choose 8 to 1,200 bytes.');
  });

  it('names every wrong field at once', () => {
    const { errors } = checkDraft({ ...draft, seconds: '0', clients: '0' }, bounds, scenario);
    expect(Object.keys(errors ?? {})).toEqual(['seconds', 'clients']);
  });
});

describe('fieldOfRefusal', () => {
  it('finds the field the server speaks of', () => {
    expect(fieldOfRefusal('Payload is 2,000 bytes, but …', 'seconds')).toBe('payloadBytes');
    expect(fieldOfRefusal('This workload can need up to …', 'requests')).toBe('requests');
    expect(fieldOfRefusal('This workload can need up to …', 'seconds')).toBe('seconds');
  });

  it('finds none in words about something else', () => {
    expect(fieldOfRefusal('The engine does not answer.', 'seconds')).toBeNull();
  });
});

describe('estimateRunMs', () => {
  it('adds start, warm-up and measured seconds', () => {
    expect(estimateRunMs(workload, 3, null)).toBe(3_000 + 1_500 + 2_000 + 20_000);
  });

  it('takes the length of counted requests from a known rate, and guesses none without', () => {
    const counted: Workload = { ...workload, amount: { kind: 'requests', requests: 20_000 } };
    expect(estimateRunMs(counted, 3, 5_000)).toBe(3_000 + 1_500 + 2_000 + 4_000);
    expect(estimateRunMs(counted, 3, null)).toBeNull();
  });
});
