import type Database from 'libsql';
import { isDead, ownToken } from './owner';

/** How often a process shows that it lives; see owner.ts. */
const SIGN_OF_LIFE_MS = 3000;

/** Shows other processes that this one lives, for as long as it has the store open. */
export class SignOfLife {
  readonly token = ownToken();
  readonly #db: Database.Database;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#show();
    this.#heartbeat = setInterval(() => this.#showQuietly(), SIGN_OF_LIFE_MS);
    this.#heartbeat.unref();
  }

  /** Whether the process that wrote a row is gone. seenAt: its last sign of life, ms since the epoch; null if it has none. */
  isGone(owner: string, seenAt: number | null): boolean {
    return isDead(owner, seenAt, Date.now());
  }

  end(): void {
    clearInterval(this.#heartbeat);
    this.#db.prepare('DELETE FROM owners WHERE token = ?').run(this.token);
  }

  #show(): void {
    this.#db.prepare('INSERT OR REPLACE INTO owners (token, seen_at) VALUES (?, ?)').run(this.token, Date.now());
  }

  #showQuietly(): void {
    try {
      this.#show();
    } catch {
      // A store that cannot be written fails the next real write, where somebody hears it; the sign is repeated anyway.
    }
  }
}
