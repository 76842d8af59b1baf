import type { Job } from '../model/job.ts';
import type { OnFailure } from '../model/on-failure.ts';
import { type Recipient, recipientKey } from '../model/recipient.ts';
import type { App, Settings } from '../model/settings.ts';
import { documentUses, type Use, usesOf } from './scopes.ts';

/** Somebody whom an app writes to: a job's recipient, or an owner, who hears of its failures. */
export interface Addressed {
  readonly recipient: Recipient;
  readonly owner: boolean;
  readonly jobs: readonly string[];
}

/** What is to be asked about one app. */
export interface AppPlan {
  readonly app: App;
  /** with the jobs that need it */
  readonly uses: ReadonlyMap<Use, readonly string[]>;
  readonly recipients: readonly Addressed[];
}

/** The app that writes to the owner where no job is concerned. */
export const ownersApp = ({ apps }: Settings): App | null => apps['default'] ?? Object.values(apps)[0] ?? null;

/**
 * The apps that these jobs and the owner use, with all that is used of each. A job's failure is told to its own owner
 * (else the settings' one) by the job's own app: an open_id holds for one app only, so it is asked for each.
 */
export const planOf = (jobs: readonly Job[], settings: Settings): AppPlan[] => {
  const uses = new Map<string, Map<Use, string[]>>();
  const people = new Map<string, Map<string, { recipient: Recipient; owner: boolean; jobs: string[] }>>();
  const add = (app: string, recipient: Recipient, job: string | null, owner: boolean): void => {
    const ofApp = people.get(app) ?? new Map();
    people.set(app, ofApp);
    const key = recipientKey(recipient);
    const known = ofApp.get(key) ?? { recipient, owner: false, jobs: [] };
    if (job !== null && !known.jobs.includes(job)) known.jobs.push(job);
    ofApp.set(key, { ...known, owner: known.owner || owner });
  };
  const addUse = (app: string, use: Use, job: string): void => {
    const ofApp = uses.get(app) ?? new Map<Use, string[]>();
    uses.set(app, ofApp);
    const jobs = ofApp.get(use) ?? [];
    if (!jobs.includes(job)) ofApp.set(use, [...jobs, job]);
  };
  /** Who hears of failures, by each app that would tell them: they are asked about as an owner is. */
  const addHearers = (first: string, { notify, via }: OnFailure): void => {
    const tellers = via?.is === 'app' ? [first, via.app] : [first];
    for (const teller of tellers) for (const person of notify) add(teller, person, null, true);
  };
  for (const job of jobs) {
    const own = usesOf(job).map((use) => [job.app, use] as const);
    for (const [app, use] of [...own, ...documentUses(job)]) addUse(app, use, job.name);
    for (const recipient of job.to) add(job.app, recipient, job.name, false);
    const owner = job.owner ?? settings.owner;
    if (owner !== null) add(job.app, owner, null, true);
    addHearers(job.app, job.onFailure);
  }
  const app = ownersApp(settings);
  if (app !== null && jobs.length === 0) {
    if (settings.owner !== null) add(app.name, settings.owner, null, true);
    addHearers(app.name, settings.onFailure);
  }
  return Object.values(settings.apps).flatMap((each) => {
    const used = uses.get(each.name);
    const recipients = people.get(each.name);
    if (used === undefined && recipients === undefined && (jobs.length > 0 || each !== app)) return [];
    const sends = used ?? new Map<Use, string[]>([['send', []]]);
    return [{ app: each, uses: sends, recipients: [...(recipients?.values() ?? [])] }];
  });
};
