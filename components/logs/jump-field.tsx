'use client';
import { Clock } from 'lucide-react';
import { useState } from 'react';
import { InputBox } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { parseMoment } from './log-time';

type JumpFieldProps = {
  /** A moment of the run, in milliseconds since the Unix epoch: which day a time of day belongs to. */
  aroundMs: () => number;
  onJump: (timeMs: number) => void;
};

/** A time of day, or a full ISO time, to go to. */
export function JumpField({ aroundMs, onJump }: JumpFieldProps) {
  const [typed, setTyped] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const jump = () => {
    const timeMs = parseMoment(typed, aroundMs());
    setIsWrong(timeMs === null);
    if (timeMs !== null) onJump(timeMs);
  };
  return (
    <>
      <form
        className="max-md:min-w-[140px] max-md:flex-1"
        onSubmit={(event) => {
          event.preventDefault();
          jump();
        }}
      >
        <InputBox
          aria-describedby={isWrong ? 'log-jump-problem' : undefined}
          aria-label="Go to a time"
          autoComplete="off"
          before={
            <span className="text-fg-3">
              <Icon of={Clock} />
            </span>
          }
          className="mono max-md:h-10 md:w-[124px]"
          invalid={isWrong}
          onChange={(event) => {
            setTyped(event.target.value);
            setIsWrong(false);
          }}
          placeholder="14:32:32.0"
          size="small"
          value={typed}
        />
      </form>
      {isWrong ? (
        <p className="order-last w-full text-12 text-bad" id="log-jump-problem" role="alert">
          Not a time: write 14:32:32.0, or a full one as 2026-11-23T14:32:32Z.
        </p>
      ) : null}
    </>
  );
}
