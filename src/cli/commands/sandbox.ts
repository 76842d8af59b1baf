import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LarkcronError } from '../../model/errors.ts';
import { parseFault } from '../../sandbox/faults.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { type Act, flag, text, texts } from '../command.ts';
import type { Context } from '../context.ts';
import { sandboxFiles } from '../sandboxed.ts';
import { parsePort } from '../time.ts';

/** Inside a project `--sandbox` of other commands finds this one; outside it is simply a server. */
const projectFiles = (context: Context): ReturnType<typeof sandboxFiles> | null => {
  try {
    return sandboxFiles(dirname(context.settingsFile()));
  } catch (error) {
    if (error instanceof LarkcronError && error.code === 'settings-missing') return null;
    throw error;
  }
};

/** `larkcron sandbox`: a stand-in for Feishu on loopback, until it is interrupted. */
export const sandbox: Act = async ({ options }, context) => {
  const { out, clock, signal } = context;
  const faults = texts(options, 'fault').map(parseFault);
  const port = parsePort(text(options, 'port'), 8421);
  const files = projectFiles(context);
  const keep = flag(options, 'keep') ? (files?.messages ?? 'sandbox.jsonl') : null;
  if (files !== null) mkdirSync(dirname(files.address), { recursive: true, mode: 0o700 });
  const server = await startSandbox({ port, clock, keep, faults });
  if (files !== null) writeFileSync(files.address, JSON.stringify({ url: server.url, pid: process.pid }));
  out.line(
    out.say({
      zh: `飞书替身在 ${server.url}(打开看消息;Ctrl-C 结束)`,
      en: `The stand-in for Feishu is at ${server.url} (open it to see the messages; Ctrl-C ends it)`,
    }),
  );
  out.line(
    out.say({
      zh: `任何程序都可以用:FEISHU_ENDPOINT=${server.url}`,
      en: `Any program can use it: FEISHU_ENDPOINT=${server.url}`,
    }),
  );
  out.data({ url: server.url });
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await server.close();
  if (files !== null) rmSync(files.address, { force: true });
  return 0;
};
