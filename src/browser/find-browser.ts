import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'msedge',
];

/** Where macOS and Windows keep them; neither is on PATH there. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** The program's path: $CHROME (a path, or a name on PATH), else the first browser of Chromium's kin; null: none. */
export const findBrowser = (environment: Readonly<Record<string, string | undefined>>): string | null => {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = (name: string): readonly string[] =>
    isAbsolute(name) ? [name] : folders.flatMap((folder) => [join(folder, name), join(folder, `${name}.exe`)]);
  const named = environment['CHROME'] ?? '';
  // who names a browser wants no other one
  const candidates = named !== '' ? onPath(named) : [...NAMES.flatMap(onPath), ...PLACES];
  return candidates.find(isProgram) ?? null;
};
