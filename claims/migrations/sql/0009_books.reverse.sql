drop trigger claims_check_reconciliation on claims_reconciliation;
drop function claims_check_reconciliation();
drop function claims_reconciliation_lines(date);
drop trigger append_only on claims_reconciliation;
drop trigger append_only on claims_bookstotal;
drop trigger claims_guard_books_file on claims_booksfile;
drop function claims_guard_books_file();
alter table claims_booksfile drop constraint books_file_digest_true;

create function claims_check_cash(
  of_kind text, of_id bigint, used numeric, room numeric, entered numeric, reported numeric, vouchers text[], rule text)
returns void language plpgsql as $$
begin
  if entered > 0 and used > room then
    perform claims_refuse(rule, 'more would be paid than there is room for');
  end if;
  if reported > 0 and used > room and claims_deviated_by(vouchers, of_kind, of_id) < least(reported, used - room) then
    perform claims_refuse('books_deviation', 'a fact above a limit needs its deviation');
  end if;
end $$;

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
  if exists (select from claims_commitmenttotal t join (select distinct commitment_id from fresh where signed < 0) f
               using (commitment_id) where t.paid > t.committed) then
    perform claims_refuse('limit_commitment', 'more would be paid than committed');
  end if;

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

  for r in
    update claims_envelopetotal t set paid = t.paid + x.amount
      from (select envelope_id, sum(signed) as amount from fresh group by envelope_id) x
     where t.envelope_id = x.envelope_id
    returning t.*
  loop
    perform claims_check_cash('envelope-cash', r.envelope_id, r.paid,
      r.budget_cash + claims_valid_raise(r.envelope_id, null, 'envelope-cash', f.last_day), f.entered, f.reported, f.vouchers,
      'limit_envelope_cash')
    from (select coalesce(sum(x.signed) filter (where x.origin = 'user'), 0) as entered,
                 coalesce(sum(x.signed) filter (where x.origin = 'books'), 0) as reported,
                 max(x.booked_on) as last_day, array_agg(distinct x.voucher::text) as vouchers
            from fresh x where x.envelope_id = r.envelope_id) f;
  end loop;

  update claims_linetotal t set paid = t.paid + x.amount
    from (select k.line_id, sum(f.signed) as amount from fresh f join claims_commitment k on k.id = f.commitment_id
           group by k.line_id) x
   where t.line_id = x.line_id;

  for r in
    update claims_commitmenttotal t set paid = t.paid + x.amount, advanced = t.advanced + x.advanced
      from (select commitment_id, sum(signed) as amount, coalesce(sum(signed) filter (where kind = 'advance'), 0) as advanced
              from fresh group by commitment_id) x
     where t.commitment_id = x.commitment_id
    returning t.*
  loop
    perform claims_check_cash('commitment', r.commitment_id, r.paid, r.committed, f.entered, f.reported, f.vouchers,
      'limit_commitment')
    from (select coalesce(sum(x.signed) filter (where x.origin = 'user'), 0) as entered,
                 coalesce(sum(x.signed) filter (where x.origin = 'books'), 0) as reported,
                 array_agg(distinct x.voucher::text) as vouchers
            from fresh x where x.commitment_id = r.commitment_id) f;
  end loop;
  return null;
end $$;

create or replace function claims_check_deviation() returns trigger language plpgsql as $$
begin
  if not exists (select from claims_payment where voucher = new.voucher and origin = 'books')
     and not exists (select from claims_commitmentrow where voucher = new.voucher and origin = 'books') then
    perform claims_refuse('deviation_of_fact', 'a deviation belongs to a fact from the books');
  end if;
  return null;
end $$;

create or replace function claims_guard_total() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'totals are written by the rows they are made of' using errcode = '23514', constraint = 'total_by_rows';
  end if;
  return coalesce(new, old);
end $$;
