/**
 * Who may talk to the panel. It has no login: it is its user's own machine. What must be kept out is other web pages in
 * the same browser, which reach loopback too: by DNS rebinding (a foreign Host) and by cross-origin requests and
 * WebSockets, which ignore CORS (a foreign Origin).
 */
import type { IncomingMessage } from 'node:http';

export type Refusal = { status: 403; reason: string };

/** Host name of a Host header or Origin, lower case, without port and brackets; null if it isn't one. */
export function hostNameOf(authority: string): string | null {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::\d{1,5})?$/.exec(authority);
  return (match?.[1] ?? match?.[2])?.toLowerCase() ?? null;
}

export class RequestGuard {
  readonly #allowed: Set<string>;

  constructor(allowedHosts: string[]) {
    this.#allowed = new Set(allowedHosts.map((name) => name.toLowerCase()));
  }

  /** Every request: its Host must be a name of ours, and a state-changing one or an upgrade must come from our own page. */
  refuse(request: IncomingMessage, kind: 'request' | 'upgrade'): Refusal | null {
    const host = request.headers.host;
    const name = host === undefined ? null : hostNameOf(host);
    if (name === null || !this.#allowed.has(name)) {
      return { status: 403, reason: 'This Host is not served here. Add its name to LAB_ALLOWED_HOSTS if it should be.' };
    }
    const safe = request.method === 'GET' || request.method === 'HEAD';
    if (kind === 'request' && safe) return null;
    return this.#refuseOrigin(request, host ?? '');
  }

  /** Browsers send Origin with every mutation and upgrade; tools without one are not a page and cannot be tricked by one. */
  #refuseOrigin(request: IncomingMessage, host: string): Refusal | null {
    if (request.headers['sec-fetch-site'] === 'cross-site') {
      return { status: 403, reason: 'Requests from other sites are refused.' };
    }
    const origin = request.headers.origin;
    if (origin === undefined) return null;
    const match = /^https?:\/\/([^/]+)$/.exec(origin);
    // Another port is another program: its pages are as foreign as any.
    if (match?.[1]?.toLowerCase() === host.toLowerCase()) return null;
    return { status: 403, reason: `Requests from ${origin.slice(0, 200)} are refused: it is not this panel.` };
  }
}
