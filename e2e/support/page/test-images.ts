import type { Page } from '@playwright/test';

export interface TestImage {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Draws a colourful image in the test's browser. Each name gives other colours, because equal bytes are one image. */
export async function drawTestImage(
  page: Page,
  { name, width, height, type = 'image/png' }: { name: string; width: number; height: number; type?: string },
): Promise<TestImage> {
  const base64 = await page.evaluate(
    async ({ width, height, type, hue }) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('This browser has no 2D canvas.');
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

/** Adds the EXIF data of a phone held upright to a JPEG: a rotation, and a description that contains `secret`. */
export function asPhonePhoto({ buffer, ...rest }: TestImage, secret: string): TestImage {
  const text = Buffer.from(`${secret}\0`, 'latin1');
  // TIFF, big-endian: Orientation = 6 (rotate clockwise), and ImageDescription, whose text is at offset 38.
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

/** Dispatches the browser event of pasting files, or of dropping them on the page. */
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

/** Dispatches the browser event of dragging files over the page, or away from it. */
export async function dragFiles(page: Page, type: 'dragover' | 'dragleave'): Promise<void> {
  await page.evaluate((type) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
    document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  }, type);
}
