import { describe, expect, it } from 'vitest';
import { BASELINE, exampleEvidence, exampleFault, followerCounters, leaderCounters, TC_BROADCAST } from './example-run';
import type { FaultAction, FaultRecord } from './fault';
import { judgeDelivery } from './judge-delivery';
import { judgeMechanism } from './judge-mechanism';
import { judgeProof } from './judge-proof';
import { judgeSameLog } from './judge-same-log';
import type { LeaderReport, ProofEvidence, ReplicaEvidence, WindowCounters } from './proof';

const MEASURING = 1_763_900_000_000;
const named = (name: string) => ({ kind: 'replica', name }) as const;

function fault(kind: 'kill' | 'pause' | 'isolate', target: string, changes: Partial<FaultRecord> = {}): FaultRecord {
  return exampleFault({ action: { kind, target: named(target) }, title: `${kind} ${target}`, targets: [target], ...changes });
}

function cut(from: string, to: string): FaultRecord {
  const action: FaultAction = { kind: 'cut', link: { kind: 'pair', from: named(from), to: named(to), bothWays: false } };
  return exampleFault({ action, title: `cut ${from} -> ${to}`, targets: [from, to], links: [{ from, to }] });
}

function withReplica(evidence: ProofEvidence, name: string, changes: Partial<ReplicaEvidence>): ProofEvidence {
  return {
    ...evidence,
    replicas: evidence.replicas.map((replica) => (replica.name === name ? { ...replica, ...changes } : replica)),
  };
}

const evidence: ProofEvidence = { ...exampleEvidence(5, 'cloned'), measuringAt: MEASURING };
const under = (faults: FaultRecord[], given = evidence): ProofEvidence => ({ ...given, faults });
const shortAt = (name: string, receipts: number) => withReplica(evidence, name, { counters: [followerCounters(receipts)] });

describe('judgeDelivery under declared faults', () => {
  it('sets losses apart at a follower that was touched, and only there', () => {
    const delivery = judgeDelivery(under([fault('pause', 'replica3')], shortAt('replica3', 20_000)));
    expect(delivery).toMatchObject({
      verdict: 'complete',
      lost: { replica2: 0, replica3: 0, replica4: 0, replica5: 0 },
      declared: { replica3: 34 },
      receipts: { replica3: 20_000 },
    });
    expect(delivery.reason).toBe(
      '0 of 60,102 copies lost at 3 followers. Apart, under declared faults (pause replica3): 34 at replica3.',
    );
    const other = judgeDelivery(under([fault('pause', 'replica3')], shortAt('replica4', 20_000)));
    expect(other).toMatchObject({ verdict: 'lost', lost: { replica4: 34 }, declared: { replica3: 0 } });
    expect(other.reason).toContain('replica4 received 20,000 of 20,034 copies.');
  });

  it('knows a link from its ends: a cut elsewhere excuses nothing', () => {
    const short = shortAt('replica3', 20_000);
    expect(judgeDelivery(under([cut('replica1', 'replica3')], short))).toMatchObject({ verdict: 'complete' });
    expect(judgeDelivery(under([cut('replica3', 'replica1')], short))).toMatchObject({ verdict: 'lost', declared: {} });
    expect(judgeDelivery(under([cut('replica2', 'replica3')], short)).verdict).toBe('lost');
  });

  it('does not count a fault that was over before, or that could not be done', () => {
    const short = shortAt('replica3', 20_000);
    const early = fault('pause', 'replica3', { startedAt: MEASURING - 2000, endedAt: MEASURING - 1000 });
    const failed = fault('pause', 'replica3', { endedAt: 1_763_900_005_000, problem: 'no such container' });
    expect(judgeDelivery(under([early, failed], short))).toMatchObject({ verdict: 'lost', declared: {} });
  });

  it('has nothing to judge where every link was touched, and says so', () => {
    const links = ['replica2', 'replica3', 'replica4', 'replica5'].map((to) => ({ from: 'replica1', to }));
    const noise: FaultAction = { kind: 'noise', link: { kind: 'everywhere' }, lossPercent: 5, duplicatePercent: 5 };
    const everywhere = exampleFault({ action: noise, title: '5 % loss everywhere', targets: [], links });
    const delivery = judgeDelivery(under([everywhere], shortAt('replica3', 19_000)));
    expect(delivery).toMatchObject({ verdict: 'complete', lost: { replica3: 0 }, declared: { replica2: 0, replica3: 1034 } });
    expect(delivery.reason).toContain('touched every link');
  });

  it('does not know what a follower that was killed had received', () => {
    const killed = withReplica(evidence, 'replica3', { counters: null, live: false });
    const delivery = judgeDelivery(under([fault('kill', 'replica3')], killed));
    expect(delivery).toMatchObject({ verdict: 'complete', lost: { replica3: 0 }, declared: { replica3: null } });
    expect(delivery.reason).toContain('an unknown number at replica3');
    expect(judgeDelivery(killed).verdict).toBe('unknown');
  });
});

describe('a leader that was killed', () => {
  const report: LeaderReport = {
    view: 0,
    at: 1_763_900_004_960,
    broadcasts: 100,
    sent: 100,
    frames: { replica2: 100, replica3: 100 },
    resends: 0,
  };
  const leads = (changes: Partial<WindowCounters> = {}): WindowCounters => {
    return { ...leaderCounters(3, 'cloned', 50), view: 1, leader: 2, frames: [0, 50, 0, 50], ...changes };
  };
  const follows = (receipts: number) => ({ ...followerCounters(receipts), view: 1, leader: 2 });
  /** replica1 led view 0 and came back as a follower of replica2. */
  function killed(changes: Partial<ReplicaEvidence> = {}, second: Partial<WindowCounters> = {}): ProofEvidence {
    const base = exampleEvidence(3, 'cloned');
    const counters: Record<string, Partial<ReplicaEvidence>> = {
      replica1: { counters: [follows(20)], reports: [report], ...changes },
      replica2: { counters: [followerCounters(103), leads(second)] },
      replica3: { counters: [followerCounters(103), follows(50)] },
    };
    const replicas = base.replicas.map((replica) => ({ ...replica, ...counters[replica.name] }));
    return { ...base, replicas, measuringAt: MEASURING, faults: [fault('kill', 'replica1')] };
  }

  it('is judged by its last report, which is said', () => {
    const mechanism = judgeMechanism(killed());
    expect(mechanism).toMatchObject({
      verdict: 'offloaded',
      broadcasts: 150,
      sent: 150,
      clones: null,
      frames: { replica1: 50, replica2: 100, replica3: 150 },
    });
    expect(mechanism.reason).toBe(
      "View 0 by replica1's last report, 40 ms before it was killed: 1 send, 2 frames per broadcast: 100 broadcasts, 100 sends, frames 100 at every follower. View 1: 1 send, 2 frames per broadcast: 50 broadcasts, 50 sends, frames 50 at every follower (replica1 apart: kill replica1).",
    );
  });

  it('is unknown without a report, and what it had sent does not count against delivery', () => {
    const silent = killed({ reports: [] });
    expect(judgeMechanism(silent).verdict).toBe('unknown');
    expect(judgeMechanism(silent).reason).toContain('replica1 led view 0 and was stopped (kill replica1)');
    expect(judgeDelivery(silent)).toMatchObject({ verdict: 'complete', declared: { replica2: null, replica3: null } });
  });

  it('makes the whole mixed or broken where its report says another than the next leader', () => {
    const sent = { ...report, sent: 200 };
    expect(judgeMechanism(killed({ reports: [sent] })).verdict).toBe('mixed');
    const short = { ...report, frames: { replica2: 100, replica3: 60 } };
    expect(judgeMechanism(killed({ reports: [short] })).verdict).toBe('broken');
    const blind = { ...report, frames: {} };
    expect(judgeMechanism(killed({ reports: [blind] })).verdict).toBe('unknown');
  });

  it('has no frames when nobody has its address, under its successor', () => {
    expect(judgeMechanism(killed({}, { frames: [0, 12, 0, 50], peerUnknown: 38 })).verdict).toBe('offloaded');
    // Nobody else is excused.
    expect(judgeMechanism(killed({}, { frames: [0, 50, 0, 12] })).verdict).toBe('broken');
    const oneByOne = { sent: 98, sendErrors: 2, clones: 0, frames: [0, 48, 0, 50] };
    const reports = [{ ...report, sent: 200 }];
    expect(judgeMechanism(killed({ reports }, oneByOne)).verdict).toBe('not_offloaded');
    expect(judgeProof(BASELINE, killed({ reports }, oneByOne)).objections).toEqual([]);
  });

  it('without a declared fault stays unknown, whatever it said last', () => {
    expect(judgeMechanism({ ...killed(), faults: [] })).toMatchObject({ verdict: 'unknown' });
    // A fault long before its last report did not end it.
    const earlier = fault('kill', 'replica1', { startedAt: MEASURING + 1, endedAt: MEASURING + 100 });
    expect(judgeMechanism({ ...killed(), faults: [earlier] }).verdict).toBe('unknown');
  });

  it('leaves a run proven', () => {
    expect(judgeProof(TC_BROADCAST, { ...killed(), faults: [] }, [fault('kill', 'replica1')])).toMatchObject({
      fits: true,
      delivery: { verdict: 'complete' },
    });
  });
});

describe('a view that was left under a fault', () => {
  it('lost what its leader still sent to those who had gone on, and that is set apart', () => {
    const second = { ...leaderCounters(3, 'cloned', 50), view: 1, leader: 2, frames: [0, 50, 0, 50] };
    const follows = { ...followerCounters(50), view: 1, leader: 2 };
    const base = exampleEvidence(3, 'cloned', 100);
    const counters = {
      replica1: [leaderCounters(3, 'cloned', 100), follows],
      replica2: [followerCounters(100), second],
      replica3: [followerCounters(97), follows],
    };
    const replicas = base.replicas.map((replica) => ({
      ...replica,
      counters: Object.values(counters)[replica.id - 1] ?? null,
    }));
    const given = { ...base, replicas, measuringAt: MEASURING };
    expect(judgeDelivery({ ...given, faults: [cut('replica1', 'replica2')] })).toMatchObject({
      verdict: 'complete',
      declared: { replica2: 0, replica3: 3 },
    });
    expect(judgeDelivery(given)).toMatchObject({ verdict: 'lost', lost: { replica3: 3 } });
  });

  it('is told among many by what differs', () => {
    const views = Array.from({ length: 9 }, (_, view) => view);
    const base = exampleEvidence(3, 'cloned');
    const leader = (view: number): WindowCounters => {
      return { ...leaderCounters(3, 'cloned', 10), view, sent: view === 7 ? 15 : 10 };
    };
    const replicas = base.replicas.map((replica) => ({ ...replica, counters: replica.id === 1 ? views.map(leader) : [] }));
    const mechanism = judgeMechanism({ ...base, replicas });
    expect(mechanism.verdict).toBe('mixed');
    expect(mechanism.reason).toMatch(/^9 views\. .*View 7: Neither one send nor 2 sends.* 5 further views: offloaded\.$/);
  });
});

describe('judgeSameLog', () => {
  it('asks a replica that came back, and names those that did not', () => {
    const dead = withReplica(evidence, 'replica1', { live: false, commit: 10, hash: null, checkpoints: [] });
    expect(judgeSameLog(dead)).toMatchObject({ verdict: 'same', live: ['replica2', 'replica3', 'replica4', 'replica5'] });
    expect(judgeSameLog(dead).reason).toContain('4 of 5 replicas, all but replica1,');
    const behind = withReplica(evidence, 'replica1', { commit: 10, hash: '1111111111111111', checkpoints: [] });
    expect(judgeSameLog(behind)).toMatchObject({ verdict: 'behind' });
  });
});
