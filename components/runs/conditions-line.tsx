import type { ReactNode } from 'react';
import { formatBytes, formatDuration, formatShare, UNKNOWN } from '@/components/ui/format';
import type { RunConditions } from '@/server/api/types';

/** What the host did while the run measured, in cores: 1 is one core the whole time. */
export function ConditionsLine({ conditions }: { conditions: RunConditions }) {
  const { windowMs, cores, outside, mhz } = conditions;
  return (
    <div className="border-line border-t px-3 py-3 md:px-4">
      <h3 className="mb-1.5">
        The host meanwhile{' '}
        <span className="font-normal text-12 text-fg-3">
          over the measured {formatDuration(windowMs)}, of {cores} {cores === 1 ? 'core' : 'cores'}
        </span>
      </h3>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 text-12 md:grid-cols-[repeat(auto-fit,minmax(150px,1fr))]">
        <Fact name="run">{sayCores(conditions.runCores)}</Fact>
        <Fact name="client">{sayCores(conditions.clientCores)}</Fact>
        <Fact name="lab">{sayCores(conditions.labCores)}</Fact>
        <Fact name="engine">{sayCores(conditions.engineCores)}</Fact>
        <Fact name="everything else">{sayCores(conditions.outsideCores)}</Fact>
        <Fact name="stolen by the hypervisor">{sayCores(conditions.stealCores)}</Fact>
        <Fact name="clock">{mhz === null ? 'not told by this kernel' : `${mhz.begin} MHz, ${mhz.end} MHz at the end`}</Fact>
        <Fact name="memory left">{formatBytes(conditions.memoryAvailableBytes)}</Fact>
        <Fact name="waited for memory">{formatShare(conditions.memoryStallShare)}</Fact>
        <Fact name="browsers watching">{conditions.viewers}</Fact>
        {outside.length === 0 ? null : (
          <div className="col-span-2">
            <dt className="text-fg-3">busiest of everything else</dt>
            <dd className="flex flex-wrap gap-x-3">
              {outside.map(({ pid, command, cores: used }) => (
                <span key={pid}>
                  <span className="mono break-all">{command}</span> {sayCores(used)}
                </span>
              ))}
            </dd>
          </div>
        )}
      </dl>
      {conditions.problem === null ? null : <p className="mt-2 text-12 text-fg-3">{conditions.problem}</p>}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-fg-3">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const sayCores = (cores: number | null) => (cores === null ? UNKNOWN : `${cores.toFixed(2)} cores`);
