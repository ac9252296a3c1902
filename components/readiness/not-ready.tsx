'use client';
import { Check, CircleX, TriangleAlert } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Card, CardFoot } from '@/components/ui/card';
import { CommandBox } from '@/components/ui/command-box';
import { formatClock } from '@/components/ui/format';
import { Icon } from '@/components/ui/icon';
import type { Readiness, ReadinessCheck } from '@/server/api/types';

type NotReadyProps = { readiness: Readiness; checking: boolean; onRecheck: () => void };

/** What is missing, why it is needed, and the command that mends it. */
export function NotReady({ readiness, checking, onRecheck }: NotReadyProps) {
  const { checks } = readiness;
  const failing = checks.filter(({ state }) => state === 'fail').length;
  return (
    <Card label="Machine readiness" tone="bad">
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3 py-2.5 md:px-4">
        <Icon className="text-bad" of={CircleX} />
        <h2>Can’t launch on this machine yet</h2>
        <span className="ml-auto text-12 text-fg-3">
          {failing} of {checks.length} checks {failing === 1 ? 'fails' : 'fail'}
        </span>
      </header>
      <ul>
        {checks.map((check) => (
          <CheckRow check={check} key={check.id} />
        ))}
      </ul>
      <CardFoot className="flex flex-wrap items-center gap-3">
        <Button disabled={checking} kind="primary" onClick={onRecheck}>
          {checking ? 'Checking' : 'Check again'}
        </Button>
        <span>checked {formatClock(readiness.checkedAt)}; finished runs stay viewable meanwhile</span>
      </CardFoot>
    </Card>
  );
}

const MARKS = {
  pass: { icon: Check, colour: 'text-ok' },
  note: { icon: TriangleAlert, colour: 'text-warn' },
  fail: { icon: CircleX, colour: 'text-bad' },
} as const;

function CheckRow({ check }: { check: ReadinessCheck }) {
  const { icon, colour } = MARKS[check.state];
  const failed = check.state === 'fail';
  return (
    <li className="border-line border-b last:border-b-0">
      <div
        className={`grid grid-cols-[14px_1fr] items-baseline gap-x-2.5 px-3 py-2 md:grid-cols-[14px_210px_1fr] md:px-4 ${failed ? 'bg-bad-soft' : ''}`}
      >
        <Icon className={`self-center ${colour}`} of={icon} />
        <span className={failed ? 'font-medium' : ''}>{check.title}</span>
        <span className={`col-start-2 md:col-start-3 ${failed ? 'text-bad' : 'text-fg-2'} [overflow-wrap:anywhere]`}>
          {check.value}
          {check.state === 'note' ? <span className="text-fg-3"> · {check.detail}</span> : null}
          {check.state === 'pass' ? null : <span className="sr-only">, {failed ? 'fails' : 'a note'}</span>}
        </span>
      </div>
      {failed || (check.state === 'note' && check.command !== null) ? (
        <div className="flex flex-col gap-2.5 px-3 pt-1 pb-3 md:px-4">
          {failed ? <p className="pt-2">{check.detail}</p> : null}
          {check.command === null ? null : <CommandBox command={check.command} />}
        </div>
      ) : null}
    </li>
  );
}
