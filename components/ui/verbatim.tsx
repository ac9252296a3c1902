type VerbatimProps = {
  /** Names the region for screen readers. */
  label: string;
  text: string;
};

/** Text exactly as a program printed it, in a box of its own that scrolls. */
export function Verbatim({ label, text }: VerbatimProps) {
  return (
    <section
      aria-label={label}
      className="mono max-h-[420px] overflow-auto rounded-2 border border-line bg-bg p-3 text-12 text-fg-2 leading-[19px]"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard.
      tabIndex={0}
    >
      <pre>{text}</pre>
    </section>
  );
}
