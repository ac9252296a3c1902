'use client';
import { Info, TriangleAlert } from 'lucide-react';
import { Badge, Quiet } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { formatClock } from '@/components/ui/format';
import { Segmented } from '@/components/ui/segmented';
import { useUrlState } from '@/components/ui/use-url-state';
import { Verbatim } from '@/components/ui/verbatim';
import type { BpfSample } from '@/server/api/types';
import { AttachmentTable } from './attachment-table';
import { ProgramTable } from './program-table';

const MOMENTS = {
  before_warmup: 'before warm-up',
  after_measuring: 'after measuring',
  on_demand: 'on demand',
} as const satisfies Record<BpfSample['moment'], string>;

/** One replica's samples; the newest first shown, the others one click away. */
export function SampleView({ samples }: { samples: readonly BpfSample[] }) {
  const [chosen, choose] = useUrlState('sample');
  const sample = samples.find((candidate) => String(candidate.takenAt) === chosen) ?? samples.at(-1);
  if (sample === undefined) return null;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center gap-3">
        {samples.length < 2 ? (
          <span className="text-12 text-fg-2">
            {MOMENTS[sample.moment]}, {formatClock(sample.takenAt)}
          </span>
        ) : (
          <Segmented
            className="max-w-full overflow-x-auto"
            label="Sample"
            onChange={choose}
            options={samples.map((one) => ({
              value: String(one.takenAt),
              label: `${MOMENTS[one.moment]}, ${formatClock(one.takenAt)}`,
            }))}
            size="small"
            value={String(sample.takenAt)}
          />
        )}
        {sample.insideWindow ? (
          <Badge icon={TriangleAlert} tone="warn">
            taken inside the measured window
          </Badge>
        ) : null}
        <Quiet icon={Info} wraps>
          <span className="text-12">A program that runs is no proof: it runs on every packet, matching or not.</span>
        </Quiet>
      </div>
      {sample.problem === null ? <Tables sample={sample} /> : <p className="text-bad">{sample.problem}</p>}
      <section>
        <div className="mb-2 flex items-center gap-3">
          <h3 className="font-semibold">Verbatim</h3>
          <span className="text-12 text-fg-3">
            <span className="mono">bpftool prog show</span> in {sample.replica} at {formatClock(sample.takenAt)}; it lists the
            whole kernel's programs
          </span>
          <span className="ml-auto">
            <CopyButton text={sample.verbatim} />
          </span>
        </div>
        <Verbatim label={`bpftool prog show in ${sample.replica}`} text={sample.verbatim} />
      </section>
    </div>
  );
}

function Tables({ sample }: { sample: BpfSample }) {
  return (
    <>
      <ProgramTable programs={sample.programs} replica={sample.replica} />
      <AttachmentTable attachments={sample.attachments} replica={sample.replica} />
    </>
  );
}
