// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { RunVerdict } from './run-verdict';

afterEach(cleanup);

it('says what the gates decided, whatever the proof alone says', () => {
  render(<RunVerdict run={{ state: 'done', valid: true, verdict: 'suspect' }} />);
  expect(screen.getByText('suspect')).toBeTruthy();
});

it('goes by the proof for runs from before there were gates', () => {
  render(<RunVerdict run={{ state: 'done', valid: false, verdict: null }} />);
  expect(screen.getByText('invalid')).toBeTruthy();
  render(<RunVerdict run={{ state: 'done', valid: null, verdict: null }} />);
  expect(screen.getByText('unproven')).toBeTruthy();
});

it('says how a run ended that did not come to its end', () => {
  render(<RunVerdict run={{ state: 'stopped', valid: true, verdict: 'invalid' }} />);
  expect(screen.getByText('stopped')).toBeTruthy();
});
