import { expect, it } from 'vitest';
import { BASELINE, replicasOf, TC_BROADCAST } from '../example-run';
import type { Catalogue, Scenario } from '../scenario';
import { checkPlan } from './check-plan';
import { examplePlan } from './example-experiment';
import type { ExperimentPlan } from './experiment';
import { presetsFor } from './presets';

function scenario(size: number): Scenario {
  return {
    name: `scenario${size}`,
    title: `${size} replicas`,
    composeFile: `/scenarios/scenario${size}/docker-compose.yaml`,
    replicas: replicasOf(size),
    quorum: (size + 1) / 2,
    clientService: 'client',
    clientFormat: 'lab',
    variants: [BASELINE, TC_BROADCAST],
    declared: true,
    images: [],
    payloadMaxBytes: 1408,
    notes: [],
  };
}

const catalogue: Catalogue = {
  scenarios: [scenario(3), scenario(5), scenario(7)],
  broken: [{ name: 'torn', composeFile: 'torn/docker-compose.yaml', problem: 'torn/docker-compose.yaml, line 4: oops' }],
};

it('takes every preset as it is', () => {
  const presets = presetsFor(catalogue.scenarios);
  expect(presets.map(({ name }) => name)).toEqual(['reproduce', 'control', 'sweep']);
  for (const { plan } of presets) expect(checkPlan(plan, catalogue)).toEqual([]);
  expect(presets[0]?.plan).toMatchObject({ scenarios: ['scenario3', 'scenario5', 'scenario7'], pairs: 10 });
});

it('proposes nothing where no scenario declares variants', () => {
  expect(presetsFor([{ ...scenario(3), declared: false }])).toEqual([]);
});

const workload = examplePlan().workloads[0];

it.each<[Partial<ExperimentPlan>, keyof ExperimentPlan, string]>([
  [{ title: '  ' }, 'title', 'empty'],
  [{ scenarios: [] }, 'scenarios', '0 scenarios'],
  [{ scenarios: ['scenario4'] }, 'scenarios', '"scenario4"'],
  [{ scenarios: ['torn'] }, 'scenarios', 'line 4'],
  [{ scenarios: ['scenario3', 'scenario3'] }, 'scenarios', 'twice'],
  [{ variants: ['baseline'] }, 'variants', '1 variants'],
  [{ variants: ['baseline', 'warp'] }, 'variants', '"warp"'],
  [{ variants: ['baseline', 'baseline', 'tc_broadcast'] }, 'variants', 'A/A control'],
  [{ pairs: 0 }, 'pairs', 'pairs is 0'],
  [{ pairs: 2.5 }, 'pairs', '2.5'],
  [{ seed: -1 }, 'seed', 'seed is -1'],
  [{ retriesPerPair: 99 }, 'retriesPerPair', '99'],
  [{ workloads: workload === undefined ? [] : [{ ...workload, clients: 0 }] }, 'workloads', 'Clients is 0'],
  [
    {
      scenarios: ['scenario3', 'scenario5', 'scenario7'],
      pairs: 200,
      variants: ['baseline', 'tc_broadcast'],
      workloads: [1, 2, 4].flatMap((clients) => (workload === undefined ? [] : [{ ...workload, clients }])),
    },
    'pairs',
    '3,600 runs',
  ],
])('refuses %j in %s and names the input', (change, field, words) => {
  const problems = checkPlan(examplePlan(change), catalogue);
  expect(problems.map((problem) => problem.field)).toContain(field);
  expect(problems.map(({ message }) => message).join(' ')).toContain(words);
});
