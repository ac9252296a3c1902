// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { useKeys } from './use-keys';

afterEach(cleanup);

function Page({ onHelp, onRuns }: { onHelp: () => void; onRuns: () => void }) {
  useKeys([
    { keys: '?', does: 'Show the keys', run: onHelp },
    { keys: 'g r', does: 'Open Runs', run: onRuns },
  ]);
  return <input aria-label="Search" />;
}

it('runs what a key is bound to, and a sequence only when complete', () => {
  const onHelp = vi.fn();
  const onRuns = vi.fn();
  render(<Page onHelp={onHelp} onRuns={onRuns} />);
  fireEvent.keyDown(document.body, { key: '?' });
  expect(onHelp).toHaveBeenCalledOnce();
  fireEvent.keyDown(document.body, { key: 'r' });
  expect(onRuns).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: 'g' });
  fireEvent.keyDown(document.body, { key: 'r' });
  expect(onRuns).toHaveBeenCalledOnce();
});

it('rests while someone types and leaves the browser its own shortcuts', () => {
  const onHelp = vi.fn();
  render(<Page onHelp={onHelp} onRuns={() => {}} />);
  fireEvent.keyDown(screen.getByLabelText('Search'), { key: '?' });
  fireEvent.keyDown(document.body, { key: '?', ctrlKey: true });
  expect(onHelp).not.toHaveBeenCalled();
});

it('forgets its keys when the component goes', () => {
  const onHelp = vi.fn();
  render(<Page onHelp={onHelp} onRuns={() => {}} />).unmount();
  fireEvent.keyDown(document.body, { key: '?' });
  expect(onHelp).not.toHaveBeenCalled();
});
