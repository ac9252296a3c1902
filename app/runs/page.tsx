import type { Metadata } from 'next';
import { Suspense } from 'react';
import { RunBrowser } from '@/components/runs-list/run-browser';
import { PageFrame } from '@/components/shell/page-frame';

export const metadata: Metadata = { title: 'Runs' };

export default function Page() {
  return (
    <PageFrame note="Everything launched from here or from the command line; finished runs never change." title="Runs">
      <Suspense>
        <RunBrowser pageSize={50} reach="all" title="All runs" />
      </Suspense>
    </PageFrame>
  );
}
