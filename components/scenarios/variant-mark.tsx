import type { VariantName } from '@/server/api/types';

type Look = { colour: string; mark: 'ring' | 'diamond' | 'triangle' | 'disc' | 'square' };

const LOOKS: Record<string, Look> = {
  baseline: { colour: 'var(--v-baseline)', mark: 'ring' },
  sendmmsg: { colour: 'var(--v-sendmmsg)', mark: 'diamond' },
  multicast: { colour: 'var(--v-multicast)', mark: 'triangle' },
  tc_broadcast: { colour: 'var(--v-tc)', mark: 'disc' },
  all_offloads: { colour: 'var(--v-all)', mark: 'square' },
};

const UNNAMED: Look = { colour: 'var(--text-3)', mark: 'ring' };

/** A variant's colour as a CSS value: lines, marks and table keys use the same one everywhere. */
export function variantColour(variant: VariantName): string {
  return (LOOKS[variant] ?? UNNAMED).colour;
}

/** The variant's mark: shape and colour, always beside its name. */
export function VariantMark({ variant, size = 10 }: { variant: VariantName; size?: number }) {
  const { colour, mark } = LOOKS[variant] ?? UNNAMED;
  return (
    <svg aria-hidden="true" className="shrink-0" height={size} viewBox="0 0 10 10" width={size}>
      {mark === 'ring' ? <circle cx="5" cy="5" fill="none" r="3.4" stroke={colour} strokeWidth="1.8" /> : null}
      {mark === 'diamond' ? <path d="M5 .6 9.4 5 5 9.4 .6 5z" fill={colour} /> : null}
      {mark === 'triangle' ? <path d="M5 1 9.5 9H.5z" fill={colour} /> : null}
      {mark === 'disc' ? <circle cx="5" cy="5" fill={colour} r="4.2" /> : null}
      {mark === 'square' ? <rect fill={colour} height="8" rx="1" width="8" x="1" y="1" /> : null}
    </svg>
  );
}

/** Mark and name together. */
export function VariantTag({ variant }: { variant: VariantName }) {
  return (
    <span className="inline-flex items-center gap-[7px] whitespace-nowrap align-middle font-mono text-12 text-fg">
      <VariantMark variant={variant} />
      {variant}
    </span>
  );
}
