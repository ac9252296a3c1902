import { randomUUID } from 'node:crypto';

/** This start of the process; part of every stream's ids, so that a position from before a restart is recognised. */
export const EPOCH = randomUUID().slice(0, 8);
