-- Languages and skills that an import knows of a prompt: tasks of it need them unless they name their own.
alter table prompt add tags text[] not null default '{}';
