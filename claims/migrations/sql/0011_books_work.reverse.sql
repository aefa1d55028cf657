drop trigger claims_guard_books_work on claims_bookswork;
drop function claims_guard_books_work();

create or replace function claims_guard_books_file() returns trigger language plpgsql as $$
declare
  free text[] := array['content', 'answers', 'done_by_id', 'done_at', 'taken_in', 'new', 'recognised', 'deviations'];
begin
  if tg_op = 'DELETE' or old.done_at is not null or to_jsonb(new) - free is distinct from to_jsonb(old) - free
     or new.done_at is null and new.content is distinct from old.content then
    perform claims_refuse('books_file_once', 'a file is taken in or put away once, never changed');
  end if;
  return new;
end $$;
