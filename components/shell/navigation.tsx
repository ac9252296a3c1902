'use client';
import clsx from 'clsx';
import { FlaskConical, Gauge, List, Scale } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { Icon } from '@/components/ui/icon';
import { PageLink } from '@/components/ui/page-link';
import { useKeys } from '@/components/ui/use-keys';

const ROOMS = [
  { href: '/', label: 'Control panel', short: 'Panel', icon: Gauge, keys: 'g p', holds: (path: string) => path === '/' },
  { href: '/runs', label: 'Runs', short: 'Runs', icon: List, keys: 'g r', holds: (path: string) => path.startsWith('/runs') },
  {
    href: '/experiments',
    label: 'Experiments',
    short: 'Experiments',
    icon: FlaskConical,
    keys: 'g e',
    holds: (path: string) => path.startsWith('/experiments'),
  },
  {
    href: '/compare',
    label: 'Compare',
    short: 'Compare',
    icon: Scale,
    keys: 'g c',
    holds: (path: string) => path.startsWith('/compare'),
  },
] as const;

/** In the header from tablet width on. */
export function HeaderNavigation() {
  const path = usePathname();
  const router = useRouter();
  useKeys(ROOMS.map(({ href, label, keys }) => ({ keys, does: `Open ${label}`, run: () => router.push(href) })));
  return (
    <nav aria-label="Main" className="ml-2 hidden self-stretch md:flex">
      {ROOMS.map(({ href, label, holds }) => (
        <PageLink
          aria-current={holds(path) ? 'page' : undefined}
          className={clsx(
            '-mb-px -outline-offset-2 flex items-center border-b-2 px-2.5 font-medium',
            holds(path) ? 'border-accent text-fg' : 'border-transparent text-fg-2 hover:text-fg',
          )}
          href={href}
          key={href}
        >
          {label}
        </PageLink>
      ))}
    </nav>
  );
}

/** On a phone: at the bottom edge, within reach of a thumb. */
export function PhoneNavigation() {
  const path = usePathname();
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 flex border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {ROOMS.map(({ href, short, icon, holds }) => (
        <PageLink
          aria-current={holds(path) ? 'page' : undefined}
          className={clsx(
            '-outline-offset-2 flex h-14 flex-1 flex-col items-center justify-center gap-1 font-medium text-11',
            holds(path) ? 'text-accent' : 'text-fg-2',
          )}
          href={href}
          key={href}
        >
          <Icon of={icon} size={18} />
          {short}
        </PageLink>
      ))}
    </nav>
  );
}
