import { expect, test } from 'vitest';
import { LabError } from '@/server/domain/errors';
import { toLabError } from './engine-errors';

const call = { doing: 'list containers', address: 'unix:///x.sock', midRun: false };
const withCode = (code: string) => Object.assign(new Error(`connect ${code} /x.sock`), { code });

test.each([
  ['ENOENT', false, 'engine_absent', 'no Docker Engine answers at unix:///x.sock (ENOENT)'],
  ['ECONNREFUSED', false, 'engine_absent', 'no Docker Engine answers at unix:///x.sock (ECONNREFUSED)'],
  [
    'ECONNREFUSED',
    true,
    'engine_lost',
    'the Docker Engine at unix:///x.sock stopped answering (list containers: ECONNREFUSED)',
  ],
  ['ECONNRESET', true, 'engine_lost', 'the Docker Engine at unix:///x.sock stopped answering (list containers: ECONNRESET)'],
  ['EACCES', false, 'engine_denied', 'permission denied at the Docker socket unix:///x.sock'],
  ['EACCES', true, 'engine_denied', 'permission denied at the Docker socket unix:///x.sock'],
])('%s, mid-run %s, is %s with a command that mends it', (code, midRun, expected, message) => {
  const error = toLabError(withCode(code), { ...call, midRun });
  expect({ code: error.code, message: error.message }).toEqual({ code: expected, message });
  expect(error.remedy).toMatch(/^sudo /);
});

test("an error that the engine itself sent keeps the engine's words", () => {
  const cause = Object.assign(new Error('(HTTP code 500) server error - long'), {
    statusCode: 500,
    json: { message: 'disk is full' },
  });
  expect(toLabError(cause, call)).toMatchObject({
    code: 'engine_lost',
    message: 'the engine refused to list containers: disk is full',
  });
});

test('an expected failure passes unchanged', () => {
  const error = new LabError('run_over', 'over');
  expect(toLabError(error, call)).toBe(error);
});
