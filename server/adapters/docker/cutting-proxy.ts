import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

const ENGINE_SOCKET = '/var/run/docker.sock';

/** For tests: a socket between lab and engine whose connections can be destroyed. */
export class CuttingProxy {
  readonly path: string;
  private readonly pairs = new Set<[Socket, Socket]>();
  private readonly server: Server;
  cuts = 0;

  constructor(path: string) {
    this.path = path;
    this.server = createServer((client) => {
      const upstream = connect(ENGINE_SOCKET);
      const pair: [Socket, Socket] = [client, upstream];
      this.pairs.add(pair);
      client.pipe(upstream);
      upstream.pipe(client);
      for (const [one, other] of [pair, [upstream, client] as const]) {
        one.on('error', () => {}); // A cut is what the test makes.
        one.on('close', () => {
          other.destroy();
          this.pairs.delete(pair);
        });
      }
    });
  }

  async listen(): Promise<void> {
    this.server.listen(this.path);
    await once(this.server, 'listening');
  }

  /** In the middle of whatever is on the way. */
  cut(): void {
    if (this.pairs.size > 0) this.cuts++;
    for (const [client] of this.pairs) client.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }
}
