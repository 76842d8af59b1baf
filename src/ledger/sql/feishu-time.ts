import { MINUTE, type Ms } from '../../model/time.ts';
import type { Database, Steps } from './database.ts';

/** What the last answer said of Feishu's clock, with this machine's uptime then: good for the programs of one boot. */
export const noteFeishuTime = function* (
  db: Database,
  feishuNow: Ms,
  { boot, uptime }: { boot: string; uptime: Ms },
): Steps<void> {
  yield* db.run('update meta set feishu_at = :feishuNow, feishu_uptime = :uptime, feishu_boot = :boot', {
    feishuNow: Math.round(feishuNow),
    uptime: Math.round(uptime),
    boot,
  });
};

/** A machine that slept, or one whose clock is wrong, knows less: further off than this Feishu is asked. */
const CLOSE_ENOUGH: Ms = 2 * MINUTE;

/**
 * The earliest that Feishu's time can be now: the uptime does not count what the machine slept through, so it is never
 * too late. `sure`: near enough to this machine's clock to be worth counting Feishu's hour from.
 */
export const feishuTimeAtLeast = function* (
  db: Database,
  { now, boot, uptime }: { now: Ms; boot: string; uptime: Ms },
): Steps<{ at: Ms; sure: boolean }> {
  const row = (yield* db.get('select feishu_at, feishu_uptime, feishu_boot from meta')) ?? {};
  const noted = Number(row['feishu_at'] ?? 0);
  const sameBoot = boot !== '' && row['feishu_boot'] === boot;
  const at = sameBoot ? noted + Math.max(0, Math.round(uptime) - Number(row['feishu_uptime'])) : noted;
  return { at, sure: noted > 0 && Math.abs(now - at) < CLOSE_ENOUGH };
};
