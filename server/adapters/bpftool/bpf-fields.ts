import { z } from 'zod';

/** A program as the kernel has it: what the watcher prints and what an archive carries agree in these. */
export const programFields = {
  id: z.number(),
  name: z.string(),
  tag: z.string(),
  gplCompatible: z.boolean(),
  loadedAt: z.number().nullable(),
  uid: z.number().nullable(),
  bytesXlated: z.number().nullable(),
  jited: z.boolean(),
  bytesJited: z.number().nullable(),
  bytesMemlock: z.number().nullable(),
  mapIds: z.array(z.number()),
  btfId: z.number().nullable(),
  runCnt: z.number().nullable(),
  runTimeNs: z.number().nullable(),
};

/** Where one is attached. */
export const attachmentFields = {
  kind: z.string(),
  ifname: z.string(),
  ifindex: z.number().nullable(),
  hook: z.string(),
  programId: z.number().nullable(),
  programName: z.string(),
  priority: z.number().nullable(),
  handle: z.string().nullable(),
};
