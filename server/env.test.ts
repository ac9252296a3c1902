import { describe, expect, it } from 'vitest';
import { childEnvironment, EnvError, readEnv } from './env';

describe('readEnv', () => {
  it('has a sane default for everything', () => {
    const env = readEnv('/lab', {});
    expect(env).toMatchObject({ port: 3000, host: '127.0.0.1', dataDir: '/lab/var', scenariosDir: '/lab/scenarios' });
    expect(env.allowedHosts).toEqual(['127.0.0.1', 'localhost', '::1']);
  });

  it('names every wrong variable at once', () => {
    const read = () => readEnv('/lab', { PORT: '99999', DOCKER_HOST: 'nowhere', LAB_LOG_LEVEL: 'loud' });
    expect(read).toThrow(EnvError);
    expect(read).toThrow(/PORT=99999.*\n.*LAB_LOG_LEVEL=loud.*\n.*DOCKER_HOST=nowhere/);
  });

  it('takes an empty variable for an unset one', () => {
    expect(readEnv('/lab', { PORT: '' }).port).toBe(3000);
  });

  it('adds the bound host and the listed names to the allowed ones', () => {
    const env = readEnv('/lab', { HOST: '0.0.0.0', LAB_ALLOWED_HOSTS: 'Panel.example, lab' });
    expect(env.allowedHosts).toEqual(['127.0.0.1', 'localhost', '::1', '0.0.0.0', 'panel.example', 'lab']);
  });
});

describe('childEnvironment', () => {
  it('passes on what the CLI needs and nothing else', () => {
    const source = { PATH: '/bin', HOME: '/root', SECRET: 'x', DOCKER_CONFIG: '/cfg' };
    expect(childEnvironment(readEnv('/lab', source), source)).toEqual({
      PATH: '/bin',
      HOME: '/root',
      DOCKER_CONFIG: '/cfg',
      DOCKER_HOST: 'unix:///var/run/docker.sock',
      LAB_IMAGE: 'electrode-lab/replica:dev',
    });
  });
});
