import { afterEach, expect, it, vi } from 'vitest';
import { ImportRefused, kindOf, rawProblem, sendArchive, sendRaw } from './send-file';

afterEach(() => vi.unstubAllGlobals());

function answerWith(status: number, body: string) {
  const asked = vi.fn(async (_address: string, _init: RequestInit) => new Response(body, { status }));
  vi.stubGlobal('fetch', asked);
  return asked;
}

const facts = { name: 'lat.raw', scenario: 'poc', replicas: '3', variant: 'baseline', clients: '1' };

it('tells archives and latencies apart by their names', () => {
  expect(kindOf('x-0001.tar.gz')).toBe('archive');
  expect(kindOf('X.TGZ')).toBe('archive');
  expect(kindOf('lat.raw')).toBe('raw');
  expect(kindOf('notes.txt')).toBeNull();
});

it('gives back what was imported', async () => {
  answerWith(200, JSON.stringify({ experiment: 'x-0004', runs: ['r-0001', 'r-0002'] }));
  expect(await sendArchive(new Blob(['bytes']), 'x.tar.gz')).toEqual({ experiment: 'x-0004', runs: ['r-0001', 'r-0002'] });
});

it('sends the facts of a file of latencies beside its bytes', async () => {
  const asked = answerWith(200, JSON.stringify({ run: 'r-0009' }));
  expect(await sendRaw(new Blob(['bytes']), facts)).toBe('r-0009');
  expect(asked.mock.calls[0]?.[0]).toBe('/api/import-raw?name=lat.raw&scenario=poc&replicas=3&variant=baseline&clients=1');
});

it('refuses in the words of the lab', async () => {
  answerWith(422, JSON.stringify({ code: 'bad_archive', message: 'x.tar.gz is cut short.', remedy: 'Export it again.' }));
  const refused = sendArchive(new Blob(['bytes']), 'x.tar.gz');
  await expect(refused).rejects.toBeInstanceOf(ImportRefused);
  await expect(refused).rejects.toMatchObject({ message: 'x.tar.gz is cut short.', remedy: 'Export it again.' });
});

it('copes with an answer that is no JSON', async () => {
  answerWith(502, '<html>');
  await expect(sendArchive(new Blob(['bytes']), 'x.tar.gz')).rejects.toThrow(/502/);
});

it('says which fact is missing', () => {
  expect(rawProblem(facts)).toBeNull();
  expect(rawProblem({ ...facts, replicas: '0' })).toMatch(/replicas/);
  expect(rawProblem({ ...facts, variant: ' ' })).toMatch(/variant/);
});
