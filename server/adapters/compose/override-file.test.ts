// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose's own variables, not JavaScript's.

import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { noProgressMs } from '@/server/domain/fault-patience';
import { OBSERVE_NOTHING } from '@/server/domain/observation';
import type { RunConfig } from '@/server/domain/run';
import type { Scenario } from '@/server/domain/scenario';
import { wireRunId } from '@/server/domain/wire-run-id';
import { WORKLOAD_DEFAULT } from '@/server/domain/workload';
import { renderOverride } from './override-file';

const replicas = [1, 2, 3].map((id) => ({ id, service: `replica${id}` }));
const config: RunConfig = {
  id: 'r-0007',
  scenario: 'scenario3',
  scenarioTitle: '3 replicas',
  replicas,
  quorum: 2,
  clientService: 'client',
  clientFormat: 'lab',
  variant: { name: 'tc', title: 'TC', environment: { OFFLOADS: 'tc_broadcast' }, image: null, expects: 'offloaded' },
  workload: { ...WORKLOAD_DEFAULT, amount: { kind: 'requests', requests: 20_000 }, warmupSeconds: 0.5, clients: 4 },
  cpusets: { replica1: '0', replica2: '1-3', client: '0' },
  label: '3fa9c1-r-0007',
  project: 'electrode-lab-3fa9c1-r-0007',
  origin: 'panel',
  createdAt: 1_795_457_121_000,
  observe: OBSERVE_NOTHING,
  faults: [],
  place: null,
  importedFrom: null,
};
const scenario: Scenario = {
  name: 'scenario3',
  title: '3 replicas',
  composeFile: '/s/docker-compose.yaml',
  replicas,
  quorum: 2,
  clientService: 'client',
  clientFormat: 'lab',
  variants: [],
  declared: true,
  images: [],
  payloadMaxBytes: 1408,
  notes: [],
};
const names = { services: ['replica1', 'replica2', 'replica3', 'client', 'tracer'], networks: ['lab'] };
const labels = { 'electrode-lab.run': '3fa9c1-r-0007' };
const RUN_ID = wireRunId(config);

test('a run is laid over its scenario: labels on everything, environment and cpuset where they belong', () => {
  const replica = { RUN_ID, OFFLOADS: 'tc_broadcast' };
  expect(parse(renderOverride(config, scenario, names))).toEqual({
    services: {
      replica1: { labels, cpuset: '0', environment: replica },
      replica2: { labels, cpuset: '1-3', environment: replica },
      replica3: { labels, environment: replica },
      client: {
        labels,
        cpuset: '0',
        environment: {
          RUN_ID,
          START: 'hold',
          CLIENTS: '4',
          WARMUP_S: '0.5',
          PAYLOAD_BYTES: '64',
          GET_PERCENT: '50',
          NO_PROGRESS_MS: '10000',
          REQUESTS: '20000',
        },
      },
      tracer: { labels },
    },
    networks: { lab: { labels } },
  });
});

test('a workload in seconds says 0 requests', () => {
  const timed = { ...config, workload: { ...config.workload, amount: { kind: 'seconds', seconds: 12 } } } satisfies RunConfig;
  const { services } = parse(renderOverride(timed, scenario, names));
  expect(services.client.environment).toMatchObject({ REQUESTS: '0', DURATION_S: '12' });
});

test('the client is as patient as the plan of faults asks of it', () => {
  const kill = { atSeconds: 5, action: { kind: 'kill', target: { kind: 'leader' } }, forSeconds: 4 } as const;
  const { services } = parse(renderOverride({ ...config, faults: [kill] }, scenario, names));
  expect(services.client.environment.NO_PROGRESS_MS).toBe(String(noProgressMs({ faults: [kill] })));
  expect(noProgressMs({ faults: [kill] })).toBeGreaterThan(noProgressMs({ faults: [] }));
});

test('a run that asks for it is traced from the start, by replicas and client alike', () => {
  const traced = { ...config, observe: { ...OBSERVE_NOTHING, trace: true } } satisfies RunConfig;
  const { services } = parse(renderOverride(traced, scenario, names));
  for (const name of ['replica1', 'replica3', 'client']) expect(services[name].environment.TRACE).toBe('on');
  const theirs = { ...scenario, clientFormat: 'electrode' } satisfies Scenario;
  expect(renderOverride(traced, theirs, names)).not.toContain('TRACE');
});

test("a third party's scenario gets labels and cpusets alone", () => {
  const asIs = {
    ...config,
    variant: { name: 'as_is', title: 'As it is', environment: {}, image: null, expects: 'anything' },
  } satisfies RunConfig;
  const theirs = { ...scenario, declared: false, clientFormat: 'electrode' } satisfies Scenario;
  expect(parse(renderOverride(asIs, theirs, names)).services).toEqual({
    replica1: { labels, cpuset: '0' },
    replica2: { labels, cpuset: '1-3' },
    replica3: { labels },
    client: { labels, cpuset: '0' },
    tracer: { labels },
  });
});

test('a variant may replace the image, and a dollar sign reaches the container as one', () => {
  const variant = { ...config.variant, image: 'my/replica:2', environment: { PRICE: '5$ ${X}\n"quoted": yes' } };
  const { services } = parse(renderOverride({ ...config, variant }, scenario, names));
  expect(services.replica1.image).toBe('my/replica:2');
  expect(services.client.image).toBeUndefined();
  expect(services.replica1.environment.PRICE).toBe('5$$ $${X}\n"quoted": yes');
});

test('the wire run id is a u64 that differs between runs of one store and between stores', () => {
  const ids = [
    wireRunId(config),
    wireRunId({ ...config, id: 'r-0008' }),
    wireRunId({ ...config, createdAt: config.createdAt + 1 }),
  ];
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) {
    expect(BigInt(id) > 0n && BigInt(id) < 2n ** 64n).toBe(true);
  }
});
