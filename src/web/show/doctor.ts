import type { App } from '../../app.ts';
import { examine } from '../../doctor/examine.ts';
import { type Finding, finding, isSound } from '../../doctor/finding.ts';
import { loginFindings } from '../../doctor/login.ts';
import { planOf } from '../../doctor/plan.ts';
import { failure, isError, LarkcronError } from '../../model/errors.ts';
import type { Reason } from '../../model/run.ts';
import { type Lang, say } from '../../model/text.ts';
import { MINUTE, type Ms } from '../../model/time.ts';
import { utcOrNull } from '../../report/run-json.ts';
import type { Desk, Handler } from '../bind.ts';
import type { acts } from '../routes/acts.ts';
import type { reads } from '../routes/reads.ts';
import { webWords } from '../words.ts';

interface Examination {
  readonly startedAt: Ms;
  readonly findings: Finding[];
  finishedAt: Ms | null;
  failed: Reason | null;
}

const findingRow = ({ feishuCode: _, ...found }: Finding, lang: Lang) => ({
  ...found,
  jobs: [...found.jobs],
  message: say(found.message, lang),
  hint: found.hint === null ? null : say(found.hint, lang),
});

const examinationRow = (examination: Examination | null, lang: Lang) => {
  if (examination === null)
    return { state: 'none' as const, startedAt: null, finishedAt: null, ok: null, findings: [], failed: null };
  const { startedAt, finishedAt, findings, failed } = examination;
  return {
    state: finishedAt === null ? ('running' as const) : ('done' as const),
    startedAt: utcOrNull(startedAt),
    finishedAt: utcOrNull(finishedAt),
    ok: finishedAt === null ? null : failed === null && isSound(findings),
    findings: findings.map((found) => findingRow(found, lang)),
    failed: failed === null ? null : { code: failed.code, message: say(failed.message, lang) },
  };
};

/** So long an examination may take: Feishu's calls are asked in turn, and each may be slow. */
const LONGEST: Ms = 10 * MINUTE;

const ask = async (app: App, { clock }: Pick<Desk, 'clock'>, tell: (found: Finding) => void): Promise<void> => {
  const { project } = app;
  for (const job of project.jobNames.filter((name) => (project.problems.get(name) ?? []).some(isError)))
    tell(finding({ check: 'settings', subject: job, jobs: [job] }, 'fault', 'bad-settings', { job }));
  if (project.settings.owner === null) tell(finding({ check: 'owner' }, 'warning', 'no-owner', undefined));
  const plan = planOf(project.jobs, project.settings);
  await examine({ plan, feishu: app.feishu, proxy: app.proxy, clock, signal: AbortSignal.timeout(LONGEST), tell });
  for (const each of await loginFindings(project.settings, app.outside())) tell(each);
};

/** The examinations since the start: one at a time, the latest is kept. */
export const createDoctor = (): {
  readonly doctor: Handler<typeof reads.doctor>;
  readonly examine: Handler<typeof acts.examine>;
} => {
  let latest: Examination | null = null;
  return {
    doctor: async (_asked, { lang }) => examinationRow(latest, lang),
    examine: async (_asked, { app, clock, lang }) => {
      if (latest !== null && latest.finishedAt === null) throw failure(webWords, 'examining', undefined, { status: 2 });
      const current: Examination = { startedAt: clock.now(), findings: [], finishedAt: null, failed: null };
      latest = current;
      // it goes on when the answer is out; whoever asked looks at GET /api/doctor
      void ask(app, { clock }, (found) => current.findings.push(found))
        .catch((error: unknown) => {
          const known = error instanceof LarkcronError ? error : failure(webWords, 'bug', undefined);
          current.failed = { code: known.code, message: known.explanation.message };
        })
        .finally(() => {
          current.finishedAt = clock.now();
        });
      return examinationRow(current, lang);
    },
  };
};
