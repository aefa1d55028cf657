-- Work on large files from the books ----------------------------------------------------------------------------------

create or replace function claims_guard_books_file() returns trigger language plpgsql as $$
declare
  free text[] := array['content', 'answers', 'large', 'done_by_id', 'done_at', 'taken_in', 'new', 'recognised', 'deviations'];
begin
  if tg_op = 'DELETE' or old.done_at is not null or to_jsonb(new) - free is distinct from to_jsonb(old) - free
     or new.done_at is null and new.content is distinct from old.content then
    perform claims_refuse('books_file_once', 'a file is taken in or put away once, never changed');
  end if;
  return new;
end $$;

-- What was asked stays as it was asked, and what is finished stays finished.
create function claims_guard_books_work() returns trigger language plpgsql as $$
declare
  free text[] := array['state', 'rows', 'outcome', 'problem'];
begin
  if tg_op = 'DELETE' or old.state in ('done', 'failed') or to_jsonb(new) - free is distinct from to_jsonb(old) - free then
    perform claims_refuse('books_work_once', 'work on a file is asked and finished once, never changed');
  end if;
  return new;
end $$;

create trigger claims_guard_books_work before update or delete on claims_bookswork
  for each row execute function claims_guard_books_work();
