-- What reward models say of the responses of open tasks, published by the run that trained each.
create table task_score (
    task_id     bigint           not null references task,
    version_id  bigint           not null references model_version,
    response_id bigint           not null references response,
    reward      double precision not null,
    primary key (task_id, version_id, response_id)
);
-- How a task was selected, so that estimates can keep to those that were taken at random: the coin is thrown once, before
-- any score is looked at, and stays.
alter table task add selection text check (selection in ('random', 'active'));
-- How unsure the models are of it, in bits; null while no model has scored it.
alter table task add selection_score double precision;
-- Its place among tasks of its priority; what no model has scored comes last.
alter table task add selection_rank int not null default 2147483647;
drop index task_queue;
create index task_queue on task (project_id, priority desc, selection_rank, id)
    where status = 'open' and purpose = 'rating';
