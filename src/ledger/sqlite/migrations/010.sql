-- `daemon`: `larkcron start`, which stays; every other program comes and goes
alter table processes add column role text not null default 'command';
