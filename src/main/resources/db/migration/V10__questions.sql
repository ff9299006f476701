-- What reviewers are told and asked, in versions: an assignment and its rating name the one that they answer.
create table instructions (
    project_id bigint      not null references project,
    version    int         not null check (version >= 1),
    guidelines text        not null,
    questions  jsonb       not null,
    -- What changed, in the words of who changed it.
    note       text        not null,
    author_id  bigint references account,
    created_at timestamptz not null,
    primary key (project_id, version)
);
insert into instructions (project_id, version, guidelines, questions, note, created_at)
select id, guidelines_version, guidelines, '[
  {"kind": "preference", "name": "preference", "title": "Which answer is better?", "help": "", "required": true,
   "tie": true, "bothBad": true},
  {"kind": "text", "name": "comment", "title": "Why?", "help": "A comment is optional", "required": false,
   "maxLength": 4000}]', 'First version', created_at
  from project;
alter table project rename column guidelines_version to instructions_version;
alter table project drop column guidelines;

-- A task has one response or more; an assignment shows them in an order of its own.
alter table assignment add shown bigint[];
update assignment set shown = array[left_response_id, right_response_id];
alter table assignment alter shown set not null;
alter table assignment drop column left_response_id;
alter table assignment drop column right_response_id;
alter table assignment rename column guidelines_version to instructions_version;

alter table rating add answers jsonb;
alter table rating add withdrawn boolean not null default false;
update rating set withdrawn = verdict = 'withdrawn',
       answers = case when verdict = 'withdrawn' then '{}' else
           jsonb_build_object('preference', jsonb_strip_nulls(
               jsonb_build_object('verdict', verdict, 'strength', strength))) end
           || case when comment is null then '{}' else jsonb_build_object('comment', comment) end;
alter table rating alter answers set not null;
alter table rating alter withdrawn drop default;
alter table rating drop column verdict;
alter table rating drop column strength;
alter table rating drop column comment;
alter table rating rename column guidelines_version to instructions_version;
