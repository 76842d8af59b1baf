import type { TestContext } from 'node:test';
import type { SandboxMessage } from '../../src/sandbox/world-event.ts';
import { createProject } from './project.ts';

/**
 * `larkcron sandbox` as a process of its own, with Feishu's limits on: what is measured does not share its thread.
 */
export const startSandboxProcess = async (
  t: TestContext,
): Promise<{ url: string; messages(): Promise<readonly SandboxMessage[]> }> => {
  const child = createProject({}).start(['sandbox', '--port', '0', '--json']);
  t.after(() => child.kill('SIGTERM'));
  const url = await new Promise<string>((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (chunk) => {
      printed += chunk;
      if (printed.includes('\n')) resolve((JSON.parse(printed) as { url: string }).url);
    });
    child.on('close', (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
  return {
    url,
    messages: async () => (await (await fetch(`${url}/sandbox/messages`)).json()) as readonly SandboxMessage[],
  };
};
