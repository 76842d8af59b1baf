import type { Json } from '../model/dataset.ts';
import { refusalOf } from './refusals.ts';

/** What goes back to the client. In `json` the server adds what every answer of Feishu has: Date, X-Tt-Logid, log_id. */
export type Answer = { readonly http: number; readonly headers?: Readonly<Record<string, string>> } & (
  | { readonly is: 'json'; readonly body: { readonly [key: string]: Json } }
  | { readonly is: 'bytes'; readonly type: string; readonly body: string | Uint8Array }
);

/** Feishu's usual success: `{ code: 0, msg: 'success', data }`. */
export const ok = (data: Json): Answer => ({ is: 'json', http: 200, body: { code: 0, msg: 'success', data } });

/** A success whose payload does not stand in `data`: tokens and bot/v3/info. */
export const okFlat = (fields: { readonly [key: string]: Json }): Answer => ({
  is: 'json',
  http: 200,
  body: { code: 0, msg: 'ok', ...fields },
});

export interface RefusalDetails {
  /** instead of the table's words */
  readonly msg?: string;
  /** which parameter, after `ext=` */
  readonly ext?: string;
  readonly error?: { readonly [key: string]: Json };
  readonly headers?: Readonly<Record<string, string>>;
}

/** Feishu's no: the status of the code, `{ code, msg, error }`. */
export const refuse = (code: number, details: RefusalDetails = {}): Answer => {
  const { http, msg } = refusalOf(code);
  const words = details.msg ?? (details.ext === undefined ? `${msg}.` : `${msg}, ext=${details.ext}`);
  return {
    is: 'json',
    http,
    body: { code, msg: words, error: details.error ?? {} },
    ...(details.headers === undefined ? {} : { headers: details.headers }),
  };
};

/** 99992402 names the field (generic error table: `error.field_violations[]`). */
export const refuseField = (field: string, description: string): Answer =>
  refuse(99992402, { error: { field_violations: [{ field, description }] } });

/** The code an answer carries; null for bytes. */
export const codeOf = (answer: Answer): number | null =>
  answer.is === 'json' && typeof answer.body['code'] === 'number' ? answer.body['code'] : null;
