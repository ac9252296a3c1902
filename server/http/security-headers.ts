import type { ServerResponse } from 'node:http';

/**
 * Set on every answer. Scripts and styles may be inline, since Next writes its data into the page so; nothing may come from
 * or go to another host, and no other page may frame the panel. `next dev` additionally evaluates text as script.
 */
export function setSecurityHeaders(response: ServerResponse, dev: boolean): void {
  const script = dev ? "'self' 'unsafe-inline' 'unsafe-eval'" : "'self' 'unsafe-inline'";
  response.setHeader(
    'Content-Security-Policy',
    [
      "default-src 'self'",
      `script-src ${script}`,
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
  );
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
}
