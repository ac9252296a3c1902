/** A program that clones to one follower alone: the proof must see it, and nothing may be concluded from such a run. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runLab } from './lab-process';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TESTING_IMAGE = 'electrode-lab/replica-testing:dev';
/** The longest that a run of this size may take on a loaded machine before it counts as hung. */
const BOUND_MS = 90_000;

let dataDir: string;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'electrode-lab-broken-'));
  if (spawnSync('docker', ['image', 'inspect', TESTING_IMAGE]).status === 0) return;
  execFileSync('bash', ['scripts/steps/replica-image.sh', 'testing'], { cwd: ROOT, stdio: 'inherit' });
}, 900_000);
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const ran = z.object({
  runId: z.string(),
  offload: z.object({
    verdict: z.string(),
    broadcasts: z.number().positive(),
    frames: z.record(z.string(), z.number()),
  }),
});
const compared = z.object({
  verdict: z.object({ kind: z.string(), headline: z.string() }),
  metrics: z.array(z.object({ ratio: z.number().nullable() })).min(1),
});

function lab(args: string[], environment: Record<string, string> = {}) {
  return runLab(args, { environment: { LAB_DATA_DIR: dataDir, ...environment } });
}

describe.each([
  ['scenario3', 2],
  ['scenario5', 4],
])('in %s', (scenario, followers) => {
  it(
    'the run is broken, ends with 1, and every ratio against a sound run is refused',
    async () => {
      const small = ['--requests', '200', '--warmup', '0.2', '--json'];
      const sound = await lab(['run', scenario, '--variant', 'baseline', ...small]);
      expect(sound.code).toBe(0);
      const began = Date.now();
      const broken = await lab(['run', scenario, '--variant', 'tc_broadcast', ...small], { LAB_IMAGE: TESTING_IMAGE });
      expect(Date.now() - began).toBeLessThan(BOUND_MS);
      expect(broken.code).toBe(1);
      const { offload, runId } = ran.parse(JSON.parse(broken.out));
      expect(offload.verdict).toBe('broken');
      expect(Object.keys(offload.frames)).toHaveLength(followers);
      const served = Object.values(offload.frames).filter((frames) => frames >= offload.broadcasts);
      expect(served.length).toBe(1);

      const { code, out } = await lab(['compare', ran.parse(JSON.parse(sound.out)).runId, runId, '--json']);
      expect(code).toBe(1);
      const { verdict, metrics } = compared.parse(JSON.parse(out));
      expect(verdict.kind).toBe('invalid');
      expect(metrics.every(({ ratio }) => ratio === null)).toBe(true);
    },
    3 * BOUND_MS,
  );
});
