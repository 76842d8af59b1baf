import { readFileSync } from 'node:fs';
import type { Json } from '../model/dataset.ts';
import { failure, problem } from '../model/errors.ts';
import type { MessageSpec } from '../model/job.ts';
import type { SourceContext } from '../source/source.ts';
import { runWords } from './words.ts';

type RawSpec = Extract<MessageSpec, { kind: 'raw' }>;

/** Feishu's own card JSON from where the job says: inline, a file, or a command's standard output. */
export const readRawCard = async (
  spec: RawSpec,
  context: Omit<SourceContext, 'fillText' | 'fillValue' | 'seen' | 'job'>,
): Promise<Json> => {
  const { raw } = spec;
  if ('card' in raw) return raw.card;
  const notJson = (from: string, why: string) =>
    failure(
      runWords,
      'raw-not-json',
      { from, why },
      { status: 2, problems: [problem(runWords, 'raw-not-json', { from, why }, { at: spec.at })] },
    );
  const parse = (text: string, from: string): Json => {
    try {
      return JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
    } catch (error) {
      throw notJson(from, (error as Error).message);
    }
  };
  if ('file' in raw) {
    let text: string;
    try {
      text = readFileSync(raw.file, 'utf8');
    } catch (error) {
      throw notJson(raw.file, (error as NodeJS.ErrnoException).code ?? (error as Error).message);
    }
    return parse(text, raw.file);
  }
  const { runCommand } = await import('../source/command.ts');
  const { stdout } = await runCommand({
    argv: raw.command,
    cwd: context.directory,
    env: context.env,
    timeout: raw.timeout,
    signal: context.signal,
  });
  return parse(stdout, raw.command.join(' '));
};
