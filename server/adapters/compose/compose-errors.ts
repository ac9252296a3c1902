import { LabError } from '@/server/domain/errors';
import type { CliResult } from './run-cli';

const TAIL_LINES = 20;
/** What Compose ends with when it is the file that is wrong: 14 for reading it, 15 for what it says. */
const CONFIGURATION_CODES = [14, 15];

/** What the messages name and the CLI's text doesn't. */
export type ComposeContext = { project: string; scenario: string; composeFile: string };

type Rule = {
  pattern: RegExp;
  toError: (found: RegExpExecArray, context: ComposeContext) => LabError;
};

/** First match wins; each was seen with Compose 2.26 or is in its source. */
const RULES: Rule[] = [
  {
    pattern: /permission denied while trying to connect/i,
    toError: () =>
      new LabError('engine_denied', 'permission denied at the Docker socket', {
        remedy: 'sudo usermod -aG docker "$USER"   # then log in again',
      }),
  },
  {
    pattern: /Cannot connect to the Docker daemon|error during connect|connection refused/i,
    toError: () =>
      new LabError('engine_lost', 'the Docker Engine stopped answering during the launch', {
        remedy: 'sudo systemctl start docker   # or: sudo dockerd',
      }),
  },
  {
    pattern: /No such image: ([^\s,]+)|image "?([^\s"]+)"? (?:not found|does not exist)|pull access denied for ([^\s,]+)/i,
    toError: (found) => imageMissing((found[1] ?? found[2] ?? found[3] ?? 'of a service').replace(/:$/, '')),
  },
  {
    pattern:
      /(?:Bind for|listen \w+) ([^\s:]*:\d+)[^\n]*(?:port is already allocated|address already in use)|port is already allocated/i,
    toError: (found) =>
      new LabError('port_taken', `a port of the scenario is taken: ${found[1] ?? 'see the last lines'}`, {
        remedy: `docker ps --filter publish=${found[1]?.split(':').at(-1) ?? 'PORT'}   # or: ss -ltnp`,
      }),
  },
  {
    pattern:
      /Pool overlaps with other one|non-overlapping IPv4 address pool|all predefined address pools have been fully subnetted/i,
    toError: (_, { scenario }) =>
      new LabError('compose_failed', `the network of ${scenario} clashes with another Docker network: no free address range`, {
        remedy: 'docker network ls   # remove the one in the way, or: docker network prune',
      }),
  },
  {
    pattern: /container name "\/?([^"]+)" is already in use/i,
    toError: (found, { scenario }) =>
      new LabError('compose_failed', `${scenario} needs a container called ${found[1]}, which exists already`, {
        remedy: `docker rm -f ${found[1]}   # if it is yours to remove`,
      }),
  },
  {
    pattern: /Requested CPUs are not available - requested ([\d,-]+), available: ([\d,-]+)/i,
    toError: (found) =>
      new LabError('host_too_small', `CPUs ${found[1]} were asked for, the engine has ${found[2]}`, {
        remedy: 'choose the placement shared',
      }),
  },
  {
    pattern: /unable to start container process: ([^\n]+?)(?:: unknown)?$/im,
    toError: (found, { scenario }) =>
      new LabError('container_died', `a container of ${scenario} could not begin: ${found[1]}`, {
        remedy: 'mend `command` or `entrypoint` of the service, or its image',
      }),
  },
  {
    pattern: /no space left on device/i,
    toError: () =>
      new LabError('compose_failed', 'no space left on the disk of the engine', {
        remedy: 'docker system df   # docker system prune',
      }),
  },
];

/** Maps how the CLI ended to an expected failure; `compose_missing` if there is none. */
export function toComposeError(result: CliResult, context: ComposeContext): LabError {
  if (isComposeMissing(result)) return composeMissing();
  const lines = lastLinesOf(result.stderr);
  const service = failedService(result.stderr, context.project);
  const error = match(result, context);
  const details = { ...(service === null ? {} : { service }), lastLines: lines };
  return new LabError(error.code, error.message, { ...details, ...(error.remedy === null ? {} : { remedy: error.remedy }) });
}

function match({ stderr, exitCode }: CliResult, context: ComposeContext): LabError {
  for (const { pattern, toError } of RULES) {
    const found = pattern.exec(stderr);
    if (found !== null) return toError(found, context);
  }
  const last = lastLinesOf(stderr).at(-1) ?? 'it gave no reason';
  if (exitCode !== null && CONFIGURATION_CODES.includes(exitCode)) return badFile(last, context);
  return new LabError('compose_failed', `docker compose failed for ${context.scenario}: ${last}`, {
    remedy: `docker compose -f ${context.composeFile} up   # by hand, to see it fail`,
  });
}

export function isComposeMissing({ startError, stderr }: CliResult): boolean {
  return (
    startError === 'ENOENT' ||
    /is not a docker command|unknown command: docker compose|unknown (?:shorthand )?flag/.test(stderr)
  );
}

export function composeMissing(): LabError {
  return new LabError('compose_missing', 'docker compose (version 2) is not installed', {
    remedy: 'npm start   # installs it; or: apt-get install docker-compose-plugin',
  });
}

function badFile(words: string, { composeFile, scenario }: ComposeContext): LabError {
  return new LabError('bad_compose_file', `Compose refuses ${scenario}: ${words}`, {
    remedy: `docker compose -f ${composeFile} config   # shows the place`,
  });
}

/** Names the command that makes or fetches the image. */
export function imageMissing(image: string): LabError {
  const own = image.startsWith('electrode-lab/replica');
  return new LabError('image_missing', `the image ${image} is not on this engine`, {
    remedy: own ? `docker build -t ${image} ebpf` : `docker pull ${image}`,
  });
}

/**
 * Compose's errors don't name the service. Its progress does, for the containers that it began (`Creating`, `Starting`)
 * and never finished (`Created`, `Started`); several may be under way at once, and then none is named.
 */
function failedService(stderr: string, project: string): string | null {
  const line = new RegExp(`^ Container ${escapeRegExp(project)}-(\\S+)-\\d+ {2}(Creat|Start)(ing|ed)`, 'gm');
  const underWay = new Set<string>();
  for (const [, service = '', step = '', ending] of stderr.matchAll(line)) {
    if (ending === 'ing') underWay.add(`${service} ${step}`);
    else underWay.delete(`${service} ${step}`);
  }
  const services = new Set([...underWay].map((entry) => entry.split(' ')[0] ?? ''));
  const [only = null] = services;
  return services.size === 1 ? only : (/service "([^"]+)"/.exec(stderr)?.[1] ?? null);
}

function lastLinesOf(stderr: string): string[] {
  return stderr
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-TAIL_LINES);
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
