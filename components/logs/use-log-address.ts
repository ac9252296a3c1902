'use client';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { toast } from 'sonner';
import { queryClient, trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { useUrlState } from '@/components/ui/use-url-state';
import type { LogReader } from './log-reader';
import { copyText } from './use-log-keys';

export type LogAddress = {
  /** Copies the page's address with the selected line in it. */
  linkSelected: () => void;
  /** Goes to a moment, in milliseconds since the Unix epoch, and has it in the address. */
  goToMoment: (timeMs: number) => void;
};

/**
 * The places of a log that stand in the address: `line`, a line's seq, and `at`, a moment: milliseconds since measuring began,
 * as the latency chart writes it, or since the Unix epoch, as the field for a time does. Followed when they appear; gone once
 * the reader follows the end again.
 */
export function useLogAddress(id: string, reader: LogReader, frame: RefObject<HTMLElement | null>): LogAddress {
  const [line, setLine] = useUrlState('line');
  const [at, setAt] = useUrlState('at');
  const reached = useRef({ line: '', at: '' });

  useEffect(() => {
    const isNew = line !== reached.current.line;
    reached.current.line = line;
    const seq = Number(line);
    if (!isNew || !Number.isInteger(seq) || seq < 1) return;
    reader.goToSeq(seq);
    frame.current?.scrollIntoView({ block: 'nearest' });
  }, [line, reader, frame]);

  useEffect(() => {
    const isNew = at !== reached.current.at;
    reached.current.at = at;
    if (!isNew || at === '' || !Number.isFinite(Number(at))) return;
    frame.current?.scrollIntoView({ block: 'nearest' });
    // Not to follow the end while the server is asked when measuring began.
    reader.setFollow(false);
    epochOf(id, Number(at)).then(
      (timeMs) => (timeMs === null ? toast('The run has not begun to measure') : reader.goToMoment(timeMs)),
      (error: unknown) => toast.error(describeFailure(error).message),
    );
  }, [at, id, reader, frame]);

  useEffect(() => {
    let wasFollowing = true;
    let wasNear = false;
    return reader.subscribe(() => {
      const isNear = !reader.follow && !reader.isPastJump;
      const hasLeft = wasNear && !isNear;
      const followsNow = reader.follow && !wasFollowing;
      // Who has left a moment behind can ask for the same one again.
      if ((hasLeft || followsNow) && isInAddress('at')) setAt('');
      if (followsNow && isInAddress('line')) setLine('');
      wasFollowing = reader.follow;
      wasNear = isNear;
    });
  }, [reader, setAt, setLine]);

  const linkSelected = useCallback(() => {
    const { selected } = reader;
    if (selected === null) {
      toast('No line is selected: j and k select one');
      return;
    }
    reached.current.line = String(selected.seq);
    setLine(reached.current.line);
    void copyText(window.location.href, `Link to line ${selected.seq} copied`);
  }, [reader, setLine]);

  const goToMoment = useCallback(
    (timeMs: number) => {
      reached.current.at = String(timeMs);
      setAt(reached.current.at);
      reader.goToMoment(timeMs);
    },
    [reader, setAt],
  );
  return { linkSelected, goToMoment };
}

const isInAddress = (key: string): boolean => new URLSearchParams(window.location.search).has(key);

/** No run measures for three years, and no epoch is as short: what is longer than that is one. */
const EPOCHS_FROM_MS = 1e11;

/** Null before measuring began. */
async function epochOf(id: string, at: number): Promise<number | null> {
  if (at >= EPOCHS_FROM_MS) return at;
  // Asked now, so that the log need not be drawn again for every change of the run's view.
  const { phases } = await queryClient.fetchQuery({ ...trpc.runs.get.queryOptions({ id }), staleTime: 0 });
  const beganAt = phases.find(({ phase }) => phase === 'measuring')?.startedAt;
  return beganAt === undefined ? null : beganAt + at;
}
