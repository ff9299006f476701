-- An answer that an import brought has no version of ours that wrote it; its digest keeps it single below its prompt.
alter table response alter version_id drop not null;
alter table response add digest bytea;
alter table response add import_id bigint;
alter table response add check ((version_id is null) = (import_id is not null));
create unique index response_of_import on response (prompt_id, digest) where digest is not null;

-- Which import brought it: no reference, for it would cost a look-up a row, and an import is never deleted.
alter table prompt add import_id bigint;
alter table pair add import_id bigint;
create unique index pair_of_import on pair (chosen_response_id, rejected_response_id) where source = 'import';
