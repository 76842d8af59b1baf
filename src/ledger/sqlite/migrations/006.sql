-- telling at once that was refused for now is tried again from urge_at on; urge_code: what Feishu said then
alter table deliveries add column urge_at integer;
alter table deliveries add column urge_code integer;

-- taking back that failed for now is tried again from recall_at on; recall_since: when it first did
alter table deliveries add column recall_at integer;
alter table deliveries add column recall_since integer;
