import { describe, expect, it } from 'vitest';
import { replicasOf } from './example-run';
import type { FaultPlan } from './fault';
import { checkFaultPlan, type FaultGround } from './fault-check';
import { parseFault, parseFaultPlan } from './fault-plan';
import { formatFaultPlan } from './fault-text';

const ground: FaultGround = { replicas: replicasOf(3), clientService: 'client', clientFormat: 'lab' };

function read(text: string): FaultPlan {
  const { plan, problems } = parseFaultPlan(text);
  expect(problems).toEqual([]);
  return plan;
}

const complaints = (text: string, seconds: number | null = 30, at = ground) =>
  checkFaultPlan(read(text), at, seconds).join('\n');

describe('the text of a plan', () => {
  it.each([
    'at 5 s kill leader; at 9 s restart it',
    'at 3 s pause replica2 for 2 s',
    'at 0.5 s isolate replica3 for 4 s',
    'at 1 s cut replica1 -> replica2 for 2 s',
    'at 1 s cut replica1 <-> client',
    'at 1 s lose 5 % everywhere for 30 s',
    'at 1 s double 2.5 % everywhere',
    'at 1 s lose 5 % and double 5 % into replica2 for 3 s',
    'at 1 s lose 10 % from replica1 to replica3',
    'at 1 s lose 10 % between leader and my-service.v1_b',
    '',
  ])('%j is written as it was read', (text) => {
    expect(formatFaultPlan(read(text))).toBe(text);
  });

  it('may be written tightly, on lines, and in any order', () => {
    const plan = read('at 9s restart it\nAT 5 s Kill leader;at 2 cut replica1<->replica2 for 1.5s; at 1 s cut a-b→c');
    expect(formatFaultPlan(plan)).toBe(
      'at 1 s cut a-b -> c; at 2 s cut replica1 <-> replica2 for 1.5 s; at 5 s kill leader; at 9 s restart it',
    );
  });

  it.each([
    ['kill leader', /^“kill leader” has "kill" where at belongs\. Begin with when/],
    ['at soon kill leader', /has "soon" where seconds belong/],
    ['at 5 s maim leader', /has "maim" where a fault belongs\. Write kill, restart/],
    ['at 5 s', /has nothing where a fault belongs/],
    ['at 5 s kill', /has nothing where a name belongs\. Write a service/],
    ['at 5 s cut replica1 replica2', /has "replica2" where -> belongs\. Write cut/],
    ['at 5 s lose much everywhere', /has "much" where a percentage belongs/],
    ['at 5 s lose 5 %', /has nothing where from belongs\. Say where/],
    ['at 5 s lose 5 % and kill it', /needs lose or double behind its and/],
    ['at 5 s kill leader for a while', /has "a" where seconds belong/],
    ['at 5 s kill leader gently', /goes on with "gently"/],
  ])('%j is refused with part, cause and remedy', (text, words) => {
    const { plan, problems } = parseFaultPlan(`${text}; at 1 s kill leader`);
    expect(plan).toHaveLength(1);
    expect(problems).toEqual([expect.stringMatching(words)]);
  });

  it('of one fault has no time', () => {
    expect(parseFault('kill leader for 5 s')).toEqual({ action: { kind: 'kill', target: { kind: 'leader' } }, forSeconds: 5 });
    expect(parseFault('at 5 s kill leader')).toMatch(/where a fault belongs/);
  });
});

describe('a plan and its scenario', () => {
  it('agree', () => {
    expect(complaints('at 0 s kill leader; at 1 s restart it; at 2 s cut client -> replica3 for 600 s')).toBe('');
    expect(complaints('at 500 s kill leader', null)).toBe('');
  });

  it.each([
    ['at 1 s kill replica9', 'names replica9, which is no replica of this scenario. Known are replica1, replica2, replica3.'],
    ['at 1 s pause client', 'names client, which is no replica'],
    ['at 1 s cut replica1 -> nobody', 'Known are replica1, replica2, replica3, client.'],
    ['at 1 s cut replica1 -> replica1', 'links a replica with itself'],
    ['at 30 s kill leader', 'begins when the measured window of 30 s is over'],
    ['at 1 s restart it', 'says it, but no fault before it'],
    ['at 1 s lose 5 % everywhere; at 2 s restart it', 'says it, but no fault before it'],
    ['at 1 s lose 101 % everywhere', 'says 101 %. Choose 0 to 100 %.'],
    ['at 1 s lose 0 % everywhere', 'loses and doubles nothing'],
    ['at 1 s pause leader for 0.01 s', 'lasts 0.01 s. Choose 0.1 to 600 s.'],
    ['at 1 s restart replica1 for 2 s', 'a restart is done once'],
  ])('%j disagree: %s', (text, words) => {
    expect(complaints(text)).toContain(words);
  });

  it('are refused together beyond fifty faults', () => {
    expect(complaints(Array(50).fill('at 1 s kill leader').join(';'))).toBe('');
    expect(complaints(Array(51).fill('at 1 s kill leader').join(';'))).toContain('51 faults; 50 are the most');
  });

  it('of a third party allow what needs none of its datagrams', () => {
    const foreign: FaultGround = { ...ground, clientFormat: 'electrode' };
    expect(complaints('at 1 s kill replica1; at 2 s restart it; at 3 s pause replica2 for 1 s', 30, foreign)).toBe('');
    expect(complaints('at 1 s isolate replica1', 30, foreign)).toContain('Here only kill, restart and pause');
    expect(complaints('at 1 s lose 5 % everywhere', 30, { ...ground, declared: false })).toContain('Here only kill');
    expect(complaints('at 1 s kill leader', 30, foreign)).toContain('Name a replica');
  });
});
