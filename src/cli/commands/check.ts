import { checkJobConditions } from '../../check/check-conditions.ts';
import { checkProject } from '../../check/check-project.ts';
import { hashJobFiles } from '../../config/job-files.ts';
import { isError, LarkcronError, type Problem } from '../../model/errors.ts';
import { type JobDifference, jobDifferences } from '../../model/node.ts';
import { withoutRepeats } from '../../model/repeats.ts';
import type { Text } from '../../model/text.ts';
import { problemJson } from '../../report/problem-json.ts';
import { exampleOf } from '../../run/example.ts';
import { prepare } from '../../run/prepare.ts';
import { checkCardText } from '../card-file.ts';
import { type Act, type ExitStatus, flag, text } from '../command.ts';
import type { Context } from '../context.ts';
import { worst } from '../exit-status.ts';
import { differenceLines, HERE } from '../picture-of-nodes.ts';
import { readJsonText } from '../read-json.ts';

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

const report = (
  problems: readonly Problem[],
  { strict, what, nodes = null }: { strict: boolean; what: string; nodes?: Compared | null },
  { out }: Context,
): ExitStatus => {
  const errors = problems.filter(isError).length;
  const ok = errors === 0 && (!strict || problems.length === 0);
  if (!out.json) out.problems(problems);
  const warnings = problems.length - errors;
  out.line(
    ok
      ? out.say({
          zh: `✓ ${what} 没有错误${warnings > 0 ? `,${warnings} 个警告` : ''}`,
          en: `✓ ${what}: no faults${warnings > 0 ? `, ${counted(warnings, 'warning')}` : ''}`,
        })
      : out.say({
          zh: `✗ ${errors} 个错误,${warnings} 个警告`,
          en: `✗ ${counted(errors, 'fault')}, ${counted(warnings, 'warning')}`,
        }),
  );
  for (const words of nodes === null ? [] : nodesInWords(nodes)) out.line(out.say(words));
  out.data({
    ok,
    problems: problems.map((problem) => problemJson(problem, out.lang)),
    ...(nodes === null ? {} : { nodes }),
  });
  return ok ? 0 : 2;
};

/** `larkcron check`: all that can be known offline, every finding at once; `--data` goes on to the finished card. */
export const check: Act = async ({ args, options }, context) => {
  const strict = flag(options, 'strict');
  const file = text(options, 'card');
  if (file !== null) {
    const { problems, note } = await checkCardText(readJsonText(file, context.cwd));
    if (note !== null) context.out.note(context.out.say(note));
    return report(problems, { strict, what: file }, context);
  }
  let project: ReturnType<Context['project']>;
  try {
    project = context.project(args.length === 0 ? null : [...args]);
  } catch (error) {
    // a broken larkcron.yaml is a finding like any other here
    if (error instanceof LarkcronError && error.problems.length > 0)
      return report(error.problems, { strict, what: '' }, context);
    throw error;
  }
  const problems = [...checkProject(project, args, context.clock.now()), ...(await checkJobConditions(project.jobs))];
  const found = flag(options, 'data') ? await withData(project, problems, context) : { problems, status: 0 as const };
  const names = args.length === 0 ? project.jobNames : args;
  return worst([
    report(
      found.problems,
      { strict, what: names.join('、') || project.settings.file, nodes: await withNodes(project, args, context) },
      context,
    ),
    found.status,
  ]);
};

/** How the job files here compare with those of the nodes at work. `asked` false: the ledger cannot be reached from here. */
interface Compared {
  readonly asked: boolean;
  readonly differences: readonly JobDifference[];
}

const nodesInWords = ({ asked, differences }: Compared): readonly Text[] =>
  asked
    ? differenceLines(differences)
    : [
        {
          zh: '  账本从这里连不上,没有和别的节点比较任务文件',
          en: '  the ledger cannot be reached from here: job files were not compared with other nodes',
        },
      ];

/** No fault of these files, so no finding: a change that is checked before it goes everywhere is a difference, too. */
const withNodes = async (
  project: ReturnType<Context['project']>,
  only: readonly string[],
  context: Context,
): Promise<Compared | null> => {
  if (project.settings.ledger.is !== 'postgres' || context.sandbox) return null;
  const upkeep = await (await context.app(project)).upkeep();
  const others = await upkeep.nodes();
  if (others === null) return { asked: false, differences: [] };
  const here = { name: HERE, jobs: hashJobFiles(project) };
  const atWork = others.filter(({ atWork: is }) => is);
  const differences = jobDifferences([here, ...atWork]);
  return { asked: true, differences: differences.filter(({ job }) => only.length === 0 || only.includes(job)) };
};

/** Runs the sources of the sound jobs and makes their messages; a source that fails is exit 1. */
const withData = async (
  project: ReturnType<Context['project']>,
  problems: readonly Problem[],
  context: Context,
): Promise<{ problems: Problem[]; status: ExitStatus }> => {
  const app = await context.app(project);
  const found = [...problems];
  let status: ExitStatus = 0;
  for (const job of project.jobs) {
    if (problems.some((problem) => isError(problem) && problem.at?.file === job.file)) continue;
    try {
      const prepared = await prepare(
        job,
        { due: context.clock.now(), run: null, test: false, force: true },
        app.preparation(),
      );
      const example = prepared.is === 'skipped' ? null : await exampleOf(prepared);
      found.push(...(example?.warnings ?? []));
    } catch (error) {
      if (!(error instanceof LarkcronError)) throw error;
      if (error.status === 1) status = 1;
      const at = { file: job.file, line: 1, column: 1 };
      found.push(
        ...(error.problems.length > 0
          ? error.problems
          : [{ code: error.code, ...error.explanation, severity: 'error' as const, at, path: null }]),
      );
    }
  }
  return { problems: withoutRepeats(found), status };
};
