import type { DevTools } from '../../browser/devtools.ts';

/** Fewer of the pixels than this are of another colour than most: a word such as “Loading…” on an empty page. */
const NOTHING = 0.0005;

/** The share of pixels that are not of the most frequent colour, by 32 steps of each channel; a page of its own counts. */
const INK = (base64: string): string => `(async () => {
  const bytes = Uint8Array.from(atob(${JSON.stringify(base64)}), (each) => each.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const { width, height } = picture;
  const counts = new Uint32Array(32768);
  const strip = 512;
  const canvas = new OffscreenCanvas(width, strip);
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  for (let top = 0; top < height; top += strip) {
    const rows = Math.min(strip, height - top);
    drawing.clearRect(0, 0, width, strip);
    drawing.drawImage(picture, 0, -top);
    const { data } = drawing.getImageData(0, 0, width, rows);
    for (let i = 0; i < data.length; i += 4) counts[((data[i] >> 3) << 10) | ((data[i + 1] >> 3) << 5) | (data[i + 2] >> 3)]++;
  }
  return 1 - counts.reduce((most, each) => Math.max(most, each), 0) / (width * height);
})()`;

/** Whether there is nothing to be seen in the picture. It is looked at in an empty page of the same browser. */
export const isBlank = async (png: Buffer, devtools: DevTools): Promise<boolean> => {
  const { targetId } = await devtools.call('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await devtools.call('Target.attachToTarget', { targetId, flatten: true });
  const expression = INK(png.toString('base64'));
  const answer = await devtools.call(
    'Runtime.evaluate',
    { expression, awaitPromise: true, returnByValue: true },
    String(sessionId),
  );
  await devtools.call('Target.closeTarget', { targetId });
  const { value } = answer['result'] as { value?: unknown };
  if (typeof value !== 'number') throw new Error('the picture cannot be read');
  return value < NOTHING;
};
