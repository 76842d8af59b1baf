import type { Readable, Writable } from 'node:stream';

export type Fields = Readonly<Record<string, unknown>>;

/** What the browser says unasked; `session`: of which page. */
export interface DevToolsEvent {
  readonly method: string;
  readonly params: Fields;
  readonly session: string | null;
}

/** Chrome's DevTools protocol over its two pipes: JSON messages, each ended by a zero byte. */
export interface DevTools {
  call(method: string, params?: Fields, session?: string): Promise<Fields>;
  /** from now on `hear` is told of every event */
  listen(hear: (event: DevToolsEvent) => void): void;
  /** nothing more will come: every call that waits fails with `why`, and so does each later one */
  fail(why: Error): void;
}

/** The name of an error that the browser answered a call with; others say that it cannot be asked any more. */
export const REFUSED = 'DevToolsRefusal';

interface Message {
  readonly id?: number;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: Fields;
  readonly sessionId?: string;
}

export const createDevTools = (to: Writable, from: Readable): DevTools => {
  const waiting = new Map<number, { resolve: (result: Fields) => void; reject: (why: Error) => void }>();
  const listeners: ((event: DevToolsEvent) => void)[] = [];
  let last = 0;
  let failed: Error | null = null;
  const fail = (why: Error): void => {
    failed ??= why;
    for (const { reject } of waiting.values()) reject(failed);
    waiting.clear();
  };
  const hear = (text: string): void => {
    const { id, result, error, method, params = {}, sessionId = null } = JSON.parse(text) as Message;
    if (method !== undefined) for (const tell of listeners) tell({ method, params, session: sessionId });
    const caller = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || caller === undefined) return;
    waiting.delete(id);
    if (error === undefined) caller.resolve(result ?? {});
    else caller.reject(Object.assign(new Error(error.message), { name: REFUSED }));
  };
  // a picture is one message of some megabytes in many pieces
  const pieces: string[] = [];
  from.setEncoding('utf8');
  from.on('data', (chunk: string) => {
    const parts = chunk.split('\0');
    const begun = parts.pop() ?? '';
    for (const part of parts) hear(pieces.splice(0).join('') + part);
    pieces.push(begun);
  });
  // a pipe breaks when the browser ends, and that says more: its owner calls fail()
  from.on('error', () => {});
  to.on('error', () => {});
  return {
    fail,
    listen: (tell) => {
      listeners.push(tell);
    },
    call: (method, params = {}, session) =>
      new Promise((resolve, reject) => {
        if (failed !== null) return reject(failed);
        last += 1;
        waiting.set(last, { resolve, reject });
        to.write(
          `${JSON.stringify({ id: last, method, params, ...(session === undefined ? {} : { sessionId: session }) })}\0`,
        );
      }),
  };
};
