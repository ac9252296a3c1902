'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { formatBytes, formatWhen } from '@/components/ui/format';
import type { RetentionPlan } from '@/server/api/types';

const ROW_PX = 28;
const WHY = { age: 'too old', size: 'over the size' } as const satisfies Record<RetentionPlan['remove'][number]['why'], string>;

/** Every run that would go, with why and how much; thousands scroll, those in sight are drawn. */
export function RetentionList({ remove }: { remove: RetentionPlan['remove'] }) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: remove.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  return (
    <section
      aria-label="Runs that would go"
      className="mt-2 max-h-64 overflow-y-auto overscroll-contain rounded-2 border border-line"
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard.
      tabIndex={0}
    >
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const run = remove[item.index];
          return run === undefined ? null : (
            <li
              className="absolute inset-x-0 top-0 flex items-center gap-3 border-line border-b px-3 text-12"
              key={run.id}
              style={{ height: ROW_PX, transform: `translateY(${item.start}px)` }}
            >
              <span className="font-mono">{run.id}</span>
              <span className="text-fg-3">{formatWhen(run.createdAt)}</span>
              <span className="truncate text-fg-2">
                {WHY[run.why]}
                {run.experiment === null ? '' : `, of ${run.experiment}`}
              </span>
              <span className="ml-auto whitespace-nowrap">{formatBytes(run.bytes)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
