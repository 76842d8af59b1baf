import { randomId } from '../base/ids.ts';
import { HOUR, type Ms } from '../model/time.ts';
import { createFaultDesk, type FaultDesk } from './faults.ts';
import type { Keep } from './keep.ts';
import type { Windows } from './limits.ts';
import type { SandboxMessage, Token, Upload, WorldEvent } from './world-event.ts';

/** Feishu drops a repeated uuid for one hour (im-v1/message/create). */
const UUID_MEMORY: Ms = HOUR;

/** All that the sandbox remembers. Endpoints read it and change it only through `record`. */
export interface World {
  now(): Ms;
  /** the only credentials that work; null: any that are well formed */
  readonly app: { readonly id: string; readonly secret: string } | null;
  /** e-mail addresses, mobiles and `@domain`s that nobody has */
  readonly unknown: readonly string[];
  /** secrets of custom bots by the last part of their address; one that is not here takes any signature */
  readonly bots: Readonly<Record<string, string>>;
  /** the scopes that every app has */
  readonly scopes: ReadonlySet<string>;
  readonly windows: Windows;
  readonly faults: FaultDesk;
  readonly messages: ReadonlyMap<string, SandboxMessage>;
  readonly uploads: ReadonlyMap<string, Upload>;
  readonly tokens: ReadonlyMap<string, Token>;
  /** the ids of messages in the order they were sent or changed: what the page follows */
  readonly changes: readonly string[];
  /** who an id was given out for; the id itself when it was not */
  shown(id: string): string;
  /** the message that this uuid brought within the last hour */
  repeated(app: string, uuid: string): SandboxMessage | null;
  newId(prefix: string): string;
  record(event: WorldEvent): void;
  /** reads what other processes wrote into the same file */
  catchUp(): void;
  /** calls back after each change of a message; returns how to stop */
  onChange(tell: () => void): () => void;
}

export const createWorld = ({
  now,
  app,
  unknown,
  bots,
  scopes,
  windows,
  keep,
}: {
  now: () => Ms;
  app: World['app'];
  unknown: readonly string[];
  bots: World['bots'];
  scopes: ReadonlySet<string>;
  windows: Windows;
  keep: Keep | null;
}): World => {
  const messages = new Map<string, SandboxMessage>();
  const uploads = new Map<string, Upload>();
  const tokens = new Map<string, Token>();
  const met = new Map<string, string>();
  const uuids = new Map<string, string>();
  const changes: string[] = [];
  const listeners = new Set<() => void>();

  const changed = (messageId: string): void => {
    changes.push(messageId);
    for (const tell of listeners) tell();
  };

  const change = (messageId: string, by: Partial<SandboxMessage>): void => {
    const message = messages.get(messageId);
    if (message === undefined) return;
    messages.set(messageId, { ...message, ...by });
    changed(messageId);
  };

  const apply = (event: WorldEvent): void => {
    switch (event.event) {
      case 'sent': {
        // written by an older sandbox it has no list of its own
        const message = { ...event.message, urgent: event.message.urgent ?? [] };
        messages.set(message.messageId, message);
        if (message.uuid !== null) uuids.set(JSON.stringify([message.app, message.uuid]), message.messageId);
        changed(message.messageId);
        return;
      }
      case 'updated':
        change(event.messageId, { content: event.content, updatedAt: event.at });
        return;
      case 'recalled':
        change(event.messageId, { recalledAt: event.at });
        return;
      case 'urged': {
        const urgent = messages.get(event.messageId)?.urgent ?? [];
        change(event.messageId, { urgent: [...urgent, { by: event.by, people: event.people }] });
        return;
      }
      case 'uploaded':
        uploads.set(event.upload.key, event.upload);
        return;
      case 'met':
        met.set(event.id, event.shown);
        return;
      case 'token':
        tokens.set(event.token.token, event.token);
        return;
      case 'token-dropped':
        tokens.delete(event.token);
    }
  };

  const catchUp = (): void => keep?.news().forEach(apply);
  catchUp();

  return {
    now,
    app,
    unknown,
    bots,
    scopes,
    windows,
    faults: createFaultDesk(),
    messages,
    uploads,
    tokens,
    changes,
    shown: (id) => met.get(id) ?? id,
    repeated: (sender, uuid) => {
      const message = messages.get(uuids.get(JSON.stringify([sender, uuid])) ?? '');
      return message !== undefined && now() - message.createdAt < UUID_MEMORY ? message : null;
    },
    newId: (prefix) => `${prefix}_${randomId().replaceAll('-', '')}`,
    record: (event) => {
      if (keep === null) return apply(event);
      keep.append(event);
      catchUp();
    },
    catchUp,
    onChange: (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
};
