import { join } from 'node:path';

/** Lines that are not packed yet. */
export const plainLog = (runDir: string) => join(runDir, 'log.jsonl');
/** Gzip members, one behind the other: `zcat` gives the lines. */
export const packedLog = (runDir: string) => join(runDir, 'log.jsonl.gz');
/** A line for each member of the packed log, in its order. */
export const logIndex = (runDir: string) => join(runDir, 'log.index.jsonl');

export type PackPaths = { packed: string; index: string };

export const packPaths = (runDir: string): PackPaths => ({ packed: packedLog(runDir), index: logIndex(runDir) });
