import { execFileSync } from 'node:child_process';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { z } from 'zod';
import { HostPrograms, whyNoHostPrograms } from '../server/adapters/bpftool/host-programs';
import { ended, labelOf, launch } from './launching';
import { expect, test } from './panel';

/** The inspector against the kernel: what it shows of a running cluster is what bpftool says inside the replica. */

const attached = z.tuple([z.object({ tc: z.array(z.object({ kind: z.string(), id: z.number() })) })]);
const programOf = z.object({ map_ids: z.array(z.number()) });
const mapOf = z.object({ name: z.string().optional() });
const entryOf = z.object({ value: z.array(z.string()) });

/** A program of this machine; what it printed. */
function run(file: string, ...args: string[]): string {
  return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** bpftool in a replica's own container; what it printed. */
function bpftool(container: string, ...words: string[]): string {
  return run('docker', 'exec', container, 'bpftool', ...words);
}

async function containerOf(page: Page, id: string, service: string): Promise<string> {
  const labels = [`label=electrode-lab.run=${await labelOf(page, id)}`, `label=com.docker.compose.service=${service}`];
  return run('docker', 'ps', '-q', ...labels.flatMap((label) => ['--filter', label])).trim();
}

/** The map `peers` of the program at the container's egress hook, by its number. */
function peersMapOf(container: string): string {
  const [net] = attached.parse(JSON.parse(bpftool(container, '-j', 'net')));
  const program = net.tc.find(({ kind }) => kind.endsWith('egress'))?.id;
  const { map_ids } = programOf.parse(JSON.parse(bpftool(container, '-j', 'prog', 'show', 'id', String(program))));
  const peers = map_ids.find(
    (map) => mapOf.parse(JSON.parse(bpftool(container, '-j', 'map', 'show', 'id', String(map)))).name === 'peers',
  );
  return String(peers);
}

/** Turns the last byte of a peer's MAC in the map (struct bcast_peer: ip, port, six bytes of MAC) over; again turns it back. */
function turnMac(container: string, map: string, peer: number): void {
  const key = ['key', 'hex', peer.toString(16).padStart(2, '0'), '00', '00', '00'];
  const { value } = entryOf.parse(JSON.parse(bpftool(container, '-j', 'map', 'lookup', 'id', map, ...key)));
  const bytes = value.map((byte) => Number.parseInt(byte, 16));
  const last = 4 + 2 + 5;
  bytes[last] = (bytes[last] ?? 0) ^ 0xff;
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  bpftool(container, 'map', 'update', 'id', map, ...key, 'value', 'hex', ...hex);
}

async function isAccessible(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target).join(' ')}`);
    expect(found, `${where} in ${colorScheme}`).toEqual([]);
  }
}

const rowOf = (table: Locator, replica: string) => table.getByRole('row').filter({ hasText: replica });

test('the inspector shows a running cluster as the kernel has it, and a wrong MAC by name', async ({ page }) => {
  const id = await launch(page, { scenario: 'scenario3', variant: 'tc_broadcast', seconds: 25 });
  await page.goto(`/runs/${id}?tab=ebpf`);
  const progress = page.getByRole('region', { name: 'Progress' });
  await expect(progress.locator('[aria-current="step"]')).toContainText('Measuring', { timeout: 30_000 });

  const programs = page.getByRole('table', { name: 'Programs of replica1' });
  await expect(programs.getByText('lab_broadcast')).toBeVisible();
  await expect(programs).toContainText('this replica’s because attached at eth0 clsact/egress');
  await expect(page.getByRole('img', { name: /^Attach points of replica1: eth0 clsact egress: lab_broadcast/ })).toBeVisible();
  const peers = page.getByRole('table', { name: /^Map peers/ });
  await expect(rowOf(peers, 'replica2')).toContainText('matches');
  await expect(rowOf(peers, 'replica3')).toContainText('matches');
  await expect(page.getByText('run statistics held off')).toBeVisible();

  const leader = await containerOf(page, id, 'replica1');
  await test.step('bpftool’s own words are shown unchanged', async () => {
    const verbatim = page.getByRole('region', { name: 'bpftool prog show in replica1' }).locator('pre');
    await expect(async () => {
      // Somebody else on this machine may load a program in between; with nothing loading both are the same text.
      await page.getByRole('button', { name: 'Sample replica1 now' }).click();
      await expect(page.getByRole('button', { name: 'Sample replica1 now' })).toBeEnabled();
      expect(await verbatim.evaluate((pre) => pre.textContent)).toBe(bpftool(leader, 'prog', 'show'));
    }).toPass();
  });

  await test.step('a wrong MAC is red by the name of its field, and fine again once it is mended', async () => {
    const map = peersMapOf(leader);
    turnMac(leader, map, 3);
    await expect(rowOf(peers, 'replica3')).toContainText('MAC drifted');
    await expect(rowOf(peers, 'replica2')).toContainText('matches');
    await expect(page.getByRole('button', { name: /replica1.*peer map drifted/ })).toBeVisible();
    await isAccessible(page, 'a drifted peer');
    await page.getByRole('button', { name: /^All replicas/ }).click();
    await expect(page.getByText(/^replica1, entry 3 for replica3: MAC drifted/)).toBeVisible();
    turnMac(leader, map, 3);
    await expect(page.getByText(/every peer of all 3 maps matches/)).toBeVisible();
  });

  await test.step('statistics inside the window are asked about once and then make the run suspect', async () => {
    await page.getByRole('button', { name: 'Switch statistics on' }).click();
    const dialog = page.getByRole('dialog', { name: 'Count inside the measured window?' });
    await dialog.getByRole('button', { name: 'Switch on, run becomes suspect' }).click();
    await expect(page.getByText('run statistics on')).toBeVisible();
    await expect(page.getByRole('table', { name: 'Programs of all replicas' })).toContainText('same tag on all 3 replicas');
  });

  await test.step('the code is read, and equal on two replicas', async () => {
    await page.getByRole('radio', { name: 'Code' }).check({ force: true });
    await page.getByRole('button', { name: /^Read that of / }).click();
    await page.getByLabel('replica1 beside').selectOption('replica2');
    await expect(page.getByText(/^Same code: \d+ instructions/)).toBeVisible();
    await isAccessible(page, 'the code');
  });

  expect(await ended(page)).toContain('Done');
  await page.goto(`/runs/${id}?tab=ebpf&part=time&replica=all`);
  await expect(page.getByRole('img', { name: /^Load to unload: lab_broadcast/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Runs per second: / })).toBeVisible();
  await isAccessible(page, 'the run’s timeline');
  for (const format of ['json', 'csv']) {
    const file = await page.request.get(`/api/runs/${id}/bpf.${format}`);
    expect(file.ok()).toBe(true);
    expect(await file.text()).toContain('lab_broadcast');
  }
});

test('programs of the host are counted apart, and a run’s own are not among them', async ({ page }) => {
  const reason = whyNoHostPrograms(run);
  test.skip(reason !== null, reason ?? '');
  const others = new HostPrograms(run);
  others.load();
  try {
    const id = await launch(page, { scenario: 'scenario3', variant: 'baseline', seconds: 8 });
    await page.goto(`/runs/${id}?tab=ebpf`);
    const noise = page.getByRole('button', { name: /^[\d,]+ programs? of the host/ });
    await expect(noise).toBeVisible();
    await noise.click();
    const host = page.getByRole('table', { name: 'Programs of the host' });
    for (const name of ['other_tc', 'other_xdp']) await expect(host.getByText(name).first()).toBeVisible();
    await expect
      .poll(async () => {
        const counted = Number((await noise.innerText()).match(/[\d,]+/)?.[0].replaceAll(',', ''));
        return counted - (await host.getByRole('row').count()) + 1;
      })
      .toBe(0);
    const programs = page.getByRole('table', { name: 'Programs of replica1' });
    await expect(programs.getByText('lab_broadcast')).toBeVisible();
    await expect(programs.getByText('other_tc')).toHaveCount(0);
    const own = await programs.getByRole('row').nth(1).getByRole('cell').first().innerText();
    const filter = page.getByLabel('Filter the host’s programs');
    await filter.fill(own);
    await expect(page.getByText(`No program of the host matches “${own}”.`)).toBeVisible();
    await filter.fill('other_xdp');
    await expect(host.getByRole('row').nth(1)).toContainText('xdp');
    await isAccessible(page, 'the host’s programs');
    expect(await ended(page)).toContain('Done');
  } finally {
    others.remove();
  }
});
