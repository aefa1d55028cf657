-- The end of a year -----------------------------------------------------------------------------------------------------

create trigger append_only before update or delete on claims_unspentcash for each row execute function claims_append_only();

-- What of a line's cash in an envelope was granted, not paid, and not decided about yet.
create function claims_unspent(of_line bigint, of_envelope bigint) returns numeric language sql stable as $$
  select coalesce((select sum(signed) from claims_grantentry
                    where line_id = of_line and envelope_id = of_envelope and series = 'cash'), 0)
       - coalesce((select sum(p.signed) from claims_payment p join claims_commitment k on k.id = p.commitment_id
                    where k.line_id = of_line and p.envelope_id = of_envelope), 0)
       - coalesce((select sum(u.amount) from claims_unspentcash u
                    where u.line_id = of_line and u.envelope_id = of_envelope
                      and not exists (select from claims_mutation m where m.reverses_id = u.lowered_id)), 0)
$$;

create function claims_check_unspent() returns trigger language plpgsql as $$
declare
  lowered claims_mutation;
  raised claims_mutation;
begin
  select * into lowered from claims_mutation where id = new.lowered_id;
  if (lowered.envelope_id, lowered.series::text, lowered.direction::text, lowered.amount, lowered.reverses_id is null)
     is distinct from (new.envelope_id, 'cash', 'down', new.amount, true) then
    perform claims_refuse('unspent_booked', 'what is decided is what is booked');
  end if;
  if new.raised_id is not null then
    select * into raised from claims_mutation where id = new.raised_id;
    if (raised.series::text, raised.direction::text, raised.amount, raised.reverses_id is null)
       is distinct from ('cash', 'up', new.amount, true)
       or not exists (select from claims_envelope t join claims_envelope n on n.name = t.name and n.year = t.year + 1
                       where t.id = new.envelope_id and n.id = raised.envelope_id) then
      perform claims_refuse('unspent_booked', 'what is decided is what is booked');
    end if;
  end if;
  perform claims_take_totals(array[new.envelope_id], array[new.line_id], array[]::bigint[]);
  if claims_unspent(new.line_id, new.envelope_id) < new.amount then
    perform claims_refuse('unspent_within_rest', 'more would be decided about than was left');
  end if;
  return new;
end $$;

create trigger claims_check_unspent before insert on claims_unspentcash
  for each row execute function claims_check_unspent();

-- Final settlements -----------------------------------------------------------------------------------------------------

create function claims_guard_settlement() returns trigger language plpgsql as $$
declare
  free text[] := array['undone_by_id', 'undone_at', 'undone_reason'];
  stands claims_commitmenttotal;
begin
  if tg_op = 'DELETE' or tg_op = 'UPDATE' and (
       old.undone_at is not null or to_jsonb(new) - free is distinct from to_jsonb(old) - free) then
    perform claims_refuse('append_only', 'a settlement is taken back, never changed');
  end if;
  if tg_op = 'INSERT' then
    perform claims_take_totals(array[]::bigint[], array[]::bigint[], array[new.commitment_id]);
    select * into stands from claims_commitmenttotal where commitment_id = new.commitment_id;
    if stands.committed <> stands.paid or stands.advanced <> stands.written_off then
      perform claims_refuse('settlement_nothing_open', 'something is still to be paid or written off');
    end if;
  end if;
  return new;
end $$;

create trigger claims_guard_settlement before insert or update or delete on claims_settlement
  for each row execute function claims_guard_settlement();

-- What a user enters on a settled commitment is refused; what the books report is taken in as ever.
create function claims_guard_settled() returns trigger language plpgsql as $$
begin
  if exists (select from fresh f join claims_settlement s on s.commitment_id = f.commitment_id
              where s.undone_at is null and f.origin = 'user') then
    perform claims_refuse('commitment_settled', 'the commitment is settled');
  end if;
  return null;
end $$;

create trigger claims_guard_settled after insert on claims_commitmentrow
  referencing new table as fresh for each statement execute function claims_guard_settled();
create trigger claims_guard_settled after insert on claims_payment
  referencing new table as fresh for each statement execute function claims_guard_settled();
