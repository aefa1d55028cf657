-- Files that wait to be taken in --------------------------------------------------------------------------------------

alter table claims_booksfile add constraint books_file_digest_true check (
  content is null or digest = encode(sha256(content), 'hex') and size = octet_length(content));

create function claims_guard_books_file() returns trigger language plpgsql as $$
declare
  free text[] := array['content', 'answers', 'done_by_id', 'done_at', 'taken_in', 'new', 'recognised', 'deviations'];
begin
  if tg_op = 'DELETE' or old.done_at is not null or to_jsonb(new) - free is distinct from to_jsonb(old) - free
     or new.done_at is null and new.content is distinct from old.content then
    perform claims_refuse('books_file_once', 'a file is taken in or put away once, never changed');
  end if;
  return new;
end $$;

create trigger claims_guard_books_file before update or delete on claims_booksfile
  for each row execute function claims_guard_books_file();

-- Reconciliation ------------------------------------------------------------------------------------------------------

create trigger append_only before update or delete on claims_bookstotal for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_reconciliation for each row execute function claims_append_only();

-- What was booked in a month per series and activity number: ours, and what the books said last.
create function claims_reconciliation_lines(of_month date)
  returns table (series varchar, activity_number varchar, ours numeric, books numeric, explanation varchar, source varchar)
language sql stable as $$
  with ours as (
    select 'cash'::varchar as series, l.activity_number, sum(p.signed) as amount
      from claims_payment p join claims_commitment k on k.id = p.commitment_id join claims_claimline l on l.id = k.line_id
     where p.booked_on >= of_month and p.booked_on < of_month + interval '1 month' group by l.activity_number
    union all
    select 'commitment', l.activity_number, sum(r.signed)
      from claims_commitmentrow r join claims_commitment k on k.id = r.commitment_id join claims_claimline l on l.id = k.line_id
     where r.booked_on >= of_month and r.booked_on < of_month + interval '1 month' group by l.activity_number),
  said as (
    select distinct on (b.series, b.activity_number) b.series, b.activity_number, b.amount, b.explanation, b.source
      from claims_bookstotal b where b.month = of_month order by b.series, b.activity_number, b.id desc)
  select coalesce(o.series, s.series), coalesce(o.activity_number, s.activity_number), coalesce(o.amount, 0), s.amount,
         coalesce(s.explanation, ''), coalesce(s.source, '')
    from ours o full join said s on s.series = o.series and s.activity_number = o.activity_number
   order by 1, 2
$$;

create function claims_check_reconciliation() returns trigger language plpgsql as $$
begin
  if exists (select from claims_payment where recorded_by_id = new.signed_by_id
                and booked_on >= new.month and booked_on < new.month + interval '1 month')
     or exists (select from claims_commitmentrow where recorded_by_id = new.signed_by_id
                   and booked_on >= new.month and booked_on < new.month + interval '1 month') then
    perform claims_refuse('reconciliation_four_eyes', 'who booked does not sign off');
  end if;
  if exists (select from claims_reconciliation_lines(new.month) x where coalesce(x.books, 0) <> x.ours and btrim(x.explanation) = '') then
    perform claims_refuse('reconciliation_explained', 'a difference is explained before the month is signed off');
  end if;
  return new;
end $$;

create trigger claims_check_reconciliation before insert on claims_reconciliation
  for each row execute function claims_check_reconciliation();
