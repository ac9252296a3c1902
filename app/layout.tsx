import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './globals.css';
import { DisconnectedBar } from '@/components/shell/disconnected-bar';
import { PhoneNavigation } from '@/components/shell/navigation';
import { THEME_SCRIPT } from '@/components/shell/theme-script';
import { TopBar } from '@/components/shell/top-bar';
import { ServerProvider } from '@/components/trpc/provider';
import { Toaster } from '@/components/ui/toaster';

export const metadata: Metadata = {
  title: { default: 'Electrode Lab', template: '%s · Electrode Lab' },
  description: 'A browser control panel for live Multi-Paxos experiments with in-kernel broadcast',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The head's script sets data-theme before React wakes up, so the attribute differs from what the server sent.
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours that has to run before the first paint. */}
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <ServerProvider>
          <TopBar />
          <DisconnectedBar />
          {children}
          <PhoneNavigation />
          <Toaster />
        </ServerProvider>
      </body>
    </html>
  );
}
