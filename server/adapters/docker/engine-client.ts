import Dockerode from 'dockerode';
import { LabError } from '@/server/domain/errors';

const SHORT_CALL_TIMEOUT_MS = 20_000;
const DEFAULT_SOCKET = '/var/run/docker.sock';

/**
 * Two clients on one engine: dockerode's timeout also cuts streams that are quiet for that long, and without a timeout a
 * hung engine would hang every call.
 */
export type EngineClients = { short: Dockerode; follow: Dockerode; address: string };

/** dockerHost as in DOCKER_HOST: unix:///path, tcp://host:port or http://host:port; undefined is the local socket. */
export function connectEngine(dockerHost: string | undefined): EngineClients {
  const { address, options } = parseDockerHost(dockerHost);
  return {
    short: new Dockerode({ ...options, timeout: SHORT_CALL_TIMEOUT_MS }),
    follow: new Dockerode(options),
    address,
  };
}

export function parseDockerHost(dockerHost: string | undefined): { address: string; options: Dockerode.DockerOptions } {
  if (dockerHost === undefined || dockerHost === '') return unixSocket(DEFAULT_SOCKET);
  const unix = /^unix:\/\/(\/.+)$/.exec(dockerHost);
  if (unix?.[1] !== undefined) return unixSocket(unix[1]);
  const tcp = /^(tcp|http):\/\/([^/:]+):(\d{1,5})\/?$/.exec(dockerHost);
  if (tcp?.[2] !== undefined) {
    return { address: dockerHost, options: { protocol: 'http', host: tcp[2], port: Number(tcp[3]) } };
  }
  throw new LabError('engine_absent', `DOCKER_HOST=${dockerHost} is not an address the lab can reach`, {
    remedy: 'use unix:///var/run/docker.sock or tcp://host:port, or unset DOCKER_HOST',
  });
}

function unixSocket(socketPath: string): { address: string; options: Dockerode.DockerOptions } {
  return { address: `unix://${socketPath}`, options: { socketPath } };
}
