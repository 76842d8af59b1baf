export interface Size {
  readonly width: number;
  readonly height: number;
}

/** im-v1/image/create. */
export const MOST_IMAGE_BYTES = 10 * 1024 * 1024;
const MOST_PIXELS = 12_000;
/** A picture of more would need some hundred megabytes of memory while it is made. */
const MOST_AREA = 40_000_000;

/** How high a picture of this width may be, in CSS pixels. */
export const mostHeight = ({ width, scale }: { readonly width: number; readonly scale: number }): number =>
  Math.floor(Math.min(MOST_PIXELS / scale, MOST_AREA / (width * scale * scale)));

/** The size that Feishu takes, in CSS pixels: what is below, or to the right, is cut off. */
export const boundedHeight = ({ width, height }: Size, scale: number): Size & { readonly cut: boolean } => {
  const wide = Math.min(width, Math.floor(MOST_PIXELS / scale));
  const high = Math.min(height, mostHeight({ width: wide, scale }));
  return { width: wide, height: high, cut: wide < width || high < height };
};
