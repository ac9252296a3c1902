import { PageLink } from '@/components/ui/page-link';
import { ConnectionMark } from './connection-mark';
import { KeysHelp } from './keys-help';
import { LogoMark } from './logo';
import { HeaderNavigation } from './navigation';
import { ThemeSwitch } from './theme-switch';

/** The same on every page: where am I, is it live, which keys, which theme. */
export function TopBar() {
  return (
    <header className="flex h-12 items-center gap-2 border-line border-b bg-surface px-3 md:gap-5 md:px-5">
      <a
        className="sr-only rounded-2 bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:absolute focus:z-30"
        href="#main"
      >
        Skip to content
      </a>
      <PageLink className="flex items-center gap-[9px] font-semibold text-14 tracking-[-0.01em]" href="/">
        <LogoMark />
        Electrode Lab
      </PageLink>
      <HeaderNavigation />
      <div className="ml-auto flex items-center gap-3">
        <ConnectionMark />
        <div className="flex items-center gap-1">
          <KeysHelp />
          <ThemeSwitch />
        </div>
      </div>
    </header>
  );
}
