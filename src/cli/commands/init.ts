import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { configWords } from '../../config/words.ts';
import { failure } from '../../model/errors.ts';
import { nearest } from '../../model/nearest.ts';
import { parseRecipient } from '../../model/recipient.ts';
import type { Lang } from '../../model/text.ts';
import { type Act, flag, text } from '../command.ts';
import type { Context } from '../context.ts';
import { cliWords } from '../words.ts';
import { schemaOf } from './schema.ts';

/** Beside the program: ../examples of the bundle, ../../../examples of the source. */
const examplesFolder = (): string => {
  const found = ['../examples/', '../../../examples/']
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url));
  return found === undefined ? '' : decodeURIComponent(found.pathname);
};

/** What a project needs to know before its first message. */
interface Answers {
  readonly appId: string;
  readonly secret: string;
  readonly endpoint: string;
  readonly recipient: string;
}

const SANDBOX_RECIPIENT = 'ou_me';

const readSecret = (): string => readFileSync(0, 'utf8').trim();

const fromOptions = (options: Parameters<Act>[0]['options'], sandbox: boolean): Answers => {
  const appId = text(options, 'appId') ?? '';
  const secret = flag(options, 'secretStdin') ? readSecret() : '';
  const recipient = text(options, 'recipient') ?? (sandbox ? SANDBOX_RECIPIENT : '');
  const missing = [
    ...(sandbox || appId !== '' ? [] : ['--app-id']),
    ...(sandbox || secret !== '' ? [] : ['--secret-stdin']),
    ...(recipient !== '' ? [] : ['--recipient']),
  ];
  if (missing.length > 0) throw failure(cliWords, 'init-needs', { options: missing }, { status: 2 });
  return { appId, secret, endpoint: text(options, 'endpoint') ?? 'feishu', recipient };
};

const validate = ({ appId, endpoint, recipient }: Answers): void => {
  const refuse = (code: 'bad-app-id' | 'bad-endpoint', value: string): never => {
    throw failure(configWords, code, { value }, { status: 2 });
  };
  if (appId !== '' && !/^cli_\w+$/.test(appId)) refuse('bad-app-id', appId);
  if (!/^(feishu|lark|https?:\/\/\S+)$/.test(endpoint)) refuse('bad-endpoint', endpoint);
  if (parseRecipient(recipient) === null)
    throw failure(configWords, 'unknown-recipient', { value: recipient, suggestion: null }, { status: 2 });
};

const write = (directory: string, example: string, { appId, secret, endpoint, recipient }: Answers): void => {
  mkdirSync(directory, { recursive: true });
  cpSync(join(examplesFolder(), example), directory, {
    recursive: true,
    filter: (path) => !/(^|\/)(\.larkcron|\.env)(\/|$)/.test(path.slice(examplesFolder().length)),
  });
  // npm leaves .gitignore files out of packages, so it travels under another name
  if (existsSync(join(directory, 'gitignore'))) renameSync(join(directory, 'gitignore'), join(directory, '.gitignore'));
  const settings = join(directory, 'larkcron.yaml');
  writeFileSync(settings, readFileSync(settings, 'utf8').replaceAll('ou_owner', recipient));
  const sandboxed = appId === '';
  const env = [
    ...(sandboxed ? ['# 现在用的是本机替身;换成自己应用的 App ID 和 App Secret'] : []),
    `FEISHU_APP_ID=${sandboxed ? 'cli_sandbox' : appId}`,
    `FEISHU_APP_SECRET=${sandboxed ? 'sandbox-secret' : secret}`,
    `FEISHU_ENDPOINT=${endpoint}`,
    'DASHBOARD_URL=https://example.com/dashboard',
    '',
  ];
  writeFileSync(join(directory, '.env'), env.join('\n'), { mode: 0o600 });
};

/** Editors complete and check what has this line on top, by a schema that stands in the project itself. */
const withSchemas = (directory: string): void => {
  mkdirSync(join(directory, 'schemas'), { recursive: true });
  for (const kind of ['job', 'settings'])
    writeFileSync(join(directory, 'schemas', `${kind}.json`), `${JSON.stringify(schemaOf(kind), null, 2)}\n`);
  const point = (file: string, schema: string): void => {
    const path = join(directory, file);
    writeFileSync(path, `# yaml-language-server: $schema=${schema}\n${readFileSync(path, 'utf8')}`);
  };
  point('larkcron.yaml', 'schemas/settings.json');
  for (const file of readdirSync(join(directory, 'jobs')))
    if (/\.ya?ml$/.test(file)) point(join('jobs', file), '../schemas/job.json');
};

/** What agents that work on the project read first. */
const writeAgents = (directory: string, lang: Lang): void =>
  cpSync(
    join(examplesFolder(), '_project', lang === 'zh' ? 'AGENTS.zh-CN.md' : 'AGENTS.md'),
    join(directory, 'AGENTS.md'),
  );

/** The example brings its own data: a script that anyone can read and run again. */
const makeData = (directory: string): void => {
  const script = join(directory, 'make-data.mjs');
  if (existsSync(script)) spawnSync(process.execPath, [script], { cwd: directory, stdio: 'inherit' });
};

/** `larkcron init`: a project that runs at once. Asks only on a terminal. */
export const init: Act = async ({ args, options }, context) => {
  const { out } = context;
  const directory = resolve(context.cwd, args[0] ?? '.');
  const settings = join(directory, 'larkcron.yaml');
  if (existsSync(settings)) throw failure(cliWords, 'folder-not-empty', { file: settings }, { status: 2 });
  const examples = readdirSync(examplesFolder()).filter((name) =>
    existsSync(join(examplesFolder(), name, 'larkcron.yaml')),
  );
  const example = text(options, 'example') ?? 'store-dashboard';
  if (!examples.includes(example)) {
    throw failure(
      cliWords,
      'unknown-example',
      { name: example, suggestion: nearest(example, examples), known: examples },
      { status: 2 },
    );
  }
  const given = text(options, 'appId') !== null || flag(options, 'secretStdin');
  const ask = out.interactive && !flag(options, 'yes') && !given && !context.sandbox;
  const sandbox = !ask && (context.sandbox || !given);
  const answers = ask ? await (await import('../ask-app.ts')).askApp(out) : fromOptions(options, sandbox);
  if (answers === null) return 130;
  validate(answers);
  write(directory, example, answers);
  withSchemas(directory);
  writeAgents(directory, out.lang);
  makeData(directory);
  explainNext(directory, firstJob(directory, example), answers.appId === '', context);
  return 0;
};

/** The job of the example that is best tried first: the one of its name, else the first. */
const firstJob = (directory: string, example: string): string => {
  const jobs = readdirSync(join(directory, 'jobs')).map((file) => file.replace(/\.\w+$/, ''));
  return jobs.includes(example) ? example : (jobs.sort()[0] ?? '');
};

const explainNext = (directory: string, job: string, sandbox: boolean, { out, cwd }: Context): void => {
  const more = sandbox ? ' --sandbox' : '';
  const steps = [
    ...(directory === cwd ? [] : [`cd ${directory}`]),
    'larkcron check',
    `larkcron preview ${job}`,
    `larkcron run ${job}${sandbox ? more : ' --to me'}`,
    sandbox ? 'larkcron sandbox --keep' : 'larkcron crontab install',
  ];
  out.line(out.say({ zh: `✓ 项目在 ${directory}`, en: `✓ the project is in ${directory}` }));
  if (sandbox)
    out.line(
      out.say({
        zh: '先用本机上的飞书替身;有了应用再把 App ID 和 App Secret 写进 .env。',
        en: 'It uses the stand-in for Feishu first; with an app, write its App ID and App Secret into .env.',
      }),
    );
  out.line(out.say({ zh: '接下来:', en: 'Next:' }));
  for (const step of steps) out.line(`  ${step}`);
  out.data({ directory, sandbox, next: steps });
};
