/** One HTTP server for all: tRPC over HTTP and WebSocket on /api/trpc, downloads, health, and the pages behind them. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer } from 'ws';
import type { LabServices } from '../api/context';
import { httpStatusOf, toLabErrorData } from '../api/error-map';
import { appRouter } from '../api/router';
import { LabError } from '../domain/errors';
import { serveFile } from './file-routes';
import { parseLogRequest, sendLog } from './log-download';
import type { Pages } from './pages';
import type { RequestGuard } from './request-guard';
import { setSecurityHeaders } from './security-headers';

const TRPC_PATH = '/api/trpc';
/** What a browser sends is small; what a page of another make sends need not be. */
const MAX_MESSAGE_BYTES = 256 * 1024;
const PING_MS = 10_000;
const PONG_WAIT_MS = 8_000;
/** How long a browser may take to answer the closing of its WebSocket. */
const CLOSE_WAIT_MS = 1_000;

export type PanelOptions = {
  services: LabServices;
  guard: RequestGuard;
  pages: Pages;
  dev: boolean;
  /** Told about what nobody expected. */
  onError(error: unknown, where: string): void;
};

export type PanelServer = {
  /** Rejects with LabError port_taken. Resolves with the port, which matters for port 0. */
  listen(port: number, host: string): Promise<number>;
  /** Tells browsers to reconnect, closes every connection, then the server. */
  close(): Promise<void>;
};

export function createPanelServer(options: PanelOptions): PanelServer {
  const { services, guard, pages, onError } = options;
  const wss = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const sockets = applyWSSHandler({
    wss,
    router: appRouter,
    createContext: ({ res }) => ({ services, bufferedBytes: () => res.bufferedAmount }),
    keepAlive: { enabled: true, pingMs: PING_MS, pongWaitMs: PONG_WAIT_MS },
    onError: ({ error, path }) => reportUnexpected(error, path ?? 'websocket', onError),
  });
  const api = createHTTPHandler({
    router: appRouter,
    basePath: `${TRPC_PATH}/`,
    createContext: () => ({ services, bufferedBytes: () => 0 }),
    onError: ({ error, path }) => reportUnexpected(error, path ?? 'http', onError),
  });
  const server = createServer((request, response) => {
    answer(request, response, { ...options, api }).catch((error: unknown) => fail(response, error, request.url ?? '', onError));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A peer that goes away in the middle of the handshake is no error of ours.
    socket.on('error', () => socket.destroy());
    const refusal = guard.refuse(request, 'upgrade');
    if (refusal !== null) return endUpgrade(socket, `${refusal.status} Forbidden`, refusal.reason);
    if (pathOf(request) === TRPC_PATH)
      return wss.handleUpgrade(request, socket, head, (ws) => wss.emit('connection', ws, request));
    if (pages.upgrade === null) return endUpgrade(socket, '404 Not Found', 'There is no WebSocket here.');
    pages.upgrade(request, socket, head);
  });
  return {
    listen: (port, host) => listen(server, port, host),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      sockets.broadcastReconnectNotification();
      for (const client of wss.clients) client.close(1001, 'the panel is shutting down');
      // Upgraded sockets are no longer the HTTP server's: one whose peer never answers would keep the process alive.
      setTimeout(() => wss.clients.forEach((client) => void client.terminate()), CLOSE_WAIT_MS).unref();
      wss.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

type Answering = PanelOptions & { api: (request: IncomingMessage, response: ServerResponse) => unknown };

async function answer(request: IncomingMessage, response: ServerResponse, options: Answering): Promise<void> {
  setSecurityHeaders(response, options.dev);
  const refusal = options.guard.refuse(request, 'request');
  if (refusal !== null) return sendText(response, refusal.status, refusal.reason);
  const path = pathOf(request);
  if (path === '/api/health') return sendJson(response, 200, { status: 'ok' });
  if (path.startsWith(`${TRPC_PATH}/`)) {
    response.setHeader('Cache-Control', 'no-store');
    options.api(request, response);
    return;
  }
  const log = parseLogRequest(request.url ?? '/');
  if (log !== null) return sendLog(response, options.services, log);
  if (path.startsWith('/api/') && (await serveFile(request, response, options.services))) return;
  if (path.startsWith('/api/')) return sendText(response, 404, 'There is no such address.');
  await options.pages.handle(request, response);
}

function fail(response: ServerResponse, error: unknown, where: string, onError: PanelOptions['onError']): void {
  const { code, message, remedy } = toLabErrorData(error);
  if (code === 'unexpected') onError(error, where);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  sendJson(response, httpStatusOf(error), { code, message, remedy });
}

function reportUnexpected(error: { code: string; cause?: unknown }, where: string, onError: PanelOptions['onError']): void {
  if (error.code === 'INTERNAL_SERVER_ERROR' && !(error.cause instanceof LabError)) onError(error.cause ?? error, where);
}

/** The path alone, and `/` for a request line that holds no address. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(body));
}

function endUpgrade(socket: Duplex, status: string, reason: string): void {
  const body = `${reason}\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EADDRINUSE') return reject(cause);
      const remedy = `PORT=${port + 1} npm start   # or see who has it: ss -ltnp 'sport = :${port}'`;
      reject(new LabError('port_taken', `port ${port} on ${host} is taken`, { remedy, cause }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
