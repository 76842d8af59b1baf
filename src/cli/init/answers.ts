import { readFileSync } from 'node:fs';
import { configWords } from '../../config/words.ts';
import { failure } from '../../model/errors.ts';
import { parseRecipient } from '../../model/recipient.ts';
import { type Options, text } from '../command.ts';
import { cliWords } from '../words.ts';
import { initWords } from './words.ts';

/** What a project needs to know before its first message. */
export interface Answers {
  /** null: without an app, on the sandbox */
  readonly app: { readonly id: string; readonly secret: string } | null;
  /** feishu, lark or an address */
  readonly endpoint: string;
  /** who gets the example's messages */
  readonly recipient: string;
  /** who hears of failures, and gets the first card */
  readonly owner: string;
}

const SANDBOX_RECIPIENT = 'ou_me';

/** Without an app: `ou_me` gets everything, unless somebody is named. */
export const onSandbox = (recipient: string | null = null): Answers => ({
  app: null,
  endpoint: 'feishu',
  recipient: recipient ?? SANDBOX_RECIPIENT,
  owner: recipient ?? SANDBOX_RECIPIENT,
});

export const isAppId = (written: string): boolean => /^cli_\w+$/.test(written);
export const isEndpoint = (written: string): boolean =>
  /^(feishu|lark)$/.test(written) || (/^https?:\/\/[^\s/]+\S*$/.test(written) && URL.canParse(written));
/** What can stand in .env as it is: Feishu's secrets are letters and digits. */
export const isSecret = (written: string): boolean => /^[^\s'"`]+$/.test(written);

const refuse = (code: 'bad-app-id' | 'bad-endpoint', value: string): never => {
  throw failure(configWords, code, { value }, { status: 2 });
};

/** `--endpoint`, if it is one. */
export const endpointIn = (options: Options): string | null => {
  const endpoint = text(options, 'endpoint')?.trim() ?? null;
  return endpoint === null || isEndpoint(endpoint) ? endpoint : refuse('bad-endpoint', endpoint);
};

/** `--app-id`, if it is one. */
export const appIdIn = (options: Options): string | null => {
  const id = text(options, 'appId')?.trim() ?? null;
  return id === null || isAppId(id) ? id : refuse('bad-app-id', id);
};

/** `--recipient`, if it is one. */
export const recipientIn = (options: Options): string | null => {
  const recipient = text(options, 'recipient')?.trim() ?? null;
  // a custom bot is named in the settings, which are not there yet
  const found = recipient === null ? null : parseRecipient(recipient);
  if (recipient !== null && (found === null || found.idType === 'webhook'))
    throw failure(configWords, 'unknown-recipient', { value: recipient, suggestion: null }, { status: 2 });
  return recipient;
};

/** All answers from the options: nobody is asked. Throws `init-needs` with those that are missing. */
export const fromOptions = (options: Options): Answers => {
  const id = appIdIn(options);
  const endpoint = endpointIn(options) ?? 'feishu';
  const recipient = recipientIn(options);
  const secret = options['secretStdin'] === true ? readFileSync(0, 'utf8').trim() : '';
  if (id === null || secret === '' || recipient === null) {
    const missing = [
      ...(id === null ? ['--app-id'] : []),
      ...(secret === '' ? ['--secret-stdin'] : []),
      ...(recipient === null ? ['--recipient'] : []),
    ];
    throw failure(cliWords, 'init-needs', { options: missing }, { status: 2 });
  }
  if (!isSecret(secret)) throw failure(initWords, 'bad-secret', undefined, { status: 2 });
  return { app: { id, secret }, endpoint, recipient, owner: recipient };
};
