-- Times are integer milliseconds UTC. Table by table: docs/decisions/0004.
create table meta (
  project text not null,
  seed text not null,
  -- when a `tick` last ran
  ticked_at integer
);

create table processes (
  id text primary key,
  host text not null,
  boot text not null,
  pidns text not null,
  pid integer not null,
  pid_start text not null,
  version text not null,
  entered_at integer not null,
  beat_at integer not null
);

create table jobs (
  name text primary key,
  spec text,
  spec_hash text,
  paused_until integer,
  paused_reason text,
  baseline text,
  baseline_due integer,
  seen_at integer not null
);

create table cursors (
  job text not null,
  fingerprint text not null,
  through integer not null,
  seen_at integer not null,
  primary key (job, fingerprint)
) without rowid;

create table runs (
  id text primary key,
  kind text not null,
  job text,
  once_key text,
  due_at integer,
  not_before integer not null,
  trigger text not null,
  own_audience integer not null,
  state text not null,
  reason text,
  owner text,
  tries integer not null default 0,
  created_at integer not null,
  started_at integer,
  finished_at integer,
  deadline_at integer,
  deliver_until integer not null,
  priority integer not null,
  spec_hash text,
  candidate_baseline text,
  recall integer not null default 0,
  -- what a notice says, or what `send` sends: kept until it is frozen into contents
  request text,
  -- the incident step of this run was taken
  counted integer not null default 0
);
create unique index runs_once on runs (coalesce(job, ''), once_key) where once_key is not null;
create unique index runs_one_running on runs (job) where state = 'running' and once_key is not null;
create index runs_open on runs (priority, not_before) where state in ('pending', 'running', 'delivering');
create index runs_by_job on runs (job, created_at desc);
create index runs_by_time on runs (created_at desc);

create table missed_spans (
  id integer primary key,
  job text not null,
  since integer not null,
  until integer not null,
  count integer not null,
  why text not null,
  noted_at integer not null
);
create index missed_spans_by_job on missed_spans (job, since);

create table contents (
  hash text primary key,
  msg_type text not null,
  body text not null
) without rowid;

create table deliveries (
  id text primary key,
  run text not null references runs (id) on delete cascade,
  recipient text not null,
  target_type text not null,
  target text not null,
  app text not null,
  part integer not null,
  generation integer not null,
  kind text not null,
  content text not null references contents (hash),
  uuid text not null,
  state text not null,
  settled integer not null default 0,
  not_before integer not null,
  deliver_until integer not null,
  owner text,
  tries integer not null default 0,
  max_tries integer not null,
  first_unsure_at integer,
  chat_id text,
  message_id text,
  code integer,
  http integer,
  fault text,
  log_id text,
  message text,
  delivered_at integer,
  recalled_at integer,
  reason text,
  unique (run, recipient, part, generation)
);
create unique index deliveries_message on deliveries (app, message_id) where message_id is not null;
create index deliveries_open on deliveries (app, not_before) where state in ('queued', 'retrying', 'unknown') and settled = 0;
create index deliveries_sending on deliveries (owner) where state = 'sending';

create table attempts (
  id text primary key,
  delivery text not null references deliveries (id) on delete cascade,
  n integer not null,
  begun_at integer not null,
  -- the same instant in Feishu's time, as far as known: its memory of a uuid counts from here
  begun_feishu integer not null,
  ended_at integer,
  outcome text,
  http integer,
  code integer,
  log_id text
);
create index attempts_by_delivery on attempts (delivery, n);

create table pace (
  key text primary key,
  -- the last 1000 slots of an app, oldest first, as JSON; null for a person or a group
  ring text,
  next_at integer not null default 0,
  blocked_until integer not null default 0,
  window_ms integer
) without rowid;

create table app_gates (
  app text primary key,
  state text not null,
  code integer,
  probe_at integer
) without rowid;

create table tokens (
  app text primary key,
  token text,
  expires_at integer not null default 0,
  -- until then one process is asking for a new one, and the others wait
  refresh_until integer not null default 0,
  refresh_by text
) without rowid;

create table incidents (
  id integer primary key,
  subject text not null,
  state text not null,
  opened_at integer not null,
  opened_due integer not null,
  last_due integer not null,
  closed_at integer,
  count integer not null,
  run text not null,
  tell text not null
);
create unique index incidents_open on incidents (subject) where state = 'open';

create table directory (
  app text not null,
  ref text not null,
  open_id text,
  chat_id text,
  seen_at integer not null,
  primary key (app, ref)
) without rowid;

create table uploads (
  app text not null,
  hash text not null,
  key text not null,
  uploaded_at integer not null,
  primary key (app, hash)
) without rowid;

create table anchors (
  job text not null,
  key text not null,
  recipient text not null,
  delivery text not null,
  due_at integer not null,
  primary key (job, key, recipient)
) without rowid;
