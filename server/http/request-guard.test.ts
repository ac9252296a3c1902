import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { hostNameOf, RequestGuard } from './request-guard';

function request(method: string, headers: Record<string, string>): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  message.method = method;
  Object.assign(message.headers, headers);
  return message;
}

const guard = new RequestGuard(['127.0.0.1', 'localhost', '::1']);

describe('RequestGuard', () => {
  it('serves its own names on any port', () => {
    for (const host of ['127.0.0.1:3000', 'localhost', 'LOCALHOST:8080', '[::1]:3000']) {
      expect(guard.refuse(request('GET', { host }), 'request')).toBeNull();
    }
  });

  it('refuses every request with a foreign, missing or malformed Host', () => {
    const foreign: Record<string, string>[] = [
      { host: 'evil.example' },
      { host: '127.0.0.1.evil.example:3000' },
      { host: 'a b' },
      {},
    ];
    for (const headers of foreign) {
      expect(guard.refuse(request('GET', headers), 'request')?.status).toBe(403);
    }
  });

  it('refuses mutations and upgrades from another origin, another port among them', () => {
    for (const origin of ['http://evil.example', 'http://127.0.0.1:9999', 'null']) {
      const headers = { host: '127.0.0.1:3000', origin };
      expect(guard.refuse(request('POST', headers), 'request')?.status).toBe(403);
      expect(guard.refuse(request('GET', headers), 'upgrade')?.status).toBe(403);
    }
  });

  it('lets its own page and tools without an Origin in', () => {
    const own = { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' };
    expect(guard.refuse(request('POST', own), 'request')).toBeNull();
    expect(guard.refuse(request('GET', own), 'upgrade')).toBeNull();
    expect(guard.refuse(request('POST', { host: 'localhost:3000' }), 'request')).toBeNull();
  });

  it('refuses a cross-site mutation even without an Origin', () => {
    const headers = { host: '127.0.0.1:3000', 'sec-fetch-site': 'cross-site' };
    expect(guard.refuse(request('POST', headers), 'request')?.status).toBe(403);
  });
});

describe('hostNameOf', () => {
  it('drops port and brackets and nothing else', () => {
    expect(hostNameOf('[::1]:80')).toBe('::1');
    expect(hostNameOf('Lab.example:80')).toBe('lab.example');
    expect(hostNameOf('user@lab')).toBeNull();
    expect(hostNameOf('')).toBeNull();
  });
});
