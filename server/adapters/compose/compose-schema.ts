import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { z } from 'zod';

/** A place in the document where it isn't Compose: keys from the root, and why. */
export type SchemaProblem = { path: string[]; message: string };

let compiled: ValidateFunction | null = null;

/** Checks against the Compose specification's JSON schema, which dclint ships; the deepest problem, or null. */
export function findSchemaProblem(document: unknown): SchemaProblem | null {
  compiled ??= compileSchema();
  if (compiled(document)) return null;
  // A oneOf reports every branch; the deepest error is the one in the branch that was meant.
  const deepest = (compiled.errors ?? []).reduce<ErrorObject | null>(
    (best, error) => (best === null || depthOf(error) > depthOf(best) ? error : best),
    null,
  );
  return deepest === null ? { path: [], message: 'is not a Compose file' } : describe(deepest);
}

function compileSchema(): ValidateFunction {
  const packageFile = createRequire(import.meta.url).resolve('dclint/package.json');
  const text = readFileSync(join(dirname(packageFile), 'schemas', 'compose.schema.json'), 'utf8');
  // Its $schema names draft 7 under https, an identifier that ajv doesn't know.
  const { $schema: _, ...schema } = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  // Formats of the Compose specification's own, which Compose itself checks at the launch.
  for (const name of ['ports', 'expose', 'subnet_ip_address']) ajv.addFormat(name, true);
  return ajv.compile(schema);
}

const depthOf = (error: ErrorObject) => error.instancePath.split('/').length;

function describe(error: ErrorObject): SchemaProblem {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const unknown = z.object({ additionalProperty: z.string() }).safeParse(error.params).data?.additionalProperty;
  if (unknown !== undefined) return { path: [...path, unknown], message: 'is not a key that Compose knows here' };
  return { path, message: error.message ?? 'is not what Compose expects here' };
}
