import AxeBuilder from '@axe-core/playwright';
import { ended, launch, loaded } from './launching';
import { expect, test } from './panel';

test('axe finds no violation on any page in either theme', async ({ page }) => {
  const id = await launch(page, { scenario: 'scenario3', variant: 'baseline', seconds: 2 });
  expect(await ended(page)).toContain('Done');
  const paths = [
    '/',
    '/runs',
    `/runs/${id}`,
    `/runs/${id}?tab=ebpf`,
    `/runs/${id}?tab=messages`,
    `/runs/${id}?tab=config`,
    '/compare',
    '/experiments',
    `/compare?runs=${id},${id}`,
  ];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const path of paths) {
      await page.goto(path);
      await loaded(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target).join(' ')}`);
      expect(found, `${path} in ${colorScheme}`).toEqual([]);
    }
  }
});
