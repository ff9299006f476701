-- The project of an assignment's task, which never changes: how far a reviewer is in a project is read with each rating.
alter table assignment add project_id bigint;
update assignment a set project_id = t.project_id from task t where t.id = a.task_id;
alter table assignment alter project_id set not null;

drop index assignment_by_account;
create index assignment_by_account on assignment (account_id, project_id, status, finished_at);
