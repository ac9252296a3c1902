'use client';
import { Crosshair } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CardBody, CardHead } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialog';
import type { RunView } from '@/server/api/types';
import { ActiveFaults } from './active-faults';
import { FaultProblem } from './fault-problem';
import { sayAction } from './fault-words';
import { asksFirst, checkInject, firstDraft, type InjectErrors, type InjectOrder, LEADER } from './inject-draft';
import { InjectForm } from './inject-form';
import { knowsLab, whyNoFault } from './may-inject';
import { useInject } from './use-inject';

const NO_ERRORS: InjectErrors = {};

/** The form, one click for whoever leads, and what is in force. */
export function InjectDesk({ run }: { run: RunView }) {
  const replicas = run.config.replicas.map(({ service }) => service);
  const isOwn = knowsLab(run);
  const [draft, setDraft] = useState(() => ({ ...firstDraft(replicas), ...(isOwn ? {} : { target: replicas[0] ?? LEADER }) }));
  const [tried, setTried] = useState(false);
  const [asked, ask] = useState<InjectOrder | null>(null);
  const { inject, injecting, failure, forget } = useInject(run.config.id);
  const reason = whyNoFault(run);
  const { order, errors } = checkInject(draft);
  const wish = (wanted: InjectOrder) => {
    forget();
    if (asksFirst(wanted)) ask(wanted);
    else inject(wanted);
  };
  const killLeader = checkInject({ ...draft, kind: 'kill', target: LEADER });
  const leader = leaderOf(run);
  return (
    <>
      <CardHead
        actions={
          isOwn ? (
            <Button
              disabled={reason !== null || injecting || killLeader.order === null}
              icon={Crosshair}
              kind="danger"
              onClick={() => killLeader.order !== null && wish(killLeader.order)}
              size="small"
            >
              Kill whoever leads{sayFor(draft.seconds)}
            </Button>
          ) : undefined
        }
        title="Faults"
      />
      <CardBody>
        <InjectForm
          draft={draft}
          errors={tried ? (errors ?? NO_ERRORS) : NO_ERRORS}
          injecting={injecting}
          isOwn={isOwn}
          leader={leader}
          onChange={setDraft}
          onInject={() => {
            setTried(true);
            if (order !== null) wish(order);
          }}
          reason={reason}
          replicas={replicas}
        />
        {isOwn ? null : (
          <p className="mt-2 text-12 text-fg-2">
            Isolate, cut, loss and duplication know the lab’s own datagrams alone, and these images do not say who leads: here a
            replica can be killed, paused or restarted.
          </p>
        )}
        {failure === null ? null : <FaultProblem failure={failure} />}
        <ActiveFaults canEnd={reason === null} run={run} />
      </CardBody>
      <AskKill
        onClose={() => ask(null)}
        onConfirm={(confirmed) => {
          ask(null);
          inject(confirmed);
        }}
        order={asked}
      />
    </>
  );
}

function sayFor(seconds: string): string {
  return seconds.trim() === '' ? ' for good' : ` for ${seconds.trim()} s`;
}

function leaderOf({ replicas }: Pick<RunView, 'replicas'>): string | null {
  const leading = replicas.filter(({ role }) => role === 'leader').sort((a, b) => (b.view ?? 0) - (a.view ?? 0));
  return leading[0]?.name ?? null;
}

type AskKillProps = { order: InjectOrder | null; onClose: () => void; onConfirm: (order: InjectOrder) => void };

/** It cannot be undone: asked once. */
function AskKill({ order, onClose, onConfirm }: AskKillProps) {
  return (
    <Dialog
      onClose={onClose}
      open={order !== null}
      title={order === null ? '' : `${sentence(sayAction(order.action))} for good?`}
    >
      {order === null ? null : (
        <>
          <p>
            Without a time nobody starts it again while this run goes on, unless you restart it. What only its memory held is
            gone at once.
          </p>
          <div className="mt-4 flex flex-wrap justify-end gap-2">
            <Button onClick={onClose}>Let it live</Button>
            <Button autoFocus kind="danger" onClick={() => onConfirm(order)}>
              Kill it
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
