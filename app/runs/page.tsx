import type { Metadata } from 'next';
import { Suspense } from 'react';
import { HistoryBrowser } from '@/components/history/history-browser';
import { PageFrame } from '@/components/shell/page-frame';

export const metadata: Metadata = { title: 'Runs' };

export default function Page() {
  return (
    <PageFrame note="Everything launched from here or from the command line; finished runs never change." title="Runs">
      <Suspense>
        <HistoryBrowser />
      </Suspense>
    </PageFrame>
  );
}
