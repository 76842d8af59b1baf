import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { failure } from '../../model/errors.ts';
import { cliWords } from '../words.ts';
import type { Answers } from './answers.ts';
import { initWords } from './words.ts';

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

/** Files of ours that are there already: by their name, and jobs by the job's name, which two files cannot share. */
const taken = (files: readonly string[], directory: string): readonly string[] => {
  const jobs = join(directory, 'jobs');
  const theirs = existsSync(jobs) ? readdirSync(jobs).map((file) => basename(file, extname(file))) : [];
  return [...files, '.env'].filter((file) => {
    if (file === '.gitignore') return false; // lines are added to it
    const isJob = dirname(file) === 'jobs';
    return existsSync(join(directory, file)) || (isJob && theirs.includes(basename(file, extname(file))));
  });
};

/** Nothing is overwritten: throws `folder-not-empty` with what is there already. */
export const refuseTaken = (stage: string, directory: string): void => {
  const found = existsSync(join(directory, 'larkcron.yaml')) ? ['larkcron.yaml'] : taken(filesIn(stage), directory);
  if (found.length === 0) return;
  const file = found.map((each) => join(directory, each)).join(', ');
  throw failure(cliWords, 'folder-not-empty', { file }, { status: 2 });
};

/** The folder can be made, or written into: asked before a person answers questions. Throws `folder-unwritable`. */
export const refuseUnwritable = (directory: string): void => {
  let nearest = directory;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  try {
    readdirSync(nearest); // a file is no folder
    accessSync(nearest, constants.W_OK);
  } catch (error) {
    throw unwritable(directory, error);
  }
};

const unwritable = (folder: string, cause: unknown) =>
  failure(initWords, 'folder-unwritable', { folder, why: (cause as Error).message }, { status: 1, cause });

const envOf = ({ app, endpoint }: Answers): string =>
  [
    ...(app === null ? ['# 现在用的是本机替身;换成自己应用的 App ID 和 App Secret'] : []),
    `FEISHU_APP_ID=${app?.id ?? 'cli_sandbox'}`,
    // in quotes where a # would begin a comment
    `FEISHU_APP_SECRET=${app === null ? 'sandbox-secret' : /^[\w.-]+$/.test(app.secret) ? app.secret : `'${app.secret}'`}`,
    `FEISHU_ENDPOINT=${endpoint}`,
    'DASHBOARD_URL=https://example.com/dashboard',
    '',
  ].join('\n');

/** The examples have `ou_owner` where somebody is to be named: as the owner, and as who gets the messages. */
const named = (settings: string, { owner, recipient }: Answers): string =>
  settings.replace(/^(owner: )?ou_owner\b|\bou_owner\b/gm, (_found, key: string | undefined) =>
    key === undefined ? asYaml(recipient) : `${key}${asYaml(owner)}`,
  );

/** Ids and most addresses can stand as they are; what YAML or `${…}` would take for something of theirs is quoted. */
const asYaml = (value: string): string =>
  /^[A-Za-z0-9][\w.@+-]*$/.test(value) ? value : JSON.stringify(value.replaceAll('${', '$${'));

/** The lines of ours that a .gitignore lacks, after its own. */
const withLines = (theirs: string, ours: string): string => {
  const known = theirs.split(/\r?\n/).map((line) => line.trim());
  const missing = ours.split('\n').filter((line) => line !== '' && !known.includes(line));
  if (missing.length === 0) return theirs;
  return `${theirs}${theirs === '' || theirs.endsWith('\n') ? '' : '\n'}${missing.join('\n')}\n`;
};

/**
 * The staged project into its folder, with the answers. All or nothing: what was begun is removed when one file cannot
 * be written (`folder-unwritable`), and a file that appeared meanwhile is not touched.
 */
export const placeProject = (stage: string, directory: string, answers: Answers): void => {
  refuseTaken(stage, directory);
  const undo: (() => void)[] = [];
  const folder = (path: string): void => {
    if (existsSync(path)) return;
    folder(dirname(path));
    mkdirSync(path);
    undo.push(() => rmdirSync(path));
  };
  const write = (file: string, text: string, mode = 0o666): void => {
    writeFileSync(join(directory, file), text, { flag: 'wx', mode });
    undo.push(() => rmSync(join(directory, file)));
  };
  try {
    folder(directory);
    for (const file of filesIn(stage)) {
      const [from, to] = [join(stage, file), join(directory, file)];
      folder(dirname(to));
      if (file === '.gitignore' && existsSync(to)) {
        const theirs = readFileSync(to, 'utf8');
        undo.push(() => writeFileSync(to, theirs));
        writeFileSync(to, withLines(theirs, readFileSync(from, 'utf8')));
      } else if (file === 'larkcron.yaml') {
        write(file, named(readFileSync(from, 'utf8'), answers));
      } else {
        copyFileSync(from, to, constants.COPYFILE_EXCL);
        undo.push(() => rmSync(to));
      }
    }
    write('.env', envOf(answers), 0o600);
  } catch (error) {
    for (const each of undo.reverse()) {
      try {
        each();
      } catch {} // somebody put a file of theirs into it
    }
    throw unwritable(directory, error);
  }
};
