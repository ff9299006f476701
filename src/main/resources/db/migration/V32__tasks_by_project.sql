-- Exports and lists walk a project's tasks in the order of their ids.
create index task_by_project on task (project_id, id);
