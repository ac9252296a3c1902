import { expect, test } from 'vitest';
import { parseDockerHost } from './engine-client';

test('DOCKER_HOST is honoured for sockets and TCP, and the local socket is the default', () => {
  expect(parseDockerHost(undefined)).toEqual({
    address: 'unix:///var/run/docker.sock',
    options: { socketPath: '/var/run/docker.sock' },
  });
  expect(parseDockerHost('').options).toEqual({ socketPath: '/var/run/docker.sock' });
  expect(parseDockerHost('unix:///run/user/1000/docker.sock').options).toEqual({ socketPath: '/run/user/1000/docker.sock' });
  expect(parseDockerHost('tcp://127.0.0.1:2375').options).toEqual({ protocol: 'http', host: '127.0.0.1', port: 2375 });
});

test('an address that cannot be reached so is refused by name', () => {
  expect(() => parseDockerHost('ssh://me@host')).toThrow('DOCKER_HOST=ssh://me@host');
  expect(() => parseDockerHost('/var/run/docker.sock')).toThrow('DOCKER_HOST=/var/run/docker.sock');
});
