-- The ledger's guard. Every row books itself into the totals of its envelope, line and commitment; the totals' own
-- constraints are the limits, so that no writer, by whatever way, passes them. Parents are always taken in the order
-- envelope, line, commitment, each by id: writers wait for each other and do not deadlock. What a user enters is refused
-- above a limit; what the books report is taken in when a deviation of at least the excess stands beside it.

create trigger append_only before update or delete on claims_mutation for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_stagereached for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_commitment for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_commitmentrow for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_payment for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_writeoff for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_planversion for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_planquarter for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_periodact for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_pooledsplit for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_splitpart for each row execute function claims_append_only();

-- Totals start at nothing, also for writers that name no column.
alter table claims_envelopetotal
  alter announced_commitment set default 0, alter announced_cash set default 0,
  alter budget_commitment set default 0, alter budget_cash set default 0,
  alter authorised_commitment set default 0, alter authorised_cash set default 0,
  alter granted_commitment set default 0, alter granted_cash set default 0,
  alter committed set default 0, alter paid set default 0,
  alter raised_commitment set default 0, alter raised_cash set default 0,
  alter deviated_commitment set default 0, alter deviated_cash set default 0;
alter table claims_linetotal
  alter granted set default 0, alter granted_cash set default 0, alter committed set default 0, alter paid set default 0,
  alter raised set default 0, alter deviated set default 0;
alter table claims_commitmenttotal
  alter committed set default 0, alter paid set default 0, alter advanced set default 0, alter written_off set default 0,
  alter deviated set default 0;

create function claims_guard_total() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'totals are written by the rows they are made of' using errcode = '23514', constraint = 'total_by_rows';
  end if;
  return coalesce(new, old);
end $$;

create trigger claims_guard_total before insert or update or delete on claims_envelopetotal
  for each row execute function claims_guard_total();
create trigger claims_guard_total before insert or update or delete on claims_linetotal
  for each row execute function claims_guard_total();
create trigger claims_guard_total before insert or update or delete on claims_commitmenttotal
  for each row execute function claims_guard_total();

-- Shared guards -------------------------------------------------------------------------------------------------------

create function claims_require_isolation() returns void language plpgsql as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'the ledger is written under read committed' using errcode = '23514', constraint = 'ledger_isolation';
  end if;
end $$;

-- A closed month takes no row. Closing takes the same lock alone, so that no row slips in while a month is closed.
create function claims_require_open(days date[]) returns void language plpgsql as $$
declare
  of_month date;
begin
  for of_month in select distinct date_trunc('month', d)::date from unnest(days) d order by 1 loop
    perform pg_advisory_xact_lock_shared(hashtext('claims_period'), (extract(epoch from of_month) / 86400)::integer);
    if (select closed from claims_periodact where month = of_month order by id desc limit 1) then
      raise exception 'the month of % is closed', of_month using errcode = '23514', constraint = 'period_open';
    end if;
  end loop;
end $$;

create function claims_check_period_act() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('claims_period'), (extract(epoch from new.month) / 86400)::integer);
  if coalesce((select closed from claims_periodact where month = new.month order by id desc limit 1), false) = new.closed then
    raise exception 'the month is that already' using errcode = '23514', constraint = 'period_changes';
  end if;
  return new;
end $$;

create trigger claims_check_period_act before insert on claims_periodact
  for each row execute function claims_check_period_act();

create function claims_valid_raise(of_envelope bigint, of_line bigint, of_kind text, on_day date) returns numeric
language sql stable as $$
  select coalesce(sum(amount), 0) from claims_limitraise
   where kind = of_kind and envelope_id is not distinct from of_envelope and line_id is not distinct from of_line
     and confirmed_at is not null and ended_at is null and ends_on >= on_day
$$;

create function claims_deviated_by(vouchers text[], of_kind text, of_id bigint) returns numeric language sql stable as $$
  select coalesce(sum(amount), 0) from claims_deviation
   where kind = of_kind and coalesce(envelope_id, line_id, commitment_id) = of_id and voucher = any(vouchers)
$$;

create function claims_refuse(rule text, message text) returns void language plpgsql as $$
begin
  raise exception '%', message using errcode = '23514', constraint = rule;
end $$;

-- Budget --------------------------------------------------------------------------------------------------------------

create function claims_check_mutation() returns trigger language plpgsql as $$
declare
  old_row claims_mutation;
begin
  if new.reverses_id is not null then
    select * into old_row from claims_mutation where id = new.reverses_id;
    if old_row.reverses_id is not null or (old_row.envelope_id, old_row.series, old_row.direction, old_row.amount)
       is distinct from (new.envelope_id, new.series, new.direction, new.amount) then
      perform claims_refuse('reversal_mirrors', 'a reversal mirrors its row');
    end if;
  end if;
  perform claims_require_open(array[new.booked_on]);
  return new;
end $$;

create trigger claims_check_mutation before insert on claims_mutation
  for each row execute function claims_check_mutation();

create function claims_book_stage() returns trigger language plpgsql as $$
declare
  m claims_mutation;
begin
  perform claims_require_isolation();
  select * into m from claims_mutation where id = new.mutation_id;
  if (select count(*) from claims_stagereached where mutation_id = m.id and id <> new.id)
     <> (case new.stage when 'announced' then 0 when 'processed' then 1 else 2 end) then
    perform claims_refuse('stage_in_order', 'stages are reached in order');
  end if;
  perform claims_require_open(array[new.reached_on]);
  insert into claims_envelopetotal (envelope_id) values (m.envelope_id) on conflict do nothing;
  update claims_envelopetotal t set
    announced_commitment = t.announced_commitment + case when m.series = 'commitment' then
      case new.stage when 'announced' then m.signed when 'processed' then -m.signed else 0 end else 0 end,
    announced_cash = t.announced_cash + case when m.series = 'cash' then
      case new.stage when 'announced' then m.signed when 'processed' then -m.signed else 0 end else 0 end,
    budget_commitment = t.budget_commitment + case when m.series = 'commitment' and new.stage = 'processed' then m.signed else 0 end,
    budget_cash = t.budget_cash + case when m.series = 'cash' and new.stage = 'processed' then m.signed else 0 end,
    authorised_commitment =
      t.authorised_commitment + case when m.series = 'commitment' and new.stage = 'authorised' then m.signed else 0 end,
    authorised_cash = t.authorised_cash + case when m.series = 'cash' and new.stage = 'authorised' then m.signed else 0 end
  where t.envelope_id = m.envelope_id;
  return null;
end $$;

create trigger claims_book_stage after insert on claims_stagereached for each row execute function claims_book_stage();

-- Grants --------------------------------------------------------------------------------------------------------------

create function claims_book_grants() returns trigger language plpgsql as $$
begin
  perform claims_require_isolation();
  insert into claims_envelopetotal as t (envelope_id, granted_commitment, granted_cash)
    select envelope_id, coalesce(sum(signed) filter (where series = 'commitment'), 0),
           coalesce(sum(signed) filter (where series = 'cash'), 0)
      from fresh group by envelope_id order by envelope_id
    on conflict (envelope_id) do update set granted_commitment = t.granted_commitment + excluded.granted_commitment,
      granted_cash = t.granted_cash + excluded.granted_cash;
  insert into claims_linetotal (line_id) select distinct line_id from fresh order by line_id on conflict do nothing;
  update claims_linetotal t set granted = t.granted + f.granted, granted_cash = t.granted_cash + f.cash
    from (select line_id, coalesce(sum(signed) filter (where series = 'commitment'), 0) as granted,
                 coalesce(sum(signed) filter (where series = 'cash'), 0) as cash
            from fresh group by line_id order by line_id) f
   where t.line_id = f.line_id;
  return null;
end $$;

create trigger claims_book_grants after insert on claims_grantentry
  referencing new table as fresh for each statement execute function claims_book_grants();

-- Takes the totals of envelopes, lines and commitments, in that order and each by id, making those that are not there.
create function claims_take_totals(envelopes bigint[], lines bigint[], commitments bigint[]) returns void
language plpgsql as $$
begin
  insert into claims_envelopetotal (envelope_id) select distinct unnest(envelopes) order by 1 on conflict do nothing;
  perform 1 from claims_envelopetotal where envelope_id = any(envelopes) order by envelope_id for no key update;
  insert into claims_linetotal (line_id) select distinct unnest(lines) order by 1 on conflict do nothing;
  perform 1 from claims_linetotal where line_id = any(lines) order by line_id for no key update;
  insert into claims_commitmenttotal (commitment_id) select distinct unnest(commitments) order by 1 on conflict do nothing;
  perform 1 from claims_commitmenttotal where commitment_id = any(commitments) order by commitment_id for no key update;
end $$;

-- Commitments ---------------------------------------------------------------------------------------------------------

create function claims_check_commitment() returns trigger language plpgsql as $$
begin
  if not exists (select from claims_linepartner
                  where line_id = new.line_id and partner_id = new.partner_id and role in ('recipient', 'administrator')) then
    perform claims_refuse('commitment_partner_of_line', 'the partner does not receive money in this line');
  end if;
  return new;
end $$;

create trigger claims_check_commitment before insert on claims_commitment
  for each row execute function claims_check_commitment();

create function claims_book_commitment_rows() returns trigger language plpgsql as $$
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

create function claims_check_envelope_commitments(
  of_id bigint, committed numeric, budget numeric, authorised numeric, entered numeric, reported numeric, on_day date,
  vouchers text[], grounded boolean) returns void language plpgsql as $$
declare
  widened numeric := claims_valid_raise(of_id, null, 'envelope-commitment', on_day);
begin
  if entered > 0 and committed > budget + widened then
    perform claims_refuse('limit_envelope_commitment', 'more would be committed than the envelope holds');
  end if;
  if entered > 0 and committed > authorised + widened and not grounded then
    perform claims_refuse('unauthorised_ground', 'the budget is not authorised yet');
  end if;
  if reported > 0 and committed > budget + widened and claims_deviated_by(vouchers, 'envelope-commitment', of_id)
     < least(reported, committed - budget - widened) then
    perform claims_refuse('books_deviation', 'a fact above a limit needs its deviation');
  end if;
end $$;

create function claims_check_line_commitments(
  of_id bigint, committed numeric, granted numeric, entered numeric, reported numeric, on_day date, vouchers text[])
returns void language plpgsql as $$
declare
  widened numeric := claims_valid_raise(null, of_id, 'line', on_day);
begin
  if entered > 0 and committed > granted + widened then
    perform claims_refuse('limit_line', 'more would be committed than was granted');
  end if;
  if reported > 0 and committed > granted + widened
     and claims_deviated_by(vouchers, 'line', of_id) < least(reported, committed - granted - widened) then
    perform claims_refuse('books_deviation', 'a fact above a limit needs its deviation');
  end if;
end $$;

create trigger claims_book_commitment_rows after insert on claims_commitmentrow
  referencing new table as fresh for each statement execute function claims_book_commitment_rows();

-- Payments ------------------------------------------------------------------------------------------------------------

create function claims_book_payments() returns trigger language plpgsql as $$
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

create trigger claims_book_payments after insert on claims_payment
  referencing new table as fresh for each statement execute function claims_book_payments();

-- Advances written off ------------------------------------------------------------------------------------------------

create function claims_book_write_offs() returns trigger language plpgsql as $$
begin
  perform claims_require_isolation();
  perform claims_require_open((select array_agg(distinct booked_on) from fresh));
  perform 1 from claims_payment where id in (select advance_id from fresh) order by id for no key update;
  if exists (select from fresh f join claims_writeoff o on o.id = f.reverses_id
              where o.reverses_id is not null or (o.advance_id, o.kind, o.amount)
                    is distinct from (f.advance_id, f.kind, f.amount)) then
    perform claims_refuse('reversal_mirrors', 'a reversal mirrors its row');
  end if;
  if exists (
    select from claims_payment p
     where p.id in (select advance_id from fresh)
       and (p.kind <> 'advance' or p.reverses_id is not null
            or (select coalesce(sum(w.signed), 0) from claims_writeoff w where w.advance_id = p.id)
               > case when exists (select from claims_payment q where q.reverses_id = p.id) then 0 else p.amount end)) then
    perform claims_refuse('write_off_within_advance', 'more would be written off than was advanced');
  end if;
  update claims_commitmenttotal t set written_off = t.written_off + f.amount
    from (select p.commitment_id, sum(x.signed) as amount from fresh x join claims_payment p on p.id = x.advance_id
           group by p.commitment_id order by p.commitment_id) f
   where t.commitment_id = f.commitment_id;
  return null;
end $$;

create trigger claims_book_write_offs after insert on claims_writeoff
  referencing new table as fresh for each statement execute function claims_book_write_offs();

-- Raises and deviations -----------------------------------------------------------------------------------------------

create function claims_book_raise() returns trigger language plpgsql as $$
declare
  free text[] := array['confirmed_by_id', 'confirmed_at', 'ended_by_id', 'ended_at'];
  change numeric := 0;
begin
  if tg_op = 'DELETE' then
    perform claims_refuse('append_only', 'a raise is taken back, not removed');
  end if;
  if tg_op = 'INSERT' then
    if new.confirmed_at is not null or new.ended_at is not null then
      perform claims_refuse('raise_confirmed_later', 'a raise is proposed before it is confirmed');
    end if;
    return new;
  end if;
  if to_jsonb(new) - free is distinct from to_jsonb(old) - free or old.ended_at is not null
     or old.confirmed_at is not null and new.confirmed_at is distinct from old.confirmed_at then
    perform claims_refuse('append_only', 'a raise is confirmed or taken back, never changed');
  end if;
  if new.confirmed_at is not null and old.confirmed_at is null and new.ended_at is null then change := new.amount; end if;
  if new.ended_at is not null and old.confirmed_at is not null then change := -new.amount; end if;
  if change <> 0 and new.kind = 'line' then
    insert into claims_linetotal (line_id) values (new.line_id) on conflict do nothing;
    update claims_linetotal set raised = raised + change where line_id = new.line_id;
  elsif change <> 0 then
    insert into claims_envelopetotal (envelope_id) values (new.envelope_id) on conflict do nothing;
    update claims_envelopetotal set
      raised_commitment = raised_commitment + case when new.kind = 'envelope-commitment' then change else 0 end,
      raised_cash = raised_cash + case when new.kind = 'envelope-cash' then change else 0 end
    where envelope_id = new.envelope_id;
  end if;
  return new;
end $$;

create trigger claims_book_raise before insert or update or delete on claims_limitraise
  for each row execute function claims_book_raise();

create function claims_book_deviation() returns trigger language plpgsql as $$
declare
  free text[] := array['explanation', 'explained_by_id', 'explained_at', 'owner_id', 'due_on'];
begin
  if tg_op = 'DELETE' or tg_op = 'UPDATE' and to_jsonb(new) - free is distinct from to_jsonb(old) - free then
    perform claims_refuse('append_only', 'a deviation is explained, never changed');
  end if;
  if tg_op = 'UPDATE' then return new; end if;
  if new.kind = 'line' then
    insert into claims_linetotal (line_id) values (new.line_id) on conflict do nothing;
    update claims_linetotal set deviated = deviated + new.amount where line_id = new.line_id;
  elsif new.kind = 'commitment' then
    insert into claims_commitmenttotal (commitment_id) values (new.commitment_id) on conflict do nothing;
    update claims_commitmenttotal set deviated = deviated + new.amount where commitment_id = new.commitment_id;
  else
    insert into claims_envelopetotal (envelope_id) values (new.envelope_id) on conflict do nothing;
    update claims_envelopetotal set
      deviated_commitment = deviated_commitment + case when new.kind = 'envelope-commitment' then new.amount else 0 end,
      deviated_cash = deviated_cash + case when new.kind = 'envelope-cash' then new.amount else 0 end
    where envelope_id = new.envelope_id;
  end if;
  return new;
end $$;

create trigger claims_book_deviation before insert or update or delete on claims_deviation
  for each row execute function claims_book_deviation();

-- A deviation says what a fact broke: without a row of that voucher from the books it would only widen a limit.
create function claims_check_deviation() returns trigger language plpgsql as $$
begin
  if not exists (select from claims_payment where voucher = new.voucher and origin = 'books')
     and not exists (select from claims_commitmentrow where voucher = new.voucher and origin = 'books') then
    perform claims_refuse('deviation_of_fact', 'a deviation belongs to a fact from the books');
  end if;
  return null;
end $$;

create constraint trigger claims_check_deviation after insert on claims_deviation
  deferrable initially deferred for each row execute function claims_check_deviation();

-- Pooled lines divided ------------------------------------------------------------------------------------------------

create function claims_check_split() returns trigger language plpgsql as $$
declare
  of_line bigint;
begin
  select line_id into of_line from claims_pooledsplit where id = new.split_id;
  if (select sum(amount) from claims_splitpart where split_id = new.split_id)
     is distinct from (select sum(commitment) from claims_lineyear where line_id = of_line)
     or exists (
       (select partner_id from claims_splitpart where split_id = new.split_id)
       except (select partner_id from claims_linepartner where line_id = of_line and role = 'recipient'))
     or exists (
       (select partner_id from claims_linepartner where line_id = of_line and role = 'recipient')
       except (select partner_id from claims_splitpart where split_id = new.split_id)) then
    perform claims_refuse('split_whole', 'a division names every recipient and adds up to the line');
  end if;
  return null;
end $$;

create constraint trigger claims_check_split after insert on claims_splitpart
  deferrable initially deferred for each row execute function claims_check_split();

-- What the workflow asks of the ledger --------------------------------------------------------------------------------

create or replace function claims_held_by_commitments(asked bigint)
  returns table (line_id bigint, envelope_id bigint, series varchar, amount numeric) language sql stable as $$
  with stands as (
    select g.line_id, g.envelope_id, g.series, g.amount, case g.series when 'commitment' then t.committed else t.paid end as used,
           coalesce(sum(g.amount) over (
             partition by g.line_id, g.series order by e.year, g.envelope_id
             rows between unbounded preceding and 1 preceding), 0) as before
      from claims_granted g join claims_claimline l on l.id = g.line_id join claims_envelope e on e.id = g.envelope_id
      left join claims_linetotal t on t.line_id = g.line_id
     where l.claim_id = asked)
  select line_id, envelope_id, series, greatest(0, least(amount, coalesce(used, 0) - before)) from stands
$$;

create or replace function claims_state_before(asked bigint, in_round integer) returns text language sql stable as $$
  select case when from_state in ('granted', 'partly-granted') and exists (
      select from claims_commitment k join claims_claimline l on l.id = k.line_id where l.claim_id = asked)
    then 'running' else from_state end
    from claims_step where claim_id = asked and kind = 'amend' and round = in_round
$$;

create or replace function claims_check_step() returns trigger language plpgsql as $$
declare
  c claims_claim;
  d claims_decision;
  submission bigint;
begin
  select * into c from claims_claim where id = new.claim_id for no key update;
  if c.state <> new.from_state or new.round <> c.round + (new.kind = 'amend')::integer then
    raise exception 'the claim is % by now', c.state using errcode = '23514', constraint = 'step_from_present_state';
  end if;
  if not claims_step_allowed(new.kind, new.from_state, new.to_state) then
    raise exception '% does not lead from % to %', new.kind, new.from_state, new.to_state
      using errcode = '23514', constraint = 'step_allowed';
  end if;
  if new.digest <> claims_digest(new.claim_id) then
    raise exception 'the content is not what was shown' using errcode = '23514', constraint = 'step_on_shown_content';
  end if;
  if new.kind in ('take-back', 'return', 'amend', 'drop', 'close', 'withdraw') and btrim(new.remark) = '' then
    raise exception '% wants a remark', new.kind using errcode = '23514', constraint = 'step_remark_given';
  end if;
  if new.kind in ('return', 'agree', 'decide') and new.by_id in (select person from claims_drafters(new.claim_id)) then
    raise exception 'who drafted does not check or decide' using errcode = '23514', constraint = 'step_four_eyes';
  end if;
  if new.kind = 'agree' then
    select id into submission from claims_step
     where claim_id = c.id and round = c.round and kind = 'submit' order by id desc limit 1;
    if (select count(*) from claims_approval a where a.submission_id = submission and a.digest = new.digest)
       < claims_approvals_needed(c.id) then
      raise exception 'not enough controllers agree' using errcode = '23514', constraint = 'step_approvals';
    end if;
  end if;
  if new.kind = 'drop' and new.to_state is distinct from claims_state_before(c.id, c.round) then
    raise exception 'dropping leads back to where the amendment began' using errcode = '23514', constraint = 'step_allowed';
  end if;
  if new.kind = 'withdraw' and c.round > 1 and new.from_state not in ('granted', 'partly-granted') then
    raise exception 'an amendment is dropped; the grant stands' using errcode = '23514', constraint = 'step_allowed';
  end if;
  if new.kind = 'withdraw' and exists (
    select from claims_commitmentrow r join claims_commitment k on k.id = r.commitment_id
      join claims_claimline l on l.id = k.line_id where l.claim_id = c.id) then
    raise exception 'money is committed' using errcode = '23514', constraint = 'withdraw_uncommitted';
  end if;
  if new.kind = 'start' and not exists (
    select from claims_commitment k join claims_claimline l on l.id = k.line_id where l.claim_id = c.id) then
    raise exception 'the first commitment starts execution' using errcode = '23514', constraint = 'step_allowed';
  end if;
  if new.kind = 'decide' then
    select * into d from claims_decision where id = new.decision_id for no key update;
    if d.claim_id <> c.id or d.round <> c.round or not d.settles or d.confirmed_at is null or d.confirmed_by_id <> new.by_id
       or exists (select from claims_step where decision_id = d.id) then
      raise exception 'a step is taken on a decision just confirmed' using errcode = '23514', constraint = 'step_decision';
    end if;
    if new.to_state <> claims_state_after(d.id) then
      raise exception 'the decision leads elsewhere' using errcode = '23514', constraint = 'step_allowed';
    end if;
  end if;
  return new;
end $$;
