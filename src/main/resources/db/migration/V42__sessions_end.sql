-- Counts how often all sessions of the account were ended: a session names the number that it began with.
alter table account add sessions_ended int not null default 0;
