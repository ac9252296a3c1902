import { execFileSync } from 'node:child_process';
import { ended, labelOf, launch } from './launching';
import { expect, test } from './panel';

/** The proof can fail: a program that is gone gives `broken`, and a comparison with it shows no percentage. */
for (const scenario of ['scenario3', 'scenario5']) {
  test(`${scenario}: a detached program breaks the run and the comparison refuses a percentage`, async ({ page }) => {
    const sound = await launch(page, { scenario, variant: 'baseline', seconds: 3 });
    expect(await ended(page)).toContain('Done');

    const id = await launch(page, { scenario, variant: 'tc_broadcast', seconds: 12 });
    const progress = page.getByRole('region', { name: 'Progress' });
    await expect(progress.locator('[aria-current="step"]')).toContainText('Measuring', { timeout: 30_000 });
    const leader = execFileSync('docker', [
      'ps',
      '-q',
      '--filter',
      `label=electrode-lab.run=${await labelOf(page, id)}`,
      '--filter',
      'label=com.docker.compose.service=replica1',
    ])
      .toString()
      .trim();
    execFileSync('docker', ['exec', leader, 'tc', 'filter', 'del', 'dev', 'eth0', 'egress']);

    await ended(page, 90_000);
    await expect(page.getByText('broken').first()).toBeVisible();

    await page.goto(`/compare?runs=${sound},${id}`);
    const verdict = page.getByRole('region', { name: 'Verdict' });
    await expect(verdict).toContainText('invalid');
    await expect(verdict).toContainText(/not a valid comparison/i);
    await expect(page.getByRole('main')).not.toContainText(/\d\s?% (faster|slower|lower|higher)/);
  });
}
