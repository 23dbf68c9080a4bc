import type { Page } from '@playwright/test';

export interface TestImage {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A picture of many colours, drawn by the browser of the test. Each name has its own: the same bytes are the same image. */
export async function drawTestImage(
  page: Page,
  { name, width, height, type = 'image/png' }: { name: string; width: number; height: number; type?: string },
): Promise<TestImage> {
  const base64 = await page.evaluate(
    async ({ width, height, type, hue }) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('This browser does not draw.');
      for (let row = 0; row < height; row += 8)
        for (let column = 0; column < width; column += 8) {
          context.fillStyle = `hsl(${(hue + row * 7 + column * 13) % 360} 70% ${30 + ((row ^ column) % 50)}%)`;
          context.fillRect(column, row, 8, 8);
        }
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type, quality: 1 })).arrayBuffer());
      let text = '';
      for (let start = 0; start < bytes.length; start += 8192)
        text += String.fromCharCode(...bytes.subarray(start, start + 8192));
      return btoa(text);
    },
    { width, height, type, hue: name.charCodeAt(0) * 3 + name.length },
  );
  return { name, mimeType: type, buffer: Buffer.from(base64, 'base64') };
}

/** The same JPEG as a phone held upright would have written it: lying on its side, turned by its EXIF, which has words. */
export function asPhonePhoto({ buffer, ...rest }: TestImage, secret: string): TestImage {
  const text = Buffer.from(`${secret}\0`, 'latin1');
  // TIFF, big-endian: Orientation = 6 (turn clockwise), and ImageDescription, whose text stands at offset 38.
  const tiff = Buffer.concat([
    Buffer.from('4d4d002a00000008', 'hex'),
    Buffer.from('0002', 'hex'),
    Buffer.from('010e0002', 'hex'),
    uint32(text.length),
    uint32(38),
    Buffer.from('01120003000000010006000000000000', 'hex').subarray(0, 12),
    uint32(0),
    text,
  ]);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length + 2);
  const segment = Buffer.concat([Buffer.from('ffe1', 'hex'), length, body]);
  return { ...rest, buffer: Buffer.concat([buffer.subarray(0, 2), segment, buffer.subarray(2)]) };
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Files come to the page by paste, or are let go over it, as the browser tells it. */
export async function deliverFiles(
  page: Page,
  how: 'paste' | 'drop',
  pictures: readonly TestImage[],
): Promise<void> {
  const files = pictures.map(({ name, mimeType, buffer }) => ({
    name,
    type: mimeType,
    base64: buffer.toString('base64'),
  }));
  await page.evaluate(
    ({ how, files }) => {
      const transfer = new DataTransfer();
      for (const { name, type, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type }));
      }
      const about = { bubbles: true, cancelable: true };
      const target = document.activeElement ?? document.body;
      if (how === 'paste')
        target.dispatchEvent(new ClipboardEvent('paste', { ...about, clipboardData: transfer }));
      else document.body.dispatchEvent(new DragEvent('drop', { ...about, dataTransfer: transfer }));
    },
    { how, files },
  );
}

/** Files are held over the page, or taken away from it again. */
export async function dragFiles(page: Page, type: 'dragover' | 'dragleave'): Promise<void> {
  await page.evaluate((type) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
    document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  }, type);
}
