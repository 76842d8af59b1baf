import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { createHttp } from '../base/http.ts';
import type { Project } from '../config/load.ts';
import { startSandbox } from '../sandbox/sandbox.ts';

/** Where a running `larkcron sandbox` of this project leaves its address, and where messages are kept. */
export const sandboxFiles = (directory: string) => ({
  address: join(directory, '.larkcron', 'sandbox.json'),
  messages: join(directory, '.larkcron', 'sandbox.jsonl'),
  ledger: join(directory, '.larkcron', 'sandbox.db'),
});

const running = async (file: string): Promise<string | null> => {
  if (!existsSync(file)) return null;
  const http = createHttp();
  try {
    const { url } = JSON.parse(readFileSync(file, 'utf8')) as { url: string };
    const answer = await http.request({
      method: 'GET',
      url: `${url}/sandbox/messages`,
      headers: {},
      connectTimeout: 500,
      totalTimeout: 2_000,
      maxBytes: 64e6,
      proxy: null,
    });
    return answer.is === 'answer' && answer.status === 200 ? url : null;
  } catch {
    return null; // left behind by one that ended
  } finally {
    http.close();
  }
};

/**
 * The same project on the stand-in for Feishu: every app's calls go to it, and it has a ledger of its own, so that a
 * try never marks a real occurrence as done. Uses the project's running sandbox, else one of this process's own.
 */
export const sandboxed = async (
  project: Project,
  clock: Clock,
  onClose: (close: () => Promise<void>) => void,
): Promise<Project> => {
  const files = sandboxFiles(project.settings.directory);
  let url = await running(files.address);
  if (url === null) {
    const sandbox = await startSandbox({ port: 0, clock, keep: files.messages });
    onClose(sandbox.close);
    url = sandbox.url;
  }
  const endpoint = url;
  const apps = Object.fromEntries(
    Object.entries(project.settings.apps).map(([name, app]) => [name, { ...app, endpoint }]),
  );
  const webhooks = new Map(
    [...project.webhooks].map(([name, bot]) => [name, { ...bot, url: `${endpoint}${new URL(bot.url).pathname}` }]),
  );
  return {
    ...project,
    webhooks,
    settings: { ...project.settings, apps, ledger: { is: 'sqlite', file: files.ledger }, proxy: null },
  };
};
