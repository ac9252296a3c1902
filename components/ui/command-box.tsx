import { CopyButton } from './copy-button';

/** A command that mends something, with Copy. */
export function CommandBox({ command }: { command: string }) {
  return (
    <div className="flex min-h-9 min-w-0 items-center gap-2.5 rounded-2 border border-line-strong bg-bg pr-1.5 pl-3">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard. */}
      <code className="mono min-w-0 flex-1 overflow-x-auto whitespace-nowrap py-1.5 text-12" tabIndex={0}>
        {command}
      </code>
      <CopyButton text={command} />
    </div>
  );
}
