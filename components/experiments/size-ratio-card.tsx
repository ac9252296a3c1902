'use client';
import { Card, CardHead } from '@/components/ui/card';
import { Segmented } from '@/components/ui/segmented';
import { useUrlState } from '@/components/ui/use-url-state';
import { drawSizeRatios } from '@/pictures/size-ratios';
import type { ExperimentPictures } from '@/server/api/types';
import { PictureCard } from './picture-card';
import { METRIC_TITLES } from './plan-words';

type SizeRatioCardProps = { id: string; ratios: ExperimentPictures['sizeRatios'] };

/** Does the gain grow with the cluster? One picture per metric; the chosen one stands in the address. */
export function SizeRatioCard({ id, ratios }: SizeRatioCardProps) {
  const [chosen, choose] = useUrlState('metric', ratios[0]?.metric ?? '');
  const current = ratios.find(({ metric }) => metric === chosen) ?? ratios[0];
  if (current === undefined) return <NoneYet />;
  return (
    <PictureCard
      actions={
        ratios.length < 2 ? undefined : (
          <Segmented
            label="Metric of the picture"
            onChange={choose}
            options={ratios.map(({ metric }) => ({ value: metric, label: METRIC_TITLES[metric] }))}
            size="small"
            value={current.metric}
          />
        )
      }
      context="variant ÷ base, a dot per pair that counts"
      data={current.data}
      draw={drawSizeRatios}
      foot="Bars span all pairs so far; from six pairs on they are 95 % intervals of the median."
      label="Ratio by cluster size"
      name={`${id}-${current.metric}-by-size`}
      title={`${METRIC_TITLES[current.metric]} ratio by cluster size`}
    />
  );
}

function NoneYet() {
  return (
    <Card label="Ratio by cluster size">
      <CardHead title="Ratio by cluster size" />
      <p className="flex min-h-[300px] items-center justify-center p-4 text-12 text-fg-2">No pair counts yet.</p>
    </Card>
  );
}
