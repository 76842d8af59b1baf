import type { FromDataset, ImageSource } from '../model/card.ts';
import { object, required } from './object.ts';
import { byKind, made, type Shape, template, text } from './shape.ts';

/** The name of a dataset that has a picture. */
export const fromDataset: Shape<FromDataset> = made(text(), (from, node) => ({ at: node.at, from }));

/** `PATH`, or `{ from: DATASET }`. */
export const imageSource: Shape<ImageSource> = byKind<ImageSource>(
  { scalar: template, map: made(object({ from: required(fromDataset) }), ({ from }) => from) },
  { zh: '图片的路径或网址,或 { from: 数据集 }', en: "an image's path or address, or { from: DATASET }" },
);
