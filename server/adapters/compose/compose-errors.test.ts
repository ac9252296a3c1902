import { expect, test } from 'vitest';
import { toComposeError } from './compose-errors';

/** stderr of Compose 2.26 on Engine 20.10, as captured; the rest of each launch's text is left in. */
const CAPTURED = {
  image: ` Network P_default  Creating
 Network P_default  Created
 Container P-replica2-1  Creating
 Container P-replica1-1  Creating
Error response from daemon: no such image: electrode-lab/replica:gone: No such image: electrode-lab/replica:gone
`,
  port: ` Container P-b-1  Created
 Container P-a-1  Created
 Container P-b-1  Starting
 Container P-a-1  Starting
 Container P-b-1  Started
Error response from daemon: driver failed programming external connectivity on endpoint P-a-1 (d38ba3): Bind for 127.0.0.1:22999 failed: port is already allocated
`,
  subnet: ` Network P_default  Creating
 Network P_default  Error
failed to create network P_default: Error response from daemon: Pool overlaps with other one on this address space
`,
  cpu: 'Error response from daemon: Requested CPUs are not available - requested 0-63, available: 0-1\n',
  name: 'Error response from daemon: Conflict. The container name "/replica1" is already in use by container "f78". You have to remove it.\n',
  command: ` Container P-a-1  Creating
 Container P-a-1  Created
 Container P-a-1  Starting
Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "nosuchbinary": executable file not found in $PATH: unknown
`,
  network: 'service "a" refers to undefined network foo: invalid compose project\n',
  absent: 'Cannot connect to the Docker daemon at unix:///tmp/nope.sock. Is the docker daemon running?\n',
  missing: "unknown command: docker compose\n\nRun 'docker --help' for more information\n",
};

const context = { project: 'P', scenario: 'mine', composeFile: '/s/mine/docker-compose.yaml' };
const errorOf = (stderr: string, exitCode = 1) => toComposeError({ exitCode, stdout: '', stderr, startError: null }, context);

test.each([
  [
    'image',
    'image_missing',
    /the image electrode-lab\/replica:gone is not on this engine/,
    /^docker build -t electrode-lab\/replica:gone ebpf$/,
  ],
  ['port', 'port_taken', /127\.0\.0\.1:22999/, /docker ps --filter publish=22999/],
  ['subnet', 'compose_failed', /the network of mine clashes/, /docker network ls/],
  ['cpu', 'host_too_small', /CPUs 0-63 were asked for, the engine has 0-1/, /placement shared/],
  ['name', 'compose_failed', /a container called replica1, which exists already/, /docker rm -f replica1/],
  ['command', 'container_died', /could not begin: exec: "nosuchbinary": executable file not found/, /mend `command`/],
  ['absent', 'engine_lost', /stopped answering/, /systemctl start docker/],
  ['missing', 'compose_missing', /not installed/, /npm start/],
] as const)('%s is %s', (name, code, message, remedy) => {
  const error = errorOf(CAPTURED[name]);
  expect(error.code).toBe(code);
  expect(error.message).toMatch(message);
  expect(error.remedy).toMatch(remedy);
});

test('a file that Compose refuses is told by its exit code, with its own words', () => {
  const error = errorOf(CAPTURED.network, 15);
  expect(error).toMatchObject({ code: 'bad_compose_file', service: 'a' });
  expect(error.message).toBe('Compose refuses mine: service "a" refers to undefined network foo: invalid compose project');
});

test('the service is named when one alone was under way', () => {
  expect(errorOf(CAPTURED.port).service).toBe('a');
  expect(errorOf(CAPTURED.command).service).toBe('a');
  expect(errorOf(CAPTURED.image).service).toBeNull();
});

test('an image of somebody else is to be pulled; the last lines are kept', () => {
  const error = errorOf('Error response from daemon: No such image: other/thing:2');
  expect(error.remedy).toBe('docker pull other/thing:2');
  expect(errorOf(CAPTURED.subnet).lastLines).toHaveLength(3);
});

test('what no rule knows keeps its last line', () => {
  expect(errorOf('one\nsomething new went wrong\n')).toMatchObject({
    code: 'compose_failed',
    message: 'docker compose failed for mine: something new went wrong',
  });
  expect(toComposeError({ exitCode: null, stdout: '', stderr: '', startError: 'ENOENT' }, context).code).toBe(
    'compose_missing',
  );
});
