// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { AcrossReplicas } from './across-replicas';
import { examplePeer, exampleReplica, exampleView, LOOKED_AT } from './example-view';
import { MapViews } from './map-view';
import { ProgramTable } from './program-table';

afterEach(cleanup);

const drifted = examplePeer(3, {
  mac: '02:42:0a:2a:05:0e',
  expected: { ip: '10.42.5.13', port: 12_345, mac: '02:42:0a:2a:05:2e' },
  neighbourMac: '02:42:0a:2a:05:2e',
  drift: ['mac'],
  driftedSince: LOOKED_AT - 500,
});

function withDrift() {
  const maps = exampleReplica('replica1').maps.map((map) =>
    map.kind === 'peers' ? { ...map, rows: [examplePeer(2), drifted] } : map,
  );
  return exampleReplica('replica1', { maps });
}

it('names the field of a drifted peer, its bytes and how long it has been so', () => {
  render(<MapViews at={LOOKED_AT} maps={withDrift().maps} />);
  const table = screen.getByRole('table', { name: 'Map peers (488)' });
  const row = within(table).getByText('replica3').closest('tr');
  expect(row?.textContent).toContain('MAC drifted, seen for 500 ms');
  expect([...(row?.querySelectorAll('b.underline') ?? [])].map((byte) => byte.textContent)).toEqual(['0e', '2e']);
  expect(within(table).getByText('replica2').closest('tr')?.textContent).toContain('matches');
  expect(screen.getByText(/Copies for replica3 carry 02:42:0a:2a:05:0e/)).toBeTruthy();
});

it('shows a program with the rule that makes it this replica’s, and links its maps', () => {
  render(<ProgramTable context="" rates={new Map()} replica={exampleReplica('replica1')} />);
  const table = screen.getByRole('table', { name: 'Programs of replica1' });
  expect(within(table).getByText(/this replica’s because attached at eth0 clsact\/egress/)).toBeTruthy();
  expect(within(table).getByRole('link', { name: '488' }).getAttribute('href')).toBe('#map-488');
  for (const words of ['45,270', '1,302,237', '318', '1.44 %']) expect(within(table).getByText(words)).toBeTruthy();
});

it('says for all replicas at once which peer drifted', () => {
  const { replicas } = exampleView();
  render(<AcrossReplicas at={LOOKED_AT} context="" rates={new Map()} replicas={[withDrift(), ...replicas.slice(1)]} />);
  expect(screen.getByText('replica1, entry 3 for replica3: MAC drifted, seen for 500 ms')).toBeTruthy();
  expect(screen.getByText('same tag on all 3 replicas')).toBeTruthy();
});
