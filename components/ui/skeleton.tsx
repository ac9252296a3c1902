'use client';
import clsx from 'clsx';
import { type CSSProperties, type ReactNode, useEffect, useState } from 'react';

type SkeletonProps = { width?: CSSProperties['width']; height?: CSSProperties['height']; className?: string };

/** A grey bar of the size of what comes. */
export function Skeleton({ width = '100%', height = 10, className }: SkeletonProps) {
  return <span aria-hidden="true" className={clsx('block rounded-1 bg-skeleton', className)} style={{ width, height }} />;
}

type LoadingProps = {
  /** What is being loaded, for screen readers: `Loading the run`. */
  label: string;
  children: ReactNode;
  className?: string;
};

/** Takes its room at once, so that nothing jumps, and shows its skeletons after 300 ms, so that nothing flickers. */
export function Loading({ label, children, className }: LoadingProps) {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setVisible(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-label={label} className={clsx(className, !visible && 'opacity-0')} role="status">
      {children}
    </div>
  );
}

/** Stands in for a chart whose code is still on its way. */
export function Drawing({ height }: { height: number }) {
  return (
    <Loading label="Loading the chart">
      <Skeleton height={height} />
    </Loading>
  );
}
