import type { Context, Hono } from 'hono';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { App } from '../app.ts';
import type { PaceSeen } from '../ledger/browse.ts';
import type { Gate } from '../model/gate.ts';
import type { LogEvent } from '../model/log-event.ts';
import { type Ms, SECOND } from '../model/time.ts';
import { VERSION } from '../version.ts';
import { appOf, type Office } from './bind.ts';
import { lateness } from './rows.ts';
import { mayAsk } from './who.ts';

/** More open deliveries are not counted: the number is for alerts, and looking must stay quick. */
const MOST_COUNTED = 100_000;

const NO_JOB = '';

/** What a monitor is told: counts since the start of this process, and how things stand in the ledger now. */
export const createMetrics = () => {
  const registry = new Registry();
  const registers = [registry];
  const runs = new Counter({
    name: 'larkcron_runs_total',
    help: 'Runs that ended, by how they ended',
    labelNames: ['job', 'kind', 'state'],
    registers,
  });
  const tries = new Counter({
    name: 'larkcron_delivery_tries_total',
    help: "Tries of deliveries by how they ended and Feishu's code",
    labelNames: ['app', 'outcome', 'code'],
    registers,
  });
  const deliveries = new Counter({
    name: 'larkcron_deliveries_total',
    help: 'Deliveries that this process has seen arrive or be refused',
    labelNames: ['app', 'state', 'code'],
    registers,
  });
  const late = new Histogram({
    name: 'larkcron_run_lateness_seconds',
    help: 'From a due time to the beginning of its run',
    labelNames: ['job'],
    buckets: [0.5, 1, 2, 5, 10, 30, 90, 300, 900, 3600],
    registers,
  });
  const took = new Histogram({
    name: 'larkcron_delivery_seconds',
    help: 'How long Feishu took to answer a try',
    labelNames: ['app'],
    buckets: [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
    registers,
  });
  const paced = new Counter({
    name: 'larkcron_pace_refusals_total',
    help: 'Tries that Feishu refused for their pace; the pace is lowered and they are tried again',
    labelNames: ['app', 'pace'],
    registers,
  });
  const refreshed = new Counter({
    name: 'larkcron_token_refreshes_total',
    help: 'Tokens of an app that this process asked Feishu for: once in about two hours, and whether it got one',
    labelNames: ['app', 'outcome'],
    registers,
  });
  const queue = new Gauge({
    name: 'larkcron_queue_deliveries',
    help: 'Deliveries that are still to be sent or to be settled',
    labelNames: ['app', 'state'],
    registers,
  });
  const blocked = new Gauge({
    name: 'larkcron_pace_wait_seconds',
    help: 'How long an app still has to wait, as Feishu asked',
    labelNames: ['app'],
    registers,
  });
  const slots = new Gauge({
    name: 'larkcron_pace_used',
    help: "Sends of the last minute; Feishu's quota is 1000",
    labelNames: ['app'],
    registers,
  });
  const gates = new Gauge({
    name: 'larkcron_app_refused',
    help: '1 while Feishu refuses the app itself',
    labelNames: ['app', 'code'],
    registers,
  });
  const incidents = new Gauge({
    name: 'larkcron_incident_open',
    help: '1 for each job or app that fails now',
    labelNames: ['subject'],
    registers,
  });
  const arrived = new Gauge({
    name: 'larkcron_job_last_success_timestamp_seconds',
    help: 'When a message of the job last arrived at its own recipients',
    labelNames: ['job'],
    registers,
  });
  const broken = new Gauge({
    name: 'larkcron_job_broken',
    help: '1 for a job whose file has faults, so that it is not sent',
    labelNames: ['job'],
    registers,
  });
  const processes = new Gauge({
    name: 'larkcron_processes',
    help: 'Programs that work on this ledger',
    labelNames: ['role'],
    registers,
  });
  new Gauge({ name: 'larkcron_build_info', help: 'The version', labelNames: ['version'], registers }).set(
    { version: VERSION },
    1,
  );

  /** How things stand, read when somebody asks. All is read before any is set: several may ask at once. */
  const look = async (app: App, now: Ms): Promise<void> => {
    const { history, apps } = app.ledger();
    const open = await history.queue(MOST_COUNTED);
    const paces: { readonly name: string; readonly pace: PaceSeen; readonly gate: Gate | null }[] = [];
    for (const name of Object.keys(app.project.settings.apps))
      paces.push({ name, pace: await history.pace(name, 1), gate: await apps.gate(name) });
    const failing = await history.openIncidents();
    const last = await history.lastArrivals();
    const atWork = (await history.processes()).filter(({ alive }) => alive);

    for (const gauge of [queue, blocked, slots, gates, incidents, arrived, broken, processes]) gauge.reset();
    for (const { app: name, state, count } of open) queue.set({ app: name, state }, count);
    for (const { name, pace, gate } of paces) {
      blocked.set({ app: name }, Math.max(0, pace.blockedUntil - now) / SECOND);
      slots.set({ app: name }, pace.slots.length);
      if (gate !== null) gates.set({ app: name, code: String(gate.code ?? '') }, 1);
    }
    for (const { subject } of failing) incidents.set({ subject }, 1);
    const sound = new Set(app.project.jobs.map(({ name }) => name));
    for (const name of app.project.jobNames) {
      const at = last.get(name);
      if (at !== undefined) arrived.set({ job: name }, at / SECOND);
      broken.set({ job: name }, sound.has(name) ? 0 : 1);
    }
    for (const role of ['daemon', 'command'] as const)
      processes.set({ role }, atWork.filter((each) => each.role === role).length);
  };

  return {
    watch: (event: LogEvent): void => {
      switch (event.event) {
        case 'run.started': {
          const ms = lateness(event.run);
          if (ms !== null) late.observe({ job: event.run.job ?? NO_JOB }, ms / SECOND);
          return;
        }
        case 'run.ended':
          runs.inc({ job: event.run.job ?? NO_JOB, kind: event.run.kind, state: event.run.state });
          return;
        case 'delivery.tried': {
          const { delivery, outcome, tookMs } = event;
          const { app } = delivery;
          const code = outcome.code === null ? '' : String(outcome.code);
          tries.inc({ app, outcome: outcome.is, code });
          took.observe({ app }, tookMs / SECOND);
          if (outcome.is === 'delivered' || outcome.is === 'rejected') deliveries.inc({ app, state: outcome.is, code });
          if (outcome.is === 'retry' && outcome.pace !== null) paced.inc({ app, pace: outcome.pace });
          return;
        }
        case 'token.asked':
          refreshed.inc({ app: event.app, outcome: event.refused === null ? 'ok' : 'refused' });
          return;
        default:
      }
    },
    text: async (app: App, now: Ms): Promise<string> => {
      await look(app, now);
      return registry.metrics();
    },
    type: registry.contentType,
  };
};

export type Metrics = ReturnType<typeof createMetrics>;

/** `/metrics`, for whoever has a token: a monitor sends it as a bearer. */
export const bindMetrics = (hono: Hono, office: Office, metrics: Metrics): void => {
  hono.get('/metrics', async (c: Context) => {
    const app = appOf(office);
    mayAsk(await office.who(c), 'viewer', c);
    const text = await metrics.text(app, office.clock.now());
    return c.body(text, 200, { 'content-type': metrics.type, 'cache-control': 'no-store' });
  });
};
