/**
 * How large an archive may be. What is held in memory at a time is one record and one line; logs, events and the like go to a
 * temporary folder, which these bounds limit too.
 */
export type ArchiveLimits = {
  /** Everything, unpacked. */
  totalBytes: number;
  /** Files, the manifest among them. */
  entries: number;
  /** manifest.json, experiment.json and view.json, each. */
  recordBytes: number;
  /** One line of a .jsonl file. */
  lineBytes: number;
};

const MIB = 1024 * 1024;

/** Room for an export of 10,000 runs of a minute each. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  totalBytes: 16 * 1024 * MIB,
  entries: 60_000,
  recordBytes: 16 * MIB,
  lineBytes: 4 * MIB,
};

/** How one archive is read. */
export type Reading = {
  /** What errors call the file. */
  name: string;
  /** Where a folder is made for what is unpacked. */
  temporaryDir: string;
  limits: ArchiveLimits;
};
