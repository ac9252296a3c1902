import type { ReactNode } from 'react';

/** What lines and marks mean: who did it, user space or the kernel, and what was cloned. */
export function LaneKey({ faults }: { faults: boolean }) {
  return (
    <ul aria-label="Key" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-11 text-fg-2">
      <Entry words="user space at work">
        <rect fill="var(--text-3)" height="5" width="24" x="0" y="4.5" />
      </Entry>
      <Entry words="one flagged datagram to the kernel">
        <line stroke="var(--accent)" strokeWidth="4" x1="0" x2="24" y1="7" y2="7" />
      </Entry>
      <Entry words="original past the egress hook">
        <line stroke="var(--text-2)" strokeWidth="1.4" x1="6" x2="24" y1="7" y2="7" />
        <circle cx="5" cy="7" fill="var(--surface)" r="4" stroke="var(--text-2)" strokeWidth="1.5" />
      </Entry>
      <Entry words="cloned in the kernel">
        <line stroke="var(--accent)" strokeWidth="1.4" x1="6" x2="24" y1="7" y2="7" />
        <path d="M5 2 10 7 5 12 0 7z" fill="var(--accent)" />
      </Entry>
      <Entry words="PREPARE-OK">
        <line stroke="var(--text-3)" strokeDasharray="2 3" strokeWidth="1.4" x1="0" x2="24" y1="7" y2="7" />
      </Entry>
      <Entry words="quorum, committed">
        <rect fill="var(--ok)" height="12" width="2.5" x="11" y="1" />
      </Entry>
      {faults ? (
        <Entry words="fault">
          <rect fill="var(--fault-fill)" height="12" stroke="var(--fault)" strokeDasharray="2 3" width="23" x="0.5" y="0.5" />
        </Entry>
      ) : null}
    </ul>
  );
}

function Entry({ words, children }: { words: string; children: ReactNode }) {
  return (
    <li className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <svg aria-hidden="true" height="14" width="24">
        {children}
      </svg>
      {words}
    </li>
  );
}
