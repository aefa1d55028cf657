-- Facts from the books. Their rows come by the hundred thousand in one statement: what is said of a limit is reckoned for
-- all targets at once, and a lowering that the books report is taken in, as a payment is, when its deviation stands beside it.

create or replace function claims_book_commitment_rows() returns trigger language plpgsql as $$
declare
  days date[];
  r record;
begin
  perform claims_require_isolation();
  select array_agg(distinct booked_on) into days from fresh;
  perform claims_require_open(days);
  if exists (
    select from fresh f join claims_commitmentrow o on o.id = f.reverses_id
     where o.reverses_id is not null or (o.commitment_id, o.envelope_id, o.kind, o.amount)
           is distinct from (f.commitment_id, f.envelope_id, f.kind, f.amount)) then
    perform claims_refuse('reversal_mirrors', 'a reversal mirrors its row');
  end if;
  if exists (
    select from fresh f join claims_commitment k on k.id = f.commitment_id join claims_envelope e on e.id = f.envelope_id
     where f.reverses_id is null and f.origin <> 'take-on' and not case
       when f.kind = 'sign' then e.year = extract(year from k.signed_on)
       when f.kind in ('raise', 'revalue-up') then e.year = extract(year from f.booked_on)
       else e.year <= extract(year from f.booked_on) end) then
    perform claims_refuse('commitment_own_year', 'a commitment counts in the year of signing');
  end if;

  perform claims_take_totals(
    (select array_agg(distinct envelope_id) from fresh),
    (select array_agg(distinct k.line_id) from fresh f join claims_commitment k on k.id = f.commitment_id),
    (select array_agg(distinct commitment_id) from fresh));

  for r in
    update claims_envelopetotal t set committed = t.committed + x.amount
      from (select envelope_id, sum(signed) as amount from fresh group by envelope_id) x
     where t.envelope_id = x.envelope_id
    returning t.*
  loop
    perform claims_check_envelope_commitments(r.envelope_id, r.committed, r.budget_commitment, r.authorised_commitment,
      f.entered, f.reported, f.last_day, f.vouchers, f.grounded)
    from (select coalesce(sum(x.signed) filter (where x.origin = 'user'), 0) as entered,
                 coalesce(sum(x.signed) filter (where x.origin = 'books'), 0) as reported,
                 max(x.booked_on) as last_day, array_agg(distinct x.voucher::text) as vouchers,
                 bool_and(k.ground_on is not null or x.signed < 0) as grounded
            from fresh x join claims_commitment k on k.id = x.commitment_id where x.envelope_id = r.envelope_id) f;
  end loop;

  for r in
    update claims_linetotal t set committed = t.committed + x.amount
      from (select k.line_id, sum(f.signed) as amount from fresh f join claims_commitment k on k.id = f.commitment_id
             group by k.line_id) x
     where t.line_id = x.line_id
    returning t.*
  loop
    perform claims_check_line_commitments(r.line_id, r.committed, r.granted, f.entered, f.reported, f.last_day, f.vouchers)
    from (select coalesce(sum(x.signed) filter (where x.origin = 'user'), 0) as entered,
                 coalesce(sum(x.signed) filter (where x.origin = 'books'), 0) as reported,
                 max(x.booked_on) as last_day, array_agg(distinct x.voucher::text) as vouchers
            from fresh x join claims_commitment k on k.id = x.commitment_id where k.line_id = r.line_id) f;
  end loop;

  update claims_commitmenttotal t set committed = t.committed + x.amount
    from (select commitment_id, sum(signed) as amount from fresh group by commitment_id) x
   where t.commitment_id = x.commitment_id;
  for r in
    select t.commitment_id, t.paid, t.committed, f.entered, f.lowered, f.vouchers
      from claims_commitmenttotal t join (
        select commitment_id, bool_or(origin <> 'books') as entered, -sum(signed) as lowered,
               array_agg(distinct voucher::text) as vouchers
          from fresh group by commitment_id having sum(signed) < 0) f using (commitment_id)
     where t.paid > t.committed
  loop
    if r.entered then
      perform claims_refuse('limit_commitment', 'more would be paid than committed');
    elsif claims_deviated_by(r.vouchers, 'commitment', r.commitment_id) < least(r.lowered, r.paid - r.committed) then
      perform claims_refuse('books_deviation', 'a fact above a limit needs its deviation');
    end if;
  end loop;

  for r in
    select distinct on (c.id) c.id, c.state, c.round, f.recorded_by_id, f.recorded_at, f.booked_on
      from fresh f join claims_commitment k on k.id = f.commitment_id join claims_claimline l on l.id = k.line_id
      join claims_claim c on c.id = l.claim_id where c.state in ('granted', 'partly-granted') and f.signed > 0
     order by c.id
  loop
    insert into claims_step
      (public_id, claim_id, round, kind, from_state, to_state, by_id, at, booked_on, remark, digest)
    values (gen_random_uuid(), r.id, r.round, 'start', r.state, 'running', r.recorded_by_id, r.recorded_at, r.booked_on, '',
            claims_digest(r.id));
  end loop;
  return null;
end $$;

create or replace function claims_book_payments() returns trigger language plpgsql as $$
declare
  days date[];
  r record;
begin
  perform claims_require_isolation();
  select array_agg(distinct booked_on) into days from fresh;
  perform claims_require_open(days);
  if exists (select from fresh where reverses_id is not null) then
    if exists (
      select from fresh f join claims_payment o on o.id = f.reverses_id
       where o.reverses_id is not null
          or (o.commitment_id, o.envelope_id, o.kind, o.amount, o.currency, o.foreign_amount, o.rate)
             is distinct from (f.commitment_id, f.envelope_id, f.kind, f.amount, f.currency, f.foreign_amount, f.rate)) then
      perform claims_refuse('reversal_mirrors', 'a reversal mirrors its row');
    end if;
    if exists (select from fresh f join claims_writeoff w on w.advance_id = f.reverses_id
                group by w.advance_id having sum(w.signed) > 0) then
      perform claims_refuse('advance_written_off', 'the advance is written off already');
    end if;
  end if;
  if exists (
    select from fresh f join claims_envelope e on e.id = f.envelope_id
     where f.reverses_id is null and f.origin <> 'take-on'
       and e.year not in (extract(year from f.paid_on), extract(year from f.booked_on))) then
    perform claims_refuse('payment_own_year', 'a payment takes the cash of its own year');
  end if;

  perform claims_take_totals(
    (select array_agg(distinct envelope_id) from fresh),
    (select array_agg(distinct k.line_id) from fresh f join claims_commitment k on k.id = f.commitment_id),
    (select array_agg(distinct commitment_id) from fresh));

  update claims_envelopetotal t set paid = t.paid + x.amount
    from (select envelope_id, sum(signed) as amount from fresh group by envelope_id) x
   where t.envelope_id = x.envelope_id;
  for r in
    with above as (
      select f.*, t.paid, t.budget_cash + claims_valid_raise(f.envelope_id, null, 'envelope-cash', f.last_day) as room
        from (select envelope_id, coalesce(sum(signed) filter (where origin = 'user'), 0) as entered,
                     coalesce(sum(signed) filter (where origin = 'books'), 0) as reported, max(booked_on) as last_day
                from fresh group by envelope_id) f
        join claims_envelopetotal t on t.envelope_id = f.envelope_id and t.paid > t.budget_cash),
    said as (
      select envelope_id, sum(amount) as amount from claims_deviation
       where kind = 'envelope-cash' and envelope_id in (select envelope_id from above)
         and voucher in (select voucher from fresh where origin = 'books') group by envelope_id)
    select a.paid - a.room as excess, a.entered, a.reported, coalesce(s.amount, 0) as deviated
      from above a left join said s using (envelope_id) where a.paid > a.room
  loop
    if r.entered > 0 then
      perform claims_refuse('limit_envelope_cash', 'more would be paid than there is room for');
    elsif r.reported > 0 and r.deviated < least(r.reported, r.excess) then
      perform claims_refuse('books_deviation', 'a fact above a limit needs its deviation');
    end if;
  end loop;

  update claims_linetotal t set paid = t.paid + x.amount
    from (select k.line_id, sum(f.signed) as amount from fresh f join claims_commitment k on k.id = f.commitment_id
           group by k.line_id) x
   where t.line_id = x.line_id;

  update claims_commitmenttotal t set paid = t.paid + x.amount, advanced = t.advanced + x.advanced
    from (select commitment_id, sum(signed) as amount, coalesce(sum(signed) filter (where kind = 'advance'), 0) as advanced
            from fresh group by commitment_id) x
   where t.commitment_id = x.commitment_id;
  for r in
    with above as (
      select f.*, t.paid, t.committed
        from (select commitment_id, coalesce(sum(signed) filter (where origin = 'user'), 0) as entered,
                     coalesce(sum(signed) filter (where origin = 'books'), 0) as reported
                from fresh group by commitment_id) f
        join claims_commitmenttotal t on t.commitment_id = f.commitment_id and t.paid > t.committed),
    said as (
      select commitment_id, sum(amount) as amount from claims_deviation
       where kind = 'commitment' and commitment_id in (select commitment_id from above)
         and voucher in (select voucher from fresh where origin = 'books') group by commitment_id)
    select a.paid - a.committed as excess, a.entered, a.reported, coalesce(s.amount, 0) as deviated
      from above a left join said s using (commitment_id)
  loop
    if r.entered > 0 then
      perform claims_refuse('limit_commitment', 'more would be paid than there is room for');
    elsif r.reported > 0 and r.deviated < least(r.reported, r.excess) then
      perform claims_refuse('books_deviation', 'a fact above a limit needs its deviation');
    end if;
  end loop;
  return null;
end $$;

drop function claims_check_cash(text, bigint, numeric, numeric, numeric, numeric, text[], text);

-- A total that says nothing may be made by anyone: who takes the totals in advance makes those that are not there yet.
create or replace function claims_guard_total() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 and not (tg_op = 'INSERT' and not exists (
      select from jsonb_each_text(to_jsonb(new) - array['envelope_id', 'line_id', 'commitment_id']) where value::numeric <> 0)) then
    raise exception 'totals are written by the rows they are made of' using errcode = '23514', constraint = 'total_by_rows';
  end if;
  return coalesce(new, old);
end $$;

-- The conditions are those of the vouchers' own indexes, so that a deviation costs no look at every payment.
create or replace function claims_check_deviation() returns trigger language plpgsql as $$
begin
  if not exists (select from claims_payment
                  where voucher = new.voucher and origin = 'books' and voucher <> '' and reverses_id is null)
     and not exists (select from claims_commitmentrow
                      where voucher = new.voucher and origin = 'books' and voucher <> '' and reverses_id is null) then
    perform claims_refuse('deviation_of_fact', 'a deviation belongs to a fact from the books');
  end if;
  return null;
end $$;

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
