import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { PanelProcess } from '../panel-process';

const panel = new PanelProcess();
afterEach(() => panel.remove());

/** Without this socket's words the pages of `npm run dev` never become live. */
it('answers the socket that pages in development listen to', async () => {
  const { address } = panel.start({ HOST: '127.0.0.1', NODE_ENV: 'development' }, ['--dev']);
  const url = await address;
  expect((await fetch(url)).status).toBe(200);
  const socket = new WebSocket(`${url.replace('http', 'ws')}/_next/hmr?id=test`, { origin: url });
  const [word] = await once(socket, 'message');
  expect(JSON.parse(String(word))).toHaveProperty('type');
  socket.terminate();
}, 120_000);
