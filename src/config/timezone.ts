import { isZone } from '../base/zone.ts';
import { problem } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { made, type Shape, text } from './shape.ts';
import { configWords } from './words.ts';

export const timezone: Shape<string> = made(text(), (zone, node, reading, path) => {
  if (isZone(zone)) return zone;
  const suggestion = nearest(zone, Intl.supportedValuesOf('timeZone'));
  reading.problems.push(problem(configWords, 'unknown-timezone', { zone, suggestion }, { at: node.at, path }));
  return null;
});
