import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { LabError } from '../domain/errors';

/** What answers everything that is not the lab's own API. */
export type Pages = {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** `next dev` talks to its pages over a socket of its own; null in production. */
  upgrade: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | null;
  close(): Promise<void>;
};

/**
 * Next as a guest: it is handed a server that never listens, since its own upgrade listener on ours would end our WebSockets,
 * and is asked through its handlers alone. Throws LabError store_failed when the production build is missing.
 */
export async function openNextPages(options: { root: string; dev: boolean; hostname: string; port: number }): Promise<Pages> {
  const { root, dev, hostname, port } = options;
  if (!dev && !existsSync(join(root, '.next', 'BUILD_ID'))) {
    throw new LabError('store_failed', 'the web app is not built: there is no .next/BUILD_ID', {
      remedy: 'npm start builds it; by hand: npx next build. For development: npm run dev',
    });
  }
  const { default: next } = await import('next');
  const standIn = createServer();
  const app = next({ dev, dir: root, hostname, port, httpServer: standIn });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    handle: (request, response) => handle(request, response),
    // Next takes upgrades from the server that it was handed, and from nowhere else: its own upgrade handler does nothing here.
    upgrade: dev ? (request, socket, head) => void standIn.emit('upgrade', request, socket, head) : null,
    close: () => app.close(),
  };
}
