import { digest } from '../../base/ids.ts';
import type { Content } from '../../model/delivery.ts';
import { DAY, type Ms } from '../../model/time.ts';
import type { Database, Steps } from './database.ts';

/** Inside a write: keeps the bytes once, however many messages share them, and answers their hash. */
export const keepContent = function* (db: Database, { msgType, body }: Content, now: Ms): Steps<string> {
  const hash = digest([msgType, body], 64);
  yield* db.run(
    `insert into contents (hash, msg_type, body, used_at) values (:hash, :msgType, :body, :now)
     on conflict (hash) do update set used_at = :now where contents.used_at < :yesterday`,
    { hash, msgType, body, now, yesterday: now - DAY },
  );
  return hash;
};
