-- Revaluation -----------------------------------------------------------------------------------------------------------

create trigger append_only before update or delete on claims_revaluation for each row execute function claims_append_only();

alter table claims_revaluation add constraint revaluation_reckoned check (after = round(open_amount / rate, 2));

-- Of a commitment the difference is booked by a row of its own; of an advance nothing that was paid changes.
create function claims_check_revaluation() returns trigger language plpgsql as $$
declare
  r claims_commitmentrow;
  foreign_currency text;
begin
  if new.commitment_id is not null then
    select currency into foreign_currency from claims_commitment where id = new.commitment_id;
  else
    select currency into foreign_currency from claims_payment where id = new.advance_id and kind = 'advance';
  end if;
  if foreign_currency is distinct from new.currency then
    perform claims_refuse('revaluation_own_currency', 'what is open is of another currency');
  end if;
  if new.commitment_id is not null then
    select * into r from claims_commitmentrow where id = new.row_id;
    if (new.after = new.before) <> (new.row_id is null)
       or new.row_id is not null and (r.commitment_id, r.signed, r.booked_on, r.reverses_id is null, r.kind like 'revalue-%')
          is distinct from (new.commitment_id, new.after - new.before, new.day, true, true) then
      perform claims_refuse('revaluation_booked', 'what is revalued is what is booked');
    end if;
  end if;
  return new;
end $$;

create trigger claims_check_revaluation before insert on claims_revaluation
  for each row execute function claims_check_revaluation();
