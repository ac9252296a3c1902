'use client';
import { useMutation } from '@tanstack/react-query';
import { Activity, Gauge, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Badge, Quiet, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useUrlState } from '@/components/ui/use-url-state';
import type { BpfWatchView, RunView } from '@/server/api/types';
import { formatCoreShare } from './figures';
import { sayCost, sayStatistics } from './statistics-words';

type StatisticsStripProps = {
  run: RunView;
  watch: BpfWatchView;
  /** Of all replicas' programs, as last counted. */
  runsPerS: number | null;
};

const TONES = { on: 'accent', off: 'plain', held_off: 'warn' } as const satisfies Record<BpfWatchView['statistics'], Tone>;

/** Whether the kernel counts runs, what that and looking cost, and the switch. */
export function StatisticsStrip({ run, watch, runsPerS }: StatisticsStripProps) {
  const { on, wish, error, pending } = useStatistics(run.config.id, watch);
  const [asking, setAsking] = useState(false);
  const measuring = run.state === 'measuring';
  const { word, why } = sayStatistics(watch.statistics, run);
  const switchOn = () => (measuring ? setAsking(true) : wish(true, false));
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-2 border border-line bg-surface-2 px-3 py-2 text-12">
      <Badge icon={measuring && on ? TriangleAlert : Activity} tone={measuring && on ? 'warn' : TONES[watch.statistics]}>
        run statistics {word}
      </Badge>
      <Quiet icon={Gauge}>
        <span title="CPU time of the watcher container by the time between two looks; it runs beside the cluster, not in it">
          {watch.watcherCores === null
            ? 'looking: not measured yet'
            : `looking takes ${formatCoreShare(watch.watcherCores)} of a core`}
        </span>
      </Quiet>
      {run.config.observe.bpfStatistics && on ? null : (
        <Button className="md:ml-auto" disabled={pending} onClick={on ? () => wish(false, false) : switchOn} size="small">
          {on ? 'Switch statistics off' : 'Switch statistics on'}
        </Button>
      )}
      <p className="basis-full text-fg-2">
        {why} They cost {sayCost(runsPerS)}.
      </p>
      {error === null ? null : (
        <span className="basis-full text-bad" role="alert">
          {error}
        </span>
      )}
      <Dialog onClose={() => setAsking(false)} open={asking} title="Count inside the measured window?">
        <p>
          This run measures now. Statistics cost {sayCost(runsPerS)}, on the replicas’ own CPUs: the run will be marked suspect,
          whatever its numbers say. They cannot be un-switched for the time that has passed.
        </p>
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Leave them off</Button>
          <Button
            kind="danger"
            onClick={() => {
              setAsking(false);
              wish(true, true);
            }}
          >
            Switch on, run becomes suspect
          </Button>
        </div>
      </Dialog>
    </div>
  );
}

/** The switch on the server. A choice that stands in the address is asked for once when the page opens, never with insistence. */
function useStatistics(id: string, watch: BpfWatchView) {
  const [chosen, choose] = useUrlState('statistics');
  const { mutate, error, isPending } = useMutation(trpc.bpf.statistics.mutationOptions());
  const on = watch.statistics === 'on';
  const opened = useRef(false);
  useEffect(() => {
    if (opened.current) return;
    opened.current = true;
    if (chosen === 'on' && watch.statistics === 'off') mutate({ id, on: true });
    if (chosen === 'off' && watch.statistics === 'on') mutate({ id, on: false });
  }, [chosen, id, mutate, watch.statistics]);
  const wish = (wanted: boolean, insist: boolean) => {
    choose(wanted ? 'on' : 'off');
    mutate({ id, on: wanted, insist });
  };
  return { on, wish, pending: isPending, error: error === null ? null : describeFailure(error).message };
}
