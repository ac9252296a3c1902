// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose's own variables, not JavaScript's.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CatalogueReader } from './catalogue';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'electrode-lab-catalogue-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function addScenario(name: string, compose: string, config?: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'docker-compose.yaml'), compose);
  if (config !== undefined) await writeFile(join(folder, name, 'config.txt'), config);
}

async function problemOf(compose: string): Promise<string> {
  await addScenario('mine', compose);
  const { scenarios, broken } = await new CatalogueReader(folder, {}).read();
  expect(scenarios).toEqual([]);
  return broken[0]?.problem ?? 'no problem';
}

const service = (name: string, more = '') => `  ${name}:\n    image: some/image:1\n${more}`;
const cluster = (...names: string[]) => `services:\n${names.map((name) => service(name)).join('')}`;
const declared = (xLab: string) => `${cluster('a', 'b', 'c', 'load')}x-lab:\n${xLab}`;
const GOOD_LAB = '  replicas: [a, b, c]\n  client: load\n  variants:\n    plain: {}\n';

describe('what can be launched', () => {
  test("a third party's folder is inferred from its service names, numerically in order", async () => {
    await addScenario('theirs', `version: "3"\n${cluster('replica10', 'replica2', 'replica1', 'client', 'tracer')}`);
    const { scenarios, broken } = await new CatalogueReader(folder, {}).read();
    expect(broken).toEqual([]);
    expect(scenarios[0]).toMatchObject({
      name: 'theirs',
      declared: false,
      clientFormat: 'electrode',
      clientService: 'client',
      quorum: 2,
      replicas: [
        { id: 1, service: 'replica1' },
        { id: 2, service: 'replica2' },
        { id: 3, service: 'replica10' },
      ],
      variants: [{ name: 'as_is', expects: 'anything', environment: {}, image: null }],
      images: ['some/image:1'],
      payloadMaxBytes: 1408,
      notes: [],
    });
  });

  test('x-lab decides over names, and variants may replace environment and image', async () => {
    const variants =
      '    fast:\n      expects: offloaded\n      image: "other/${TAG:-x}"\n      environment: {OFFLOADS: fast, LEVEL: 3}\n';
    await addScenario('own', declared(`  title: Mine\n  replicas: [c, a, b]\n  client: load\n  variants:\n${variants}`));
    const [scenario] = (await new CatalogueReader(folder, { TAG: '9' }).read()).scenarios;
    expect(scenario).toMatchObject({ title: 'Mine', declared: true, clientFormat: 'lab', images: ['other/9', 'some/image:1'] });
    expect(scenario?.replicas.map(({ id, service: name }) => `${id} ${name}`)).toEqual(['1 c', '2 a', '3 b']);
    expect(scenario?.variants).toEqual([
      {
        name: 'fast',
        title: 'fast',
        expects: 'offloaded',
        image: 'other/${TAG:-x}',
        environment: { OFFLOADS: 'fast', LEVEL: '3' },
      },
    ]);
  });

  test('a smaller MTU of the replicas network lowers the largest payload', async () => {
    const networks = 'networks:\n  lab:\n    driver_opts:\n      com.docker.network.driver.mtu: "1450"\n';
    const on = (name: string) => service(name, '    networks: [lab]\n');
    await addScenario('overlay', `services:\n${['replica1', 'replica2', 'replica3', 'client'].map(on).join('')}${networks}`);
    expect((await new CatalogueReader(folder, {}).read()).scenarios[0]?.payloadMaxBytes).toBe(1450 - 20 - 8 - 64);
  });

  test('a config.txt that disagrees with PEERS is said, with both lists', async () => {
    const peers = 'x-env: &env\n  environment:\n    PEERS: "${P:-replica1:1,replica2:1,replica3:1}"\n';
    const merged = (name: string) => `  ${name}:\n    image: i\n    <<: *env\n`;
    const compose = `${peers}services:\n${['replica1', 'replica2', 'replica3'].map(merged).join('')}${service('client')}`;
    await addScenario('agrees', compose, '# three\nf 1\nreplica replica1:1\nreplica replica2:1\nreplica replica3:1\n');
    await addScenario('disagrees', compose, 'f 2\nreplica replica1:1\nreplica replica9:1\n');
    const { scenarios } = await new CatalogueReader(folder, {}).read();
    expect(scenarios.map(({ notes }) => notes)).toEqual([
      [],
      [
        'config.txt names replica1:1, replica9:1, but PEERS is replica1:1,replica2:1,replica3:1; PEERS counts.'.replaceAll(
          ',r',
          ', r',
        ),
        'config.txt says f 2, but 3 replicas tolerate 1.',
      ],
    ]);
  });

  test('a folder that appears, changes or goes is seen at the next call', async () => {
    const reader = new CatalogueReader(folder, {});
    expect(await reader.read()).toEqual({ scenarios: [], broken: [] });
    await addScenario('new', cluster('replica1', 'replica2', 'replica3', 'client'));
    expect((await reader.read()).scenarios[0]?.replicas).toHaveLength(3);
    await addScenario('new', cluster('replica1', 'replica2', 'replica3', 'replica4', 'replica5', 'client'));
    expect((await reader.read()).scenarios[0]?.replicas).toHaveLength(5);
    await rm(join(folder, 'new'), { recursive: true });
    expect(await reader.read()).toEqual({ scenarios: [], broken: [] });
  });
});

describe('what cannot be launched names file, line, cause and remedy', () => {
  test.each([
    [
      'malformed YAML',
      'services:\n  replica1:\n    image: "never closed\n',
      /^mine\/docker-compose.yaml, line \d+, column \d+: not YAML: .*quote/s,
    ],
    ['tabs', 'services:\n\treplica1: {}\n', /^mine\/docker-compose.yaml, line 2, column \d+: not YAML/],
    ['a key twice', `${cluster('replica1')}${service('replica1')}`, /line 4, column 3: not YAML: Map keys must be unique/],
    ['a list', '- a\n- b\n', /line 1: not a Compose file/],
    ['an empty file', '', /line 1: not a Compose file/],
    [
      'YAML that is not Compose',
      'apiVersion: v1\nkind: Pod\n',
      /line 1: not a Compose file: apiVersion is not a key that Compose knows here/,
    ],
    [
      'a typo in a service',
      'services:\n  replica1:\n    imagee: x\n',
      /line 3: not a Compose file: services.replica1.imagee is not a key/,
    ],
    [
      'a wrong type',
      'services:\n  replica1:\n    image: 5\n',
      /line 3: not a Compose file: services.replica1.image must be string/,
    ],
    [
      'an even cluster',
      cluster('replica1', 'replica2', 'client'),
      /line 1: 2 replicas: a majority needs an odd number. Use 1 or 3/,
    ],
    ['no client', cluster('replica1', 'replica2', 'replica3'), /no service is called client\*. Name them/],
    ['no replica', cluster('server', 'client'), /no service is called replica\*/],
    ['a single replica', cluster('replica1', 'client'), /1 replica tolerates no failure/],
    ['a replica twice', declared(GOOD_LAB.replace('a, b, c', 'a, b, b')), /line 11: replica b is named twice/],
    [
      'a client that is a replica',
      declared(GOOD_LAB.replace('client: load', 'client: a')),
      /a is named as replica and as client/,
    ],
    ['an unknown service', declared(GOOD_LAB.replace('a, b, c', 'a, b, x')), /line 11: x-lab names x, which is no service/],
    ['a typo in x-lab', declared(`${GOOD_LAB}  varients: {}\n`), /line 15: x-lab knows no key varients/],
    [
      'no variant',
      declared('  replicas: [a, b, c]\n  client: load\n  variants: {}\n'),
      /line 13: x-lab.variants: has to name at least one/,
    ],
    ['a bad expectation', declared(GOOD_LAB.replace('{}', '{expects: magic}')), /line 14: x-lab.variants.plain.expects/],
    [
      'one container name for two',
      `services:\n${['replica1', 'replica2', 'replica3', 'client'].map((name) => service(name, '    container_name: same\n')).join('')}`,
      /line 7: container_name same is used by replica1 and replica2/,
    ],
  ])('%s', async (_, compose, expected) => {
    expect(await problemOf(compose)).toMatch(expected);
  });

  test('billion laughs end at an error, not in memory', async () => {
    const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
    for (let n = 1; n < 12; n++)
      lines.push(
        `a${n}: &a${n} [${Array(10)
          .fill(`*a${n - 1}`)
          .join(',')}]`,
      );
    expect(await problemOf(lines.join('\n'))).toMatch(/alias/i);
  });

  test('a folder without a compose file, or with two', async () => {
    await mkdir(join(folder, 'empty'));
    await addScenario('two', cluster('replica1'));
    await writeFile(join(folder, 'two', 'compose.yml'), cluster('replica1'));
    await writeFile(join(folder, 'a-file-is-not-a-folder.txt'), '');
    const { broken } = await new CatalogueReader(folder, {}).read();
    expect(broken.map(({ problem }) => problem)).toEqual([
      'empty: no docker-compose.yaml in the folder. Add one, or move the folder elsewhere.',
      'two: holds docker-compose.yaml and compose.yml. Keep one.',
    ]);
  });

  test('links that lead out of the scenarios folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'electrode-lab-outside-'));
    const good = cluster('replica1', 'replica2', 'replica3', 'client');
    await writeFile(join(outside, 'docker-compose.yaml'), good);
    await symlink(outside, join(folder, 'linked'));
    await mkdir(join(folder, 'file'));
    await symlink(join(outside, 'docker-compose.yaml'), join(folder, 'file', 'docker-compose.yaml'));
    await addScenario('config', good);
    await symlink('/etc/hostname', join(folder, 'config', 'config.txt'));
    const { scenarios, broken } = await new CatalogueReader(folder, {}).read();
    await rm(outside, { recursive: true });
    expect(scenarios).toEqual([]);
    expect(broken.map(({ problem }) => problem)).toEqual([
      'config/config.txt: a symbolic link that leads outside its folder. Copy what it points to.',
      'file/docker-compose.yaml: a symbolic link that leads outside its folder. Copy what it points to.',
      'linked: a symbolic link that leads outside its folder. Copy what it points to.',
    ]);
  });

  test('a scenarios folder that is not there', async () => {
    const { broken } = await new CatalogueReader(join(folder, 'nowhere'), {}).read();
    expect(broken[0]?.problem).toMatch(/cannot be read. Create it, or set LAB_SCENARIOS_DIR/);
  });
});
