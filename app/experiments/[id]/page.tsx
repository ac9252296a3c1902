import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ExperimentPage } from '@/components/experiments/experiment-page';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

export default async function Page({ params }: Props) {
  const { id } = await params;
  return (
    <Suspense>
      <ExperimentPage id={decodeURIComponent(id)} />
    </Suspense>
  );
}
