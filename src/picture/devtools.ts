import type { Readable, Writable } from 'node:stream';

type Fields = Readonly<Record<string, unknown>>;

/** Chrome's DevTools protocol over its two pipes: JSON messages, each ended by a zero byte. */
export interface DevTools {
  call(method: string, params?: Fields, session?: string): Promise<Fields>;
  /** nothing more will come: every call that waits fails with `why` */
  fail(why: Error): void;
}

export const createDevTools = (to: Writable, from: Readable): DevTools => {
  const waiting = new Map<number, { resolve: (result: Fields) => void; reject: (why: Error) => void }>();
  let [last, rest] = [0, ''];
  let failed: Error | null = null;
  const fail = (why: Error): void => {
    failed ??= why;
    for (const { reject } of waiting.values()) reject(failed);
    waiting.clear();
  };
  const hear = (text: string): void => {
    const { id, result, error } = JSON.parse(text) as { id?: number; result?: Fields; error?: { message: string } };
    const caller = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || caller === undefined) return;
    waiting.delete(id);
    if (error === undefined) caller.resolve(result ?? {});
    else caller.reject(new Error(error.message));
  };
  from.setEncoding('utf8');
  from.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop() ?? '';
    parts.forEach(hear);
  });
  // a pipe breaks when the browser ends, and that says more: its owner calls fail()
  from.on('error', () => {});
  to.on('error', () => {});
  return {
    fail,
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
