import { z } from 'zod';

const environmentValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const variant = z.strictObject({
  title: z.string().min(1).optional(),
  expects: z.enum(['not_offloaded', 'offloaded', 'anything']).default('anything'),
  environment: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/, 'is not a name of an environment variable'), environmentValue)
    .default({}),
  image: z.string().min(1).optional(),
});

/** `x-lab` of a compose file: what the lab has to know beyond Compose. Keys it doesn't know are refused: they are typos. */
export const xLab = z.strictObject({
  title: z.string().min(1).optional(),
  replicas: z.array(z.string()).min(1),
  client: z.string().min(1),
  /** How the client's output is read: lab prints events.def, electrode is the original client's text. */
  format: z.enum(['lab', 'electrode']).default('lab'),
  variants: z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'is not a name in small letters, digits and _'), variant)
    .refine((variants) => Object.keys(variants).length > 0, 'has to name at least one variant'),
});

export type XLab = z.infer<typeof xLab>;

const mapOrList = z.union([
  z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  z.array(z.string()).transform((entries) =>
    Object.fromEntries(
      entries.map((entry) => {
        const equals = entry.indexOf('=');
        return equals < 0 ? [entry, null] : [entry.slice(0, equals), entry.slice(equals + 1)];
      }),
    ),
  ),
]);

/** The part of a Compose file that the lab looks at; the JSON schema has already passed the rest. */
export const composeShape = z.object({
  services: z
    .record(
      z.string(),
      z
        .object({
          image: z.string().optional(),
          build: z.unknown().optional(),
          container_name: z.string().optional(),
          environment: mapOrList.nullish(),
          networks: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).nullish(),
          network_mode: z.string().optional(),
        })
        .nullable(),
    )
    .default({}),
  networks: z
    .record(
      z.string(),
      z
        .object({
          external: z.union([z.boolean(), z.string(), z.object({})]).optional(),
          driver_opts: z.record(z.string(), z.union([z.string(), z.number()])).nullish(),
        })
        .nullable(),
    )
    .nullish(),
  'x-lab': z.unknown().optional(),
});

export type ComposeShape = z.infer<typeof composeShape>;
