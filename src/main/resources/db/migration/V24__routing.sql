-- Who is given which task. An assigned task goes to the accounts and groups named here and to nobody else: where its
-- group was deleted it waits for a lead, it is not opened to all.
alter table task add assigned boolean not null default false;
create table task_account (
    task_id    bigint not null references task,
    account_id bigint not null references account,
    primary key (task_id, account_id)
);
create table task_group (
    task_id  bigint not null references task,
    group_id bigint not null references reviewer_group on delete cascade,
    primary key (task_id, group_id)
);
create index task_group_by_group on task_group (group_id);
-- Checks are drawn apart and never stand in the queue.
drop index task_queue;
create index task_queue on task (project_id, priority desc, id) where status = 'open' and purpose = 'rating';

-- What a project's lead sets of its queue; a project without a row has none of it.
create table routing (
    project_id           bigint primary key references project,
    -- Share of what a reviewer is given that is gold.
    gold_rate            double precision not null check (gold_rate between 0 and 0.5),
    -- Whether a reviewer is told after a gold task what was expected.
    gold_feedback        boolean          not null,
    -- Tasks of the first round; 0 for none.
    calibration_tasks    int              not null check (calibration_tasks between 0 and 100),
    calibration_accuracy double precision not null check (calibration_accuracy between 0 and 1),
    -- Share of the scored tasks that are taken at random, so that estimates stay unbiased.
    random_share         double precision not null check (random_share between 0 and 1)
);

-- How far each reviewer is with the calibration round.
create table calibration (
    project_id bigint      not null references project,
    account_id bigint      not null references account,
    status     text        not null check (status in ('running', 'passed', 'failed')),
    attempt    int         not null check (attempt >= 1),
    -- Checks that were finished since belong to this attempt.
    started_at timestamptz not null,
    accuracy   double precision,
    decided_at timestamptz,
    -- The lead who let the reviewer through; null where the answers decided.
    decided_by bigint references account,
    primary key (project_id, account_id)
);
