-- What a task is for: work, a check whose right answers a lead knows, or a newcomer's first round of such checks.
alter table task add purpose text not null default 'rating' check (purpose in ('rating', 'gold', 'calibration'));
-- Languages and skills that whoever rates the task must have: lower case words.
alter table task add tags text[] not null default '{}';
-- The few tasks that are checks, whichever they are: each reviewer's own draw reads them all.
create index task_checks on task (project_id, purpose, id) where purpose <> 'rating';

-- The right answers, as a rating of the responses in the order of their positions would give them.
create table gold_answer (
    task_id     bigint primary key references task,
    answers     jsonb       not null,
    -- What a reviewer may be told afterwards.
    explanation text        not null,
    author_id   bigint      not null references account,
    created_at  timestamptz not null
);
