'use client';
import { Unplug } from 'lucide-react';
import { useConnection } from '@/components/trpc/use-connection';
import { Icon } from '@/components/ui/icon';

/** Under the header while the server is gone: since when, when the next try is, and what still holds. */
export function DisconnectedBar() {
  const { state, forMs, nextTryInMs } = useConnection();
  if (state !== 'gone') return null;
  const next = nextTryInMs === null || nextTryInMs < 500 ? 'trying now' : `next try in ${Math.ceil(nextTryInMs / 1_000)} s`;
  return (
    <div className="flex items-center gap-2 border-warn-line border-b bg-warn-soft px-3 py-2 text-warn md:px-5" role="alert">
      <Icon of={Unplug} />
      <span>
        Server gone {Math.round(forMs / 1_000)} s, {next}. <span className="text-fg-2">Numbers are frozen, not live.</span>
      </span>
    </div>
  );
}
