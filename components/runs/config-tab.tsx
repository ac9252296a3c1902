import type { ReactNode } from 'react';
import { sayAction } from '@/components/faults/fault-words';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { CommandBox } from '@/components/ui/command-box';
import { formatBytes, formatCount, formatDuration, UNKNOWN } from '@/components/ui/format';
import type { Observe, RunView } from '@/server/api/types';
import { sayObservation, windowMsOf } from './observation-words';
import { repeatCommand } from './repeat-command';

/** Everything fixed at launch, the machine it ran on, and the command that repeats it. */
export function ConfigTab({ run }: { run: RunView }) {
  const { config, host } = run;
  const { workload } = config;
  const environment = Object.entries(config.variant.environment);
  return (
    <div className="grid gap-x-8 gap-y-5 p-3 md:grid-cols-2 md:p-4 [&>*]:min-w-0">
      <Facts title="Run">
        <Fact name="scenario">
          <span className="mono">{config.scenario}</span>, {config.scenarioTitle}
        </Fact>
        <Fact name="variant">
          <VariantTag variant={config.variant.name} />
        </Fact>
        {environment.map(([name, value]) => (
          <Fact key={name} name={name}>
            <span className="mono">{value === '' ? '(empty)' : value}</span>
          </Fact>
        ))}
        <Fact name="image">
          <span className="mono break-all">{run.imageDigest ?? UNKNOWN}</span>
        </Fact>
        <Fact name="commit">
          <span className="mono break-all">{run.gitCommit ?? UNKNOWN}</span>
        </Fact>
        <Fact name="project">
          <span className="mono">{config.project}</span>
        </Fact>
        <Fact name="launched by">{config.origin === 'panel' ? 'control panel' : 'command line'}</Fact>
      </Facts>
      <Facts title="Workload">
        <Fact name="measured">
          {workload.amount.kind === 'requests'
            ? `${formatCount(workload.amount.requests)} requests`
            : `${workload.amount.seconds} s`}
        </Fact>
        <Fact name="warm-up">{formatDuration(workload.warmupSeconds * 1000)}</Fact>
        <Fact name="load">closed loop, {formatCount(workload.clients)} in flight</Fact>
        <Fact name="payload">{formatCount(workload.payloadBytes)} B</Fact>
        <Fact name="GETs">{workload.getPercent} %, through the log like PUTs</Fact>
        <Fact name="placement">
          {workload.placement}{' '}
          {Object.entries(config.cpusets).map(([service, cpus]) => (
            <span className="mono mr-2 inline-block text-12 text-fg-2" key={service}>
              {service}:{cpus}
            </span>
          ))}
        </Fact>
      </Facts>
      <Facts title="Host">
        {host === null ? (
          <Fact name="facts">not recorded yet</Fact>
        ) : (
          <>
            <Fact name="kernel">
              {host.kernel}, {host.os}
            </Fact>
            <Fact name="CPU">
              {formatCount(host.cores)} cores, {host.cpuModel}
            </Fact>
            <Fact name="governor">{host.governor ?? 'none in this kernel'}</Fact>
            <Fact name="memory">{formatBytes(host.memoryBytes)}</Fact>
            <Fact name="load at launch">{host.load1.toFixed(2)} over one minute</Fact>
            <Fact name="engine">
              {host.engine}, {host.storageDriver}
            </Fact>
            <Fact name="compose">{host.compose}</Fact>
          </>
        )}
      </Facts>
      <Facts title="Observation">
        <Fact name="chosen">{sayObserve(config.observe)}</Fact>
        <Fact name="in the window">
          {run.observations.length === 0
            ? 'nothing looked into the cluster'
            : run.observations.map((observation) => (
                <span className="block" key={`${observation.kind} ${observation.fromMs}`}>
                  {sayObservation(observation, windowMsOf(run))}
                </span>
              ))}
        </Fact>
      </Facts>
      <Facts title="Fault plan">
        {config.faults.length === 0 ? (
          <Fact name="planned">nothing</Fact>
        ) : (
          config.faults.map((planned, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two faults of a plan may read the same.
            <Fact key={at} name={`at ${planned.atSeconds} s`}>
              <span className="mono">
                {sayAction(planned.action)}
                {planned.forSeconds === null ? '' : ` for ${planned.forSeconds} s`}
              </span>
            </Fact>
          ))
        )}
      </Facts>
      <section>
        <h3 className="mb-1.5 font-semibold">Repeat it</h3>
        <CommandBox command={repeatCommand(run)} />
      </section>
    </div>
  );
}

function sayObserve({ bpfStatistics, trace }: Observe): string {
  const chosen = [bpfStatistics ? 'eBPF run statistics' : '', trace ? 'trace of sampled operations' : ''];
  return chosen.filter((word) => word !== '').join(', ') || 'nothing';
}

function Facts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1.5 font-semibold">{title}</h3>
      <dl className="flex flex-col gap-1">{children}</dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[112px_minmax(0,1fr)] gap-3">
      <dt className="text-12 text-fg-3 leading-5">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
