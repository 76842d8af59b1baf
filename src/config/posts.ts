import type { MessageSpec } from '../model/job.ts';
import { object, optional, required } from './object.ts';
import { byKind, made, type Shape } from './shape.ts';
import { translated } from './translated.ts';

type Post = Extract<MessageSpec, { kind: 'post' }>;

/** Rich text: markdown alone, or `{ title, body }`. */
export const post: Shape<Post> = byKind<Post>(
  {
    scalar: made(translated, (body, { at }) => ({ kind: 'post', at, title: null, body })),
    map: made(object({ title: optional(translated, null), body: required(translated) }), ({ title, body }, { at }) => ({
      kind: 'post',
      at,
      title,
      body,
    })),
  },
  { zh: 'markdown 文字,或 { title, body }', en: 'markdown, or { title, body }' },
);
