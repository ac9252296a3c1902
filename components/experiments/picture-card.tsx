'use client';
import { type ReactNode, useCallback } from 'react';
import { PictureView } from '@/components/pictures/picture-view';
import { Card, CardBody, CardFoot, CardHead } from '@/components/ui/card';
import type { Picture } from '@/pictures/picture';

type PictureCardProps<T> = {
  title: string;
  /** Tells this card from others of the same title. */
  label: string;
  context?: ReactNode;
  /** How to read it. */
  foot?: ReactNode;
  actions?: ReactNode;
  /** Of the exported file, without its ending. */
  name: string;
  data: T;
  /** Where its latencies lie, if it shares a crosshair. */
  latencyAxis?: 'x' | 'y';
  draw: (data: T, sheet: { width: number }) => Picture;
};

/** A picture in its card. Drawn again for another width or other data, and for nothing else. */
export function PictureCard<T>({ title, label, context, foot, actions, name, data, latencyAxis, draw }: PictureCardProps<T>) {
  const drawAt = useCallback((width: number) => draw(data, { width }), [data, draw]);
  return (
    <Card className="flex flex-col" label={label}>
      <CardHead actions={actions} context={context} title={title} />
      <CardBody className="flex-1">
        <PictureView draw={drawAt} latencyAxis={latencyAxis} name={name} />
      </CardBody>
      {foot === undefined ? null : <CardFoot>{foot}</CardFoot>}
    </Card>
  );
}
