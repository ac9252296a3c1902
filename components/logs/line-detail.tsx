'use client';
import { ChevronDown, ChevronUp, Link2, X } from 'lucide-react';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import { Button, IconButton } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { formatCount } from '@/components/ui/format';
import type { LogLine } from '@/server/api/types';
import { MARKS } from './line-marks';
import { LogText } from './log-text';
import { formatLogTime } from './log-time';
import { visibleText } from './text-pieces';

/** What a screen reader says of a line that keys have reached; the whole of it is one key away. */
const SPOKEN_CHARS = 160;

type LineDetailProps = {
  line: LogLine;
  isOpen: boolean;
  onOpen: (open: boolean) => void;
  onLink: () => void;
  onClose: () => void;
};

/** The selected line: what can be done with it, and, opened, all there is to know of it. */
export function LineDetail({ line, isOpen, onOpen, onLink, onClose }: LineDetailProps) {
  return (
    <section aria-label="Selected line" className="flex max-h-[60%] shrink-0 flex-col border-line border-t bg-surface-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-1">
        <ReplicaTag source={line.source} />
        <span className="mono text-12 text-fg-2">{formatLogTime(line.time)}</span>
        <span className="text-12 text-fg-3">line {formatCount(line.seq)}</span>
        <span aria-live="polite" className="sr-only">
          {line.level}: {visibleText(line.text).slice(0, SPOKEN_CHARS)}
        </span>
        <span className="ml-auto flex flex-wrap items-center gap-1">
          <Button
            aria-expanded={isOpen}
            icon={isOpen ? ChevronDown : ChevronUp}
            kind="ghost"
            onClick={() => onOpen(!isOpen)}
            size="small"
          >
            {isOpen ? 'Fold' : 'Open'}
          </Button>
          <CopyButton label="Copy text" text={visibleText(line.text)} />
          <CopyButton label="Copy JSON" text={JSON.stringify(line)} />
          <Button icon={Link2} kind="ghost" onClick={onLink} size="small">
            Copy link
          </Button>
          <IconButton icon={X} label="Unselect the line" onClick={onClose} />
        </span>
      </div>
      {isOpen ? <WholeLine line={line} /> : null}
    </section>
  );
}

function WholeLine({ line }: { line: LogLine }) {
  const event = asEvent(line.text);
  const facts = [
    ['source', line.source],
    ['time', `${formatLogTime(line.time)} (${line.time} s since the epoch)`],
    ['line', formatCount(line.seq)],
    ['stream', line.stream],
    ['level', line.level],
    ...(line.mark === undefined ? [] : [['means', MARKS[line.mark].words]]),
    ...(line.late === true
      ? [['late', 'It reached the lab when later lines were numbered already, so its place is not that of its time.']]
      : []),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long line scrolls, and has to by keyboard as well.
    <div className="-outline-offset-2 min-h-0 overflow-y-auto border-line border-t px-3 py-2" tabIndex={0}>
      <pre className="mono wrap-anywhere whitespace-pre-wrap text-12 leading-5">
        {event ?? <LogText find={null} text={line.text} />}
      </pre>
      <dl className="mt-2 grid grid-cols-[60px_1fr] gap-y-0.5 text-12">
        {facts.map(([name, value]) => (
          <div className="contents" key={name}>
            <dt className="text-fg-3">{name}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** An event of telemetry, spread out; null for words. */
function asEvent(text: string): string | null {
  if (!text.startsWith('{')) return null;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Words that happen to begin with a brace.
    return null;
  }
}
