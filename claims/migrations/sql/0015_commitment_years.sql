-- What each commitment took of each envelope. Kept beside the other totals, in the same statement and after them: whoever
-- comes here holds the commitment's total already, so that no two writers meet in another order.

alter table claims_commitmentyear alter committed set default 0, alter paid set default 0;

insert into claims_commitmentyear (commitment_id, envelope_id, committed, paid)
  select commitment_id, envelope_id, sum(committed), sum(paid) from (
    select commitment_id, envelope_id, signed as committed, 0 as paid from claims_commitmentrow
    union all select commitment_id, envelope_id, 0, signed from claims_payment) rows
   group by commitment_id, envelope_id;

create function claims_keep_committed_years() returns trigger language plpgsql as $$
begin
  insert into claims_commitmentyear as t (commitment_id, envelope_id, committed)
    select commitment_id, envelope_id, sum(signed) from fresh
     group by commitment_id, envelope_id order by commitment_id, envelope_id
    on conflict (commitment_id, envelope_id) do update set committed = t.committed + excluded.committed;
  return null;
end $$;

create function claims_keep_paid_years() returns trigger language plpgsql as $$
begin
  insert into claims_commitmentyear as t (commitment_id, envelope_id, paid)
    select commitment_id, envelope_id, sum(signed) from fresh
     group by commitment_id, envelope_id order by commitment_id, envelope_id
    on conflict (commitment_id, envelope_id) do update set paid = t.paid + excluded.paid;
  return null;
end $$;

-- PostgreSQL fires triggers in the order of their names: "keep" comes after "book", which takes the totals.
create trigger claims_keep_years after insert on claims_commitmentrow
  referencing new table as fresh for each statement execute function claims_keep_committed_years();
create trigger claims_keep_years after insert on claims_payment
  referencing new table as fresh for each statement execute function claims_keep_paid_years();

create trigger claims_guard_total before insert or update or delete on claims_commitmentyear
  for each row execute function claims_guard_total();
