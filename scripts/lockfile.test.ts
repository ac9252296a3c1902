import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
const { packages } = lockSchema.parse(JSON.parse(text));

/** Where npm may have put a dependency of `owner`: beside it, or in any node_modules further out. */
function possiblePlaces(owner: string, dependency: string): string[] {
  const places = [`node_modules/${dependency}`];
  for (let outer = owner; outer !== ''; outer = outer.slice(0, Math.max(0, outer.lastIndexOf('/node_modules/')))) {
    places.push(`${outer}/node_modules/${dependency}`);
  }
  return places;
}

describe('package-lock.json', () => {
  it('has an entry for every optional dependency, other platforms included', () => {
    // A release that lacks some platforms' packages makes npm write a lock that `npm ci` then refuses.
    const missing = Object.entries(packages).flatMap(([owner, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((dependency) => !possiblePlaces(owner, dependency).some((place) => place in packages))
        .map((dependency) => `${owner} wants ${dependency}`),
    );
    expect(missing).toEqual([]);
  });

  it('records no download addresses', () => {
    const addressed = Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined && entry.link !== true);
    expect(addressed.map(([name]) => name)).toEqual([]);
  });

  it('vouches for every package by its hash', () => {
    const unhashed = Object.entries(packages).filter(([name, entry]) => name !== '' && entry.integrity === undefined);
    expect(unhashed.map(([name]) => name)).toEqual([]);
  });
});
