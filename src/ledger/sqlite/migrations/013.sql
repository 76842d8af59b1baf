-- what the console looks through. A job's runs by the time they stand for, with all that a day's counts need. By an
-- expression of its own: over `job` itself SQLite would take it where a smaller index is meant, and read a whole history
create index runs_by_day on runs (job || '', coalesce(due_at, created_at), state, own_audience, kind, started_at)
  where job is not null;
-- whom a message went to, and what did not arrive; ids rise with time
create index deliveries_by_recipient on deliveries (recipient, id);
create index deliveries_not_arrived on deliveries (state, id) where state in ('rejected', 'cancelled', 'unknown');
create index deliveries_by_code on deliveries (code, id) where code is not null and code <> 0;

-- what its sources gave, as JSON: dataset, rows, at, tookMs
alter table runs add column sources text;

-- who may speak to the console: of each token a SHA-256 is kept, never itself
create table access_tokens (
  id text primary key,
  name text not null,
  role text not null,
  hash text not null unique,
  created_at integer not null,
  used_at integer
) without rowid;

create table sessions (
  hash text primary key,
  token text not null references access_tokens (id) on delete cascade,
  created_at integer not null,
  expires_at integer not null
) without rowid;

-- who did what by the console, the API or with a token
create table audit (
  id integer primary key,
  at integer not null,
  who text not null,
  role text,
  what text not null,
  job text,
  run text,
  details text not null,
  outcome text not null
);
