/** A name of letters, digits and hyphens: `p50 ratio, N = 5` with `svg` becomes `p50-ratio-n-5.svg`. */
export function fileNameOf(name: string, extension: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}_.]+/gu) ?? ['picture'];
  return `${words.join('-')}.${extension}`;
}

/** Hands the browser a file to keep. */
export function saveBlob(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser takes hold of the blob while the click is handled; its address is not needed afterwards.
  URL.revokeObjectURL(url);
}

/** Twice the CSS pixels: sharp in print and on dense screens. */
const SCALE = 2;

/** A stand-alone SVG as PNG. Throws what the browser gives as its reason where it cannot read or draw it. */
export async function rasterise(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('The browser gave no canvas to draw on');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('The browser made no PNG of it')) : resolve(blob)), 'image/png');
  });
}
