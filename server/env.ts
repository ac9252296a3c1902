/** The only reader of process.env. Everything that is wrong is said at once. */
import { resolve } from 'node:path';
import { z } from 'zod';

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

const schema = z.object({
  PORT: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(0, 'must be 0 to 65535')
    .max(65_535, 'must be 0 to 65535')
    .default(3000),
  HOST: z.string().min(1, 'must not be empty').default('127.0.0.1'),
  LAB_DATA_DIR: z.string().min(1, 'must not be empty').default('var'),
  LAB_SCENARIOS_DIR: z.string().min(1, 'must not be empty').default('scenarios'),
  LAB_ALLOWED_HOSTS: z
    .string()
    .regex(/^[A-Za-z0-9.:_,[\] -]*$/, 'must be host names separated by commas')
    .default(''),
  LAB_IMAGE: z.string().min(1, 'must not be empty').default('electrode-lab/replica:dev'),
  LAB_LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], 'must be silent, error, warn, info or debug')
    .default('warn'),
  DOCKER_HOST: z
    .string()
    .regex(/^(unix|tcp|http):\/\/.+/, 'must be an address like unix:///var/run/docker.sock')
    .default('unix:///var/run/docker.sock'),
  DOCKER_CONFIG: z.string().min(1, 'must not be empty').optional(),
});

export type LabEnv = {
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  /** Absolute. */
  scenariosDir: string;
  /** Host names (without port) that a request may be addressed to. */
  allowedHosts: string[];
  image: string;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  dockerHost: string;
  dockerConfig: string | null;
  projectRoot: string;
};

/** Thrown with one line per variable that is wrong. */
export class EnvError extends Error {
  constructor(problems: string[]) {
    super(`The environment is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'EnvError';
  }
}

/** Empty variables count as unset, since Compose passes them on as empty texts. */
export function readEnv(projectRoot: string, source: Record<string, string | undefined> = process.env): LabEnv {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new EnvError(
      parsed.error.issues.map((issue) => {
        const name = issue.path.join('.');
        return `${name}=${source[name] ?? ''}: ${issue.message}`;
      }),
    );
  }
  const env = parsed.data;
  const listed = env.LAB_ALLOWED_HOSTS.split(',').map((name) => name.trim().toLowerCase());
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: resolve(projectRoot, env.LAB_DATA_DIR),
    scenariosDir: resolve(projectRoot, env.LAB_SCENARIOS_DIR),
    allowedHosts: [...new Set([...LOOPBACK, env.HOST.toLowerCase(), ...listed])].filter((name) => name !== ''),
    image: env.LAB_IMAGE,
    logLevel: env.LAB_LOG_LEVEL,
    dockerHost: env.DOCKER_HOST,
    dockerConfig: env.DOCKER_CONFIG ?? null,
    projectRoot,
  };
}

/**
 * The environment of child processes (Docker's CLI): what it needs to find engine, plug-ins and itself, and nothing of the
 * lab's own settings, which a compose file could otherwise interpolate.
 */
export function childEnvironment(
  env: LabEnv,
  source: Record<string, string | undefined> = process.env,
): Record<string, string> {
  const passed: Record<string, string> = { DOCKER_HOST: env.dockerHost, LAB_IMAGE: env.image };
  for (const name of ['PATH', 'HOME', 'LANG', 'TMPDIR']) {
    const value = source[name];
    if (value !== undefined) passed[name] = value;
  }
  if (env.dockerConfig !== null) passed.DOCKER_CONFIG = env.dockerConfig;
  return passed;
}

/** React and Next choose their builds by it; must be set before either is loaded. */
export function setNodeEnv(dev: boolean): void {
  Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' });
}
