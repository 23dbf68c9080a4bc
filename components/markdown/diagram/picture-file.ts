import type { Picture } from './draw-diagram';

/** Pixels of a PNG for one of the diagram, if it does not become too large for a canvas. */
const SCALE = 2;
const LARGEST_SIDE = 8_000;

/**
 * The picture as a file, on the ground that its colours are made for. As text: parsing its style sheet in the page would
 * be against the content security policy.
 */
export function toSvg({ svg }: Picture, ground: string): Blob {
  const withGround = svg.replace(/^<svg[^>]*>/, (root) =>
    / style="/.test(root)
      ? root.replace(' style="', ` style="background: ${ground}; `)
      : root.replace('<svg', `<svg style="background: ${ground}"`),
  );
  return new Blob([withGround], { type: 'image/svg+xml' });
}

/** @throws if the browser cannot paint the picture on a canvas. */
export async function toPng({ width, height }: Picture, address: string, ground: string): Promise<Blob> {
  const image = new Image(width, height);
  image.src = address;
  await image.decode();
  const scale = Math.min(SCALE, LARGEST_SIDE / width, LARGEST_SIDE / height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  );
}
