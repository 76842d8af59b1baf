import type { makePost } from '../card/post.ts';
import { LarkcronError, problem } from '../model/errors.ts';
import type { MessageSpec } from '../model/job.ts';
import type { Part } from './parts.ts';
import { runWords } from './words.ts';

/** The most a post may have (im-v1/message/create: 30 KB). */
const MOST_BYTES = 30 * 1024;

/** Rich text as one part. Throws LarkcronError (status 2) for templates that fail, and `post-too-large`. */
export const postPart = async (
  message: Extract<MessageSpec, { kind: 'post' }>,
  by: Parameters<typeof makePost>[1],
): Promise<Part> => {
  // loaded for posts only: a card's push does not pay for it
  const { makePost: make } = await import('../card/post.ts');
  const body = JSON.stringify(make(message, by));
  const bytes = Buffer.byteLength(body);
  if (bytes > MOST_BYTES) {
    const found = problem(runWords, 'post-too-large', { bytes, most: MOST_BYTES }, { at: message.at });
    throw new LarkcronError(found.code, found, { status: 2, problems: [found] });
  }
  return { kind: 'post', content: { msgType: 'post', body }, card: null, files: [] };
};
