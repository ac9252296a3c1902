import { PAIR_GAP_MS } from '../domain/experiment/attempts';
import { sidesInOrder } from '../domain/experiment/block-order';
import { LEAST_PAIRS } from '../domain/experiment/estimate-ratio';
import type { ExperimentPlan } from '../domain/experiment/experiment';
import { PRIMARY } from '../domain/experiment/metrics';
import { ALPHA } from '../domain/experiment/read-result';
import { gate } from '../domain/validity/gate';
import { GATE_IDS } from '../domain/validity/validity';
import { times } from '../domain/wording';
import { GATE_RULES } from './gate-rules';
import { left, plain, type Section, sentence } from './report-document';
import type { ReportInput } from './report-input';
import { titleOf } from './results-section';
import { sideOf } from './side-label';
import { describeWorkload } from './workload-words';

/** How the numbers came to be, and what may be read from them. */
export function methodSection({ view }: ReportInput): Section {
  const { plan } = view.record;
  return {
    title: 'Method',
    blocks: [
      { kind: 'list', items: [sayPlan(plan), sayOrder(plan), ...statistics(plan), sayValidity(), sayRetries(plan)] },
      {
        kind: 'table',
        caption: 'Validity gates and their bounds',
        head: [left('gate'), sentence('asks whether'), sentence('suspect'), sentence('invalid')],
        rows: GATE_IDS.map((id) => {
          const { title } = gate(id, { state: 'pass', value: '', detail: '' });
          const { asks, suspect, invalid } = GATE_RULES[id];
          return [plain(title), plain(asks), plain(suspect), plain(invalid)];
        }),
      },
    ],
  };
}

function sayPlan({ scenarios, variants, workloads, pairs }: ExperimentPlan): string {
  const loads = workloads.map(describeWorkload).join('; ');
  return `Plan: ${scenarios.join(', ')}; ${variants.join(', ')}, of which the first is the base; ${times(pairs, 'pair')} for each scenario and workload. Workload: ${loads}.`;
}

function sayOrder(plan: ExperimentPlan): string {
  const orders = [1, 2, 3].map((pair) => sidesInOrder(plan, pair).map((side) => sideOf(plan, side).label));
  const first = orders.map((order) => order.join(', ')).join(' | ');
  const how =
    plan.variants.length === 2
      ? 'Pairs alternate their order, AB and BA, so that a machine that drifts favours no side.'
      : 'Blocks follow a Williams design (E. J. Williams 1949): every variant stands in every place, and behind every other, equally often.';
  return `Interleaving: the runs of a pair follow each other within ${PAIR_GAP_MS / 60_000} minutes, and cells take turns round by round. ${how} The first three: ${first}. Seed ${plan.seed}.`;
}

function statistics({ seed }: ExperimentPlan): string[] {
  return [
    "The unit is the run, never the request: a run gives one figure for each metric, a pair one ratio, variant / base. n is the number of pairs that count. Everything is computed on the ratios' logarithms, so that a ratio and its inverse lie equally far from 1.",
    `The interval is the bias-corrected and accelerated bootstrap's of the median, 95 %, seed ${seed} (B. Efron, "Better bootstrap confidence intervals", Journal of the American Statistical Association 82, 1987).`,
    `p is that of the exact two-sided Wilcoxon signed-rank test (F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1, 1945); below ${LEAST_PAIRS} pairs it cannot reach ${ALPHA}, and none is given.`,
    `${titleOf(PRIMARY)} is the primary metric and is tested as it is. The p values of all others are corrected over a cell and variant (S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979).`,
    `A difference is shown if the interval excludes 1, the corrected p is at most ${ALPHA}, and the median lies outside the noise floor. Anything else reads "no difference shown", which is not the same as "equal".`,
    'Percentiles of a run come from merged histograms of its measured window, to 0.1 %; means are exact. Warm-up is left out.',
  ];
}

function sayValidity(): string {
  return 'Validity: every run is judged by the gates below. "invalid": its numbers mean nothing. "suspect": something happened that may have moved them. Both are left out, together with what ran beside them in the same pair; only pairs whose every run is valid count. A gate that could not be measured is unknown and is not held against a run.';
}

function sayRetries({ retriesPerPair }: ExperimentPlan): string {
  return `Retries: a pair that does not count runs again as a whole after all others, at most ${times(retriesPerPair, 'time')}; one that was interrupted begins anew at once. What was left out stays in the tables.`;
}
