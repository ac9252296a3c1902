'use client';
import { Download } from 'lucide-react';
import type { RefObject } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { fileNameOf, rasterise, saveBlob } from '@/components/ui/export-picture';
import { exportSvgElement } from '@/components/ui/export-svg-element';

type ChartFilesProps = {
  /** Holds the chart. */
  box: RefObject<HTMLElement | null>;
  /** What is drawn, with its unit; names the files too. */
  title: string;
};

/** The chart as it is drawn now, as a file in the theme that is shown. */
export function ChartFiles({ box, title }: ChartFilesProps) {
  const draw = () => {
    const element = box.current?.querySelector('svg') ?? null;
    return element === null ? null : exportSvgElement(element, { title, background: 'var(--surface)' });
  };
  const saveSvg = () => {
    const svg = draw();
    if (svg !== null) saveBlob(new Blob([svg], { type: 'image/svg+xml' }), fileNameOf(title, 'svg'));
  };
  const savePng = async () => {
    try {
      const svg = draw();
      if (svg !== null) saveBlob(await rasterise(svg), fileNameOf(title, 'png'));
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      toast.error(`No PNG of ${title}: ${why}. The SVG holds the same picture.`);
    }
  };
  return (
    <span className="ml-auto flex gap-1">
      <Button aria-label={`Save as SVG: ${title}`} icon={Download} kind="ghost" onClick={saveSvg} size="small">
        SVG
      </Button>
      <Button aria-label={`Save as PNG: ${title}`} icon={Download} kind="ghost" onClick={savePng} size="small">
        PNG
      </Button>
    </span>
  );
}
