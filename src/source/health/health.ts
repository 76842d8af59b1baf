import { type Dataset, datasetOf } from '../../model/dataset.ts';
import { type Check, grade, LESS_IS_WORSE, type Measured } from '../../model/health.ts';
import type { Fetch, SourceContext } from '../source.ts';
import { lookCommand, lookDisk, lookLoad, lookMemory, lookProcess, lookSystemd } from './machine.ts';
import { lookDns, lookHttp, lookTcp, lookTls } from './network.ts';
import type { Looking } from './probe.ts';

const look = ({ probe }: Check, looking: Looking): Promise<Measured> => {
  switch (probe.probe) {
    case 'http':
      return lookHttp(probe, looking);
    case 'tcp':
      return lookTcp(probe, looking);
    case 'tls':
      return lookTls(probe, looking);
    case 'dns':
      return lookDns(probe, looking);
    case 'disk':
      return lookDisk(probe, looking);
    case 'memory':
      return lookMemory(probe, looking);
    case 'load':
      return lookLoad(probe, looking);
    case 'process':
      return lookProcess(probe, looking);
    case 'systemd':
      return lookSystemd(probe, looking);
    case 'command':
      return lookCommand(probe, looking);
  }
};

const COLUMNS = ['name', 'kind', 'status', 'level', 'value', 'threshold', 'took', 'detail'] as const;
const LEVELS = { ok: 0, warn: 1, critical: 2 } as const;
const BETWEEN_TRIES = 1_000;

const thresholdText = ({ probe, warn, critical }: Check): string | null => {
  const sign = LESS_IS_WORSE.includes(probe.probe) ? '<' : '>';
  const shown = [warn, critical].filter((one) => one !== null);
  return shown.length === 0 ? null : `${sign} ${shown.join(' / ')}`;
};

const checked = async (check: Check, context: SourceContext) => {
  const started = context.monotonic();
  let measured = await look(check, { context, timeout: check.timeout });
  let status = grade(measured, check);
  // a single bad moment is no news
  for (let tries = 1; tries < check.tries && status !== 'ok' && !context.signal.aborted; tries++) {
    await context.sleep(BETWEEN_TRIES);
    measured = await look(check, { context, timeout: check.timeout });
    status = grade(measured, check);
  }
  return {
    name: check.name,
    kind: check.probe.probe,
    status,
    level: LEVELS[status],
    value: measured.value,
    threshold: thresholdText(check),
    took: Math.round(context.monotonic() - started),
    detail: measured.detail,
  };
};

/**
 * `health`: one row a check, all of them side by side: `status` ok, warn or critical (`level` 0, 1, 2), the `value` that
 * was found, its `threshold`, how long it `took` in milliseconds, and a `detail` to read. What cannot be looked at is critical.
 */
export const fetchHealth: Fetch<'health'> = async ({ checks }, context): Promise<Dataset> =>
  datasetOf(await Promise.all(checks.map((check) => checked(check, context))), COLUMNS);
