/** Whether the run ended well and is what its variant claims: mechanism, delivery and log, as the proof judged them. */
import { isOver, type RunView } from '../run';
import { isTolerable, mechanismFits } from './claims';
import { type Finding, gate } from './gate';
import type { GateState, RunGate } from './validity';

export function finishedGate(view: RunView): RunGate {
  const value = view.state.replaceAll('_', ' ');
  if (view.state === 'done') {
    return gate('finished', { state: 'pass', value, detail: 'It ran to its end and everything was counted.' });
  }
  const last = view.phases.at(-1)?.phase ?? 'queued';
  const how = isOver(view.state) ? `It ${ENDED[view.state]} in phase ${last}` : `It is still in phase ${view.state}`;
  const why = view.error === null ? '' : `: ${trim(view.error.message)}`;
  const remedy = view.error?.remedy ?? 'Launch it again.';
  return gate('finished', { state: 'invalid', value, detail: `${how}${why}.`, remedy });
}

const ENDED = { done: 'ended', failed: 'failed', stopped: 'was stopped', interrupted: 'was interrupted' };

export function offloadGate(view: RunView): RunGate {
  const { variant } = view.config;
  if (view.proof === null) return gate('offload', noProof(view, 'No broadcasts were counted'));
  const { verdict, reason } = view.proof.mechanism;
  const value = verdict.replaceAll('_', ' ');
  if (!mechanismFits(variant.expects, verdict)) {
    const claim = variant.expects === 'anything' ? '' : `${variant.name} claims ${variant.expects.replaceAll('_', ' ')}: `;
    const remedy = "Look at the replicas' eBPF programs and the leader's log, then launch it again.";
    return gate('offload', { state: 'invalid', value, detail: `${claim}${reason}`, remedy });
  }
  return gate('offload', { state: verdict === 'unknown' ? 'unknown' : 'pass', value, detail: reason });
}

export function deliveryGate(view: RunView): RunGate {
  if (view.proof === null) return gate('delivery', noProof(view, 'No copies were counted'));
  const { verdict, reason, lost, declared } = view.proof.delivery;
  const state = judge(view, verdict, 'complete');
  const total = Object.values(lost).reduce<number>((sum, copies) => sum + Math.max(0, copies ?? 0), 0);
  const apart = Object.keys(declared).length > 0 ? ', faults apart' : '';
  const value = verdict === 'unknown' ? 'unknown' : `${total.toLocaleString('en-US')} lost${apart}`;
  const remedy = state === 'invalid' ? 'Look for drops at the followers, then launch it again.' : null;
  return gate('delivery', { state, value, detail: reason, remedy });
}

export function sameLogGate(view: RunView): RunGate {
  if (view.proof === null) return gate('same_log', noProof(view, 'No logs were compared'));
  const { verdict, reason } = view.proof.sameLog;
  const state = judge(view, verdict, 'same');
  const remedy = state === 'invalid' ? "Look at the replicas' last log lines, then launch it again." : null;
  return gate('same_log', { state, value: verdict, detail: reason, remedy });
}

/** A run whose clients can prove that something acknowledged is not there measured nothing that counts. */
export function safetyGate(view: RunView): RunGate {
  if (view.safety === null) {
    return gate('safety', { state: 'unknown', value: 'unknown', detail: 'Neither logs nor a history were judged.' });
  }
  const { verdict, reason } = view.safety;
  const value = verdict.replaceAll('_', ' ');
  if (verdict === 'unsafe') {
    const remedy = "Keep the run: its log and its events are the evidence. Look at the replicas' lines around the faults.";
    return gate('safety', { state: 'invalid', value, detail: reason, remedy });
  }
  return gate('safety', { state: verdict === 'safe' ? 'pass' : 'note', value, detail: reason });
}

function judge({ config }: RunView, verdict: string, good: string): GateState {
  if (!isTolerable(config.variant.expects, verdict, good)) return 'invalid';
  return verdict === good ? 'pass' : 'unknown';
}

/** A finished run that claims something must show it; one that ended early is condemned for that already. */
function noProof({ state, config }: RunView, what: string): Finding {
  const owed = state === 'done' && config.variant.expects !== 'anything';
  const why = state === 'done' ? 'the run has no proof' : 'the run ended before';
  return { state: owed ? 'invalid' : 'unknown', value: 'unknown', detail: `${what}: ${why}.` };
}

const trim = (sentence: string) => sentence.replace(/\.$/, '');
