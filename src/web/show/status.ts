import { statusJson } from '../../report/status-json.ts';
import type { Handler } from '../bind.ts';
import type { reads } from '../routes/reads.ts';

export const status: Handler<typeof reads.status> = (_asked, { app, clock, lang }) =>
  statusJson(app, { crontab: null, now: clock.now(), lang });
