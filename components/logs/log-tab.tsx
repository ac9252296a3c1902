'use client';
import { memo, useCallback, useMemo, useRef, useState } from 'react';
import { FailedState } from '@/components/ui/failed-state';
import type { RunConfig } from '@/server/api/types';
import type { FindMatches } from './find-matches';
import { JumpField } from './jump-field';
import { LineDetail } from './line-detail';
import { LogSkeleton, NoLines, NotLooked } from './log-faces';
import { LogFilterBar } from './log-filter-bar';
import { LogFoot } from './log-foot';
import { LogList } from './log-list';
import type { LogReader } from './log-reader';
import { MarksSelect } from './marks-select';
import { MiniMap } from './mini-map';
import { useFindMatches } from './use-find-matches';
import { useLogAddress } from './use-log-address';
import { useLogFilter } from './use-log-filter';
import { useLogKeys } from './use-log-keys';
import { useLogReader, useReader } from './use-log-reader';

/** Every container's lines in the order of their time, as they come; filter and place stand in the address. */
export const LogTab = memo(function LogTab({ config, isOver }: { config: RunConfig; isOver: boolean }) {
  const sources = useMemo(() => [...config.replicas.map(({ service }) => service), config.clientService, 'lab'], [config]);
  const choice = useLogFilter(sources);
  const { reader, problem, failure } = useLogReader({ id: config.id, filter: choice.filter, isOver });
  const find = useFindMatches(choice.filter);
  const frame = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const { linkSelected, goToMoment } = useLogAddress(config.id, reader, frame);
  const isSearch = choice.filter.text !== '' && !choice.filter.inverse;
  useLogKeys({ reader, input, isSearch, onLink: linkSelected });
  return (
    <div ref={frame}>
      <LogFilterBar
        choice={choice}
        input={input}
        jump={
          <>
            <MarksSelect reader={reader} />
            <JumpField aroundMs={() => reader.book.counts.firstTimeMs(0) || config.createdAt} onJump={goToMoment} />
          </>
        }
        problem={problem}
        reader={reader}
        runId={config.id}
        sources={sources}
      />
      {failure === null ? null : <FailedState failure={failure} />}
      {failure !== null && !reader.hasArrived ? null : (
        <LogFrame find={find} isRefused={problem !== null} onClear={choice.clear} onLink={linkSelected} reader={reader} />
      )}
      <LogFoot reader={reader} />
    </div>
  );
});

type LogFrameProps = {
  reader: LogReader;
  find: FindMatches | null;
  /** The server cannot use the filter. */
  isRefused: boolean;
  onClear: () => void;
  onLink: () => void;
};

/** Of one height, whatever it shows: lines, the selected one whole, or why there is none. */
function LogFrame({ reader, find, isRefused, onClear, onLink }: LogFrameProps) {
  useReader(reader);
  const [isOpen, setIsOpen] = useState(false);
  const close = useCallback(() => {
    setIsOpen(false);
    reader.unselect();
  }, [reader]);
  if (!reader.hasArrived || reader.book.rows === 0) {
    return (
      <div className="flex h-[420px] items-center justify-center">
        {reader.hasArrived ? <NoLines book={reader.book} onClear={onClear} /> : isRefused ? <NotLooked /> : <LogSkeleton />}
      </div>
    );
  }
  return (
    <div className="flex h-[420px] flex-col">
      <div className="flex min-h-0 flex-1">
        <LogList find={find} onOpen={setIsOpen} reader={reader} />
        <MiniMap reader={reader} />
      </div>
      {reader.selected === null ? null : (
        <LineDetail isOpen={isOpen} line={reader.selected} onClose={close} onLink={onLink} onOpen={setIsOpen} />
      )}
    </div>
  );
}
