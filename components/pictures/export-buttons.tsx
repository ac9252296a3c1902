'use client';
import { Download } from 'lucide-react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { fileNameOf, rasterise, saveBlob } from '@/components/ui/export-picture';
import { type Theme, toStandalone } from '@/pictures/palette';
import type { Picture } from '@/pictures/picture';

type ExportButtonsProps = { draw: (width: number) => Picture; name: string; shownWidth: number };

/** A file is looked at on larger paper than a phone. */
const NARROWEST_FILE_PX = 720;

/** The picture as a file in the theme that is shown. */
export function ExportButtons({ draw, name, shownWidth }: ExportButtonsProps) {
  const standalone = () => toStandalone(draw(Math.max(shownWidth, NARROWEST_FILE_PX)), { theme: themeShown() });
  const saveSvg = () => {
    saveBlob(new Blob([standalone()], { type: 'image/svg+xml' }), fileNameOf(name, 'svg'));
  };
  const savePng = async () => {
    try {
      saveBlob(await rasterise(standalone()), fileNameOf(name, 'png'));
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      toast.error(`No PNG of ${name}: ${why}. The SVG holds the same picture.`);
    }
  };
  return (
    <div className="flex justify-end gap-1">
      <Button aria-label={`Save as SVG: ${name}`} icon={Download} kind="ghost" onClick={saveSvg} size="small">
        SVG
      </Button>
      <Button aria-label={`Save as PNG: ${name}`} icon={Download} kind="ghost" onClick={savePng} size="small">
        PNG
      </Button>
    </div>
  );
}

function themeShown(): Theme {
  return document.documentElement.dataset.theme === 'light' ? 'light' : 'dark';
}
