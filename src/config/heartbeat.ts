import { problem } from '../model/errors.ts';
import { networkWords } from './network-words.ts';
import { made, type Shape, text } from './shape.ts';

/** The address of a watcher: healthchecks, Uptime Kuma (push), a dead man's switch. */
export const heartbeat: Shape<string> = made(text(), (url, node, reading, path) => {
  if (/^https?:\/\/[^\s/]+/.test(url) && URL.canParse(url)) return url;
  reading.problems.push(problem(networkWords, 'bad-heartbeat', undefined, { at: node.at, path }));
  return null;
});
