import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * VChart 1.12.7 as one file for browsers (and for Node): the nearest on npm to the 1.12.3 that Feishu's clients run. The
 * build puts it beside the program; from source it is the package's own.
 */
export const vchartFile = (): string => {
  const beside = fileURLToPath(new URL('./vchart.cjs', import.meta.url));
  if (existsSync(beside)) return beside;
  return createRequire(import.meta.url).resolve('@visactor/vchart/build/index.min.js');
};

let source: string | null = null;

export const vchartSource = (): string => {
  source ??= readFileSync(vchartFile(), 'utf8');
  return source;
};
