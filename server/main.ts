/** The panel: reads the environment, opens the lab, serves it, and on a signal takes everything down in reverse order. */
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { LabError } from './domain/errors';
import { EnvError, type LabEnv, readEnv, setNodeEnv } from './env';
import { openNextPages } from './http/pages';
import { createPanelServer } from './http/panel-server';
import { RequestGuard } from './http/request-guard';
import { openLab } from './open-lab';

/** A cluster is torn down in a few seconds; what takes longer hangs. */
const SHUTDOWN_MS = 15_000;

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

async function main(): Promise<void> {
  const env = readEnv(root);
  const dev = process.argv.includes('--dev');
  setNodeEnv(dev);
  const log = pino({ level: env.logLevel }, pino.destination(2));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));

  const open = await openLab(env, 'panel');
  open.lab.recover().then(
    (ended) => ended.length > 0 && log.warn({ runs: ended }, 'ended the runs of a process that died'),
    (error: unknown) => log.error({ err: error }, 'recovery failed'),
  );
  const pages = await openNextPages({ root, dev, hostname: env.host, port: env.port });
  const server = createPanelServer({
    services: Object.assign(open.lab, { readiness: open.readiness }),
    guard: new RequestGuard(env.allowedHosts),
    pages,
    dev,
    onError: (error, where) => log.error({ err: error, where }, 'unexpected failure'),
  });
  const port = await server.listen(env.port, env.host);
  process.stdout.write(`Electrode Lab: ${addressOf(env, port)}\n`);
  closeOnSignal(log, async () => {
    // The clusters first: browsers still see how their run ends before their sockets close.
    await open.lab.close();
    await server.close();
    await pages.close();
    await open.close();
  });
}

function closeOnSignal(log: pino.Logger, close: () => Promise<void>): void {
  let closing = false;
  const handle = (signal: NodeJS.Signals) => {
    if (closing) return;
    closing = true;
    process.stderr.write(`${signal}: interrupting what runs and shutting down\n`);
    const late = setTimeout(() => {
      process.stderr.write(
        `The shutdown took longer than ${SHUTDOWN_MS / 1000} s. What may be left: docker ps -a --filter label=electrode-lab.run\n`,
      );
      process.exit(1);
    }, SHUTDOWN_MS);
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        clearTimeout(late);
        log.error({ err: error }, 'shutdown failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
}

/** Where a browser on this machine finds it; the wildcard addresses are no address to open. */
function addressOf({ host }: LabEnv, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

main().catch((error: unknown) => {
  const expected = error instanceof LabError || error instanceof EnvError;
  const words = error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`electrode-lab: ${words}\n`);
  if (error instanceof LabError && error.remedy !== null) process.stderr.write(`  ${error.remedy}\n`);
  process.exit(1);
});
