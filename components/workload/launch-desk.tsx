'use client';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useEffect, useState } from 'react';
import { sayPlan } from '@/components/faults/fault-words';
import { PlanCard } from '@/components/faults/plan-card';
import { type ReadPlan, useReadPlan } from '@/components/faults/use-read-plan';
import { ScenarioCards } from '@/components/scenarios/scenario-cards';
import { VariantPicker } from '@/components/scenarios/variant-picker';
import { trpc } from '@/components/trpc/client';
import { labErrorOf } from '@/components/trpc/failure';
import { useOverview } from '@/components/trpc/overview';
import { useConnection } from '@/components/trpc/use-connection';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHead } from '@/components/ui/card';
import { formatPlural } from '@/components/ui/format';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useKeys } from '@/components/ui/use-keys';
import { useUrlState } from '@/components/ui/use-url-state';
import type { LaunchPad, Observe, RunConfig, Scenario } from '@/server/api/types';
import { LaunchFoot } from './launch-foot';
import { readObserve, writeObserve } from './observe-choice';
import { ObserveForm } from './observe-form';
import { useLaunch } from './use-launch';
import { checkDraft, type DraftErrors, draftOf, estimateRunMs, fieldOfRefusal, type WorkloadDraft } from './workload-draft';
import { WorkloadForm } from './workload-form';

/** What was launched last from this page: whoever comes back for the other variant finds everything else as it was. */
let lastLaunch: { scenario: string; variant: string; draft: WorkloadDraft; observe: string; faults: string } | null = null;

/** The first scenario and its most telling variant, unless the address or the last launch says otherwise. */
function useChoice(pad: LaunchPad) {
  const [scenarioInAddress, chooseScenario] = useUrlState('scenario');
  const [variantInAddress, chooseVariant] = useUrlState('variant');
  const scenarioName = scenarioInAddress || (lastLaunch?.scenario ?? '');
  const variantName = variantInAddress || (lastLaunch?.variant ?? '');
  const scenario = pad.scenarios.find(({ name }) => name === scenarioName) ?? pad.scenarios[0];
  const variant = scenario?.variants.find(({ name }) => name === variantName) ?? scenario?.variants[0];
  const unknown = scenarioName !== '' && scenario?.name !== scenarioName ? scenarioName : null;
  return { scenario, variant, unknown, chooseScenario, chooseVariant };
}

export function LaunchDesk({ pad }: { pad: LaunchPad }) {
  const { scenario, variant, unknown, chooseScenario, chooseVariant } = useChoice(pad);
  return (
    <div className="grid gap-3 md:gap-4 lg:grid-cols-[minmax(0,1fr)_336px] lg:grid-rows-[auto_1fr]">
      <Card label="New run">
        <CardHead
          actions={
            <span className="text-12 text-fg-3">
              {formatPlural(pad.scenarios.length + pad.broken.length, 'folder', 'folders')} in{' '}
              <span className="mono">scenarios/</span>
            </span>
          }
          context={<span className="hidden md:inline">scenario and variant</span>}
          title="New run"
        />
        <CardBody>
          {unknown === null ? null : (
            <p className="mb-3 text-warn" role="alert">
              There is no scenario <span className="mono">{unknown}</span>; {scenario?.name ?? 'none'} is chosen instead.
            </p>
          )}
          <ScenarioCards
            broken={pad.broken}
            chosen={scenario?.name ?? ''}
            onChoose={chooseScenario}
            scenarios={pad.scenarios}
          />
          {scenario === undefined ? null : (
            <>
              <Notes notes={scenario.notes} />
              <VariantPicker
                catalogue={pad.scenarios}
                chosen={variant?.name ?? ''}
                onChoose={chooseVariant}
                scenario={scenario}
              />
            </>
          )}
        </CardBody>
      </Card>
      {scenario === undefined || variant === undefined ? null : (
        <AgainDesk pad={pad} scenario={scenario} variant={variant.name} />
      )}
    </div>
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  return notes.map((note) => (
    <p className="mt-2 text-12 text-fg-2" key={note}>
      {note}
    </p>
  ));
}

const OBSERVE_NOTHING: Observe = { bpfStatistics: false, trace: false };

/** What to observe, in the address; what was observed last unless the address says otherwise, if only `none`. */
function useObserve(again: RunConfig | null) {
  const remembered = again === null ? (lastLaunch?.observe ?? '') : writeObserve(again.observe);
  const [observed, setObserved] = useUrlState('observe', remembered);
  const setObserve = (observe: Observe) => {
    const words = writeObserve(observe);
    setObserved(words === '' && remembered !== '' ? 'none' : words);
  };
  return { observe: readObserve(observed), setObserve };
}

/** Beside scenario and fault plan, which stand one above the other. */
const BESIDE = 'lg:col-start-2 lg:row-span-2 lg:row-start-1';

type WorkloadDeskProps = { pad: LaunchPad; scenario: Scenario; variant: string };

/** A run that is launched again is read first: everything below begins as it was then. */
function AgainDesk(props: WorkloadDeskProps) {
  const [again, setAgain] = useUrlState('again');
  const { data, isPending } = useQuery(trpc.runs.get.queryOptions({ id: again }, { enabled: again !== '', retry: false }));
  if (again !== '' && isPending) {
    return (
      <Card className={BESIDE} label="Workload">
        <CardHead title="Workload" />
        <CardBody>
          <Loading label={`Reading the workload of ${again}`}>
            <Skeleton height={420} />
          </Loading>
        </CardBody>
      </Card>
    );
  }
  return <WorkloadDesk {...props} again={data?.config ?? null} forgetAgain={() => setAgain('')} key={data?.config.id ?? ''} />;
}

type DeskProps = WorkloadDeskProps & { again: RunConfig | null; forgetAgain: () => void };

function WorkloadDesk({ pad, scenario, variant, again, forgetAgain }: DeskProps) {
  const [draft, setDraft] = useState(() =>
    again === null ? (lastLaunch?.draft ?? draftOf(pad.workloadDefault)) : draftOf(again.workload),
  );
  const [planText, setPlanText] = useUrlState('faults', again === null ? (lastLaunch?.faults ?? '') : sayPlan(again.faults));
  const { observe, setObserve } = useObserve(again);
  const { launch, launching, error, forget } = useLaunch();
  const { overview } = useOverview();
  const blocked = useBlocked();
  const ratePerS = useLastRate(scenario.name);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was refused was the choice before this one.
  useEffect(() => forget(), [forget, scenario.name, variant]);
  const { workload, errors } = checkDraft(draft, pad.workloadBounds, scenario);
  const read = useReadPlan({ text: planText, scenario: scenario.name, amount: workload?.amount ?? null });

  const refusal = labErrorOf(error);
  const refusedField = refusal?.code === 'bad_workload' ? fieldOfRefusal(refusal.message, draft.kind) : null;
  const shown: DraftErrors =
    refusal !== null && refusedField !== null ? { [refusedField]: refusal.message, ...errors } : (errors ?? {});
  const go = (insist: boolean) => {
    if (workload === null || blocked !== null || planBlock(read) !== null) return;
    lastLaunch = { scenario: scenario.name, variant, draft, observe: writeObserve(observe), faults: planText };
    launch({ scenario: scenario.name, variant, workload, observe, faults: read.plan }, insist);
  };
  useKeys([{ keys: 'l', does: 'Launch with the workload shown', run: () => go(false) }]);

  const defaults = draftOf(pad.workloadDefault);
  const observes = observe.bpfStatistics || observe.trace;
  const changed = JSON.stringify(defaults) !== JSON.stringify(draft) || observes || planText !== '';
  const reset = () => {
    setDraft(defaults);
    setObserve(OBSERVE_NOTHING);
    setPlanText('');
    forgetAgain();
    forget();
  };
  return (
    <>
      <PlanCard
        onChange={(text) => {
          setPlanText(text);
          if (error !== null) forget();
        }}
        read={read}
        scenario={scenario}
        text={planText}
      />
      <Card className={clsx('flex flex-col', BESIDE)} label="Workload">
        <CardHead
          actions={
            changed ? (
              <Button kind="ghost" onClick={reset} size="small">
                Back to defaults
              </Button>
            ) : (
              <span className="text-12 text-fg-3">defaults</span>
            )
          }
          context={again === null ? undefined : `as in ${again.id}`}
          title="Workload"
        />
        <CardBody className="grow">
          <WorkloadForm
            draft={draft}
            errors={shown}
            onChange={(next) => {
              setDraft(next);
              // What the server refused was the workload before this change.
              if (error !== null) forget();
            }}
          />
          <ObserveForm observe={observe} onChange={setObserve} />
        </CardBody>
        <LaunchFoot
          ahead={overview === null ? 0 : overview.queue.length + (overview.running === null ? 0 : 1)}
          blocked={blocked ?? (workload === null ? 'Mend the marked fields first.' : planBlock(read))}
          error={refusedField === null ? error : null}
          estimateMs={workload === null ? null : estimateRunMs(workload, scenario.replicas.length, ratePerS)}
          launching={launching}
          onLaunch={go}
        />
      </Card>
    </>
  );
}

/** A plan that cannot be read whole is not launched in part. */
function planBlock({ isReading, problems, failure }: ReadPlan): string | null {
  if (isReading) return 'The fault plan is being read.';
  return problems.length > 0 || failure !== null ? 'Mend the fault plan first.' : null;
}

/** Why nothing can be launched now, in words; null if something can. */
function useBlocked(): string | null {
  const { data } = useQuery(trpc.host.readiness.queryOptions());
  const { state } = useConnection();
  if (state === 'gone') return 'The server is gone; nothing can be launched until it is back.';
  if (data !== undefined && !data.canLaunch) return 'This machine is not ready: see the failing check above.';
  return null;
}

/** Requests per second of the last finished run of this scenario, to estimate the next one's length. */
function useLastRate(scenario: string): number | null {
  const { data } = useQuery(trpc.runs.list.queryOptions({ limit: 20, search: scenario }));
  return data?.rows.find((row) => row.scenario === scenario && row.throughputPerS !== null)?.throughputPerS ?? null;
}
