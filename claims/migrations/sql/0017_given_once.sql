-- A gift stands in one place --------------------------------------------------------------------------------------------
-- Per partner and year, what we gave is either recorded as a contribution or paid from this ledger. A contribution that another
-- directorate paid, outside this ledger, may stand beside payments. Facts from the books are taken in all the same; `check_ledger`
-- then tells of the gift that stands twice.

create function claims_gifts_twice(contributions bigint[] default null, of_partners bigint[] default null)
  returns table (contribution_id bigint, partner_id bigint, year integer, paid numeric) language sql stable as $$
  select c.id, g.partner_id, c.year::integer, x.paid
    from partners_contribution c
    join partners_contribution_partners g on g.contribution_id = c.id
    cross join lateral (
      select sum(p.signed) as paid
        from claims_commitment k join claims_payment p on p.commitment_id = k.id join claims_envelope e on e.id = p.envelope_id
       where k.partner_id = g.partner_id and e.year = c.year) x
   where c.amount is not null and c.paid_by = '' and x.paid > 0
     and (contributions is null or c.id = any(contributions)) and (of_partners is null or g.partner_id = any(of_partners))
$$;

create function claims_check_contribution() returns trigger language plpgsql as $$
begin
  if exists (select from claims_gifts_twice(array[new.id])) then
    perform claims_refuse('gift_in_ledger', 'the ledger holds payments to this partner in this year');
  end if;
  return null;
end $$;

create function claims_check_contribution_partner() returns trigger language plpgsql as $$
begin
  if exists (select from claims_gifts_twice(array[new.contribution_id])) then
    perform claims_refuse('gift_in_ledger', 'the ledger holds payments to this partner in this year');
  end if;
  return null;
end $$;

create function claims_check_gift_paid() returns trigger language plpgsql as $$
declare
  of_partners bigint[];
begin
  select array_agg(distinct k.partner_id) into of_partners
    from fresh f join claims_commitment k on k.id = f.commitment_id
   where f.origin = 'user' and f.kind <> 'receipt' and f.reverses_id is null;
  if of_partners is not null and exists (select from claims_gifts_twice(null, of_partners)) then
    perform claims_refuse('gift_recorded', 'a contribution of this year to this partner is recorded already');
  end if;
  return null;
end $$;

create trigger claims_check_contribution after update of amount, year, paid_by on partners_contribution
  for each row execute function claims_check_contribution();
create trigger claims_check_contribution_partner after insert or update on partners_contribution_partners
  for each row execute function claims_check_contribution_partner();
create trigger claims_check_gift_paid after insert on claims_payment
  referencing new table as fresh for each statement execute function claims_check_gift_paid();
