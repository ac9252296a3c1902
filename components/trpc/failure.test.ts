import { TRPCClientError } from '@trpc/client';
import { expect, it } from 'vitest';
import type { AppRouter } from '@/server/api/types';
import { describeFailure, labErrorOf } from './failure';

const lab = {
  code: 'container_died',
  message: 'replica2 ended with exit code 2.',
  remedy: 'Read its last lines.',
  service: 'replica2',
  lastLines: ['error env: PEERS is empty'],
} as const;

it('gives the server’s own words, with the last lines to copy', () => {
  const data = { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, lab: { ...lab, lastLines: [...lab.lastLines] } } as const;
  const error = TRPCClientError.from<AppRouter>({ error: { code: -32603, message: lab.message, data } });
  expect(describeFailure(error)).toEqual({
    message: lab.message,
    remedy: lab.remedy,
    details: 'container_died: replica2 ended with exit code 2.\nlast lines of replica2:\nerror env: PEERS is empty',
  });
});

it('says that the server did not answer when no words came', () => {
  const failure = describeFailure(TRPCClientError.from(new Error('Failed to fetch')));
  expect(failure.message).toBe('The server did not answer.');
  expect(failure.details).toBe('Failed to fetch');
});

it('keeps the words of a mistake of the page itself', () => {
  expect(describeFailure(new Error('x is undefined')).message).toBe('x is undefined');
  expect(labErrorOf(new Error('x is undefined'))).toBeNull();
});
