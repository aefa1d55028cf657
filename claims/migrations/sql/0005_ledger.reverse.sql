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

create or replace function claims_held_by_commitments(asked bigint)
  returns table (line_id bigint, envelope_id bigint, series varchar, amount numeric) language sql stable as $$
  select null::bigint, null::bigint, null::varchar, null::numeric where false
$$;

create or replace function claims_state_before(asked bigint, in_round integer) returns text language sql stable as $$
  select from_state from claims_step where claim_id = asked and kind = 'amend' and round = in_round
$$;

drop trigger append_only on claims_mutation;
drop trigger append_only on claims_stagereached;
drop trigger append_only on claims_commitment;
drop trigger append_only on claims_commitmentrow;
drop trigger append_only on claims_payment;
drop trigger append_only on claims_writeoff;
drop trigger append_only on claims_planversion;
drop trigger append_only on claims_planquarter;
drop trigger append_only on claims_periodact;
drop trigger append_only on claims_pooledsplit;
drop trigger append_only on claims_splitpart;
drop trigger claims_guard_total on claims_envelopetotal;
drop trigger claims_guard_total on claims_linetotal;
drop trigger claims_guard_total on claims_commitmenttotal;
drop trigger claims_check_period_act on claims_periodact;
drop trigger claims_check_mutation on claims_mutation;
drop trigger claims_book_stage on claims_stagereached;
drop trigger claims_book_grants on claims_grantentry;
drop trigger claims_check_commitment on claims_commitment;
drop trigger claims_book_commitment_rows on claims_commitmentrow;
drop trigger claims_book_payments on claims_payment;
drop trigger claims_book_write_offs on claims_writeoff;
drop trigger claims_book_raise on claims_limitraise;
drop trigger claims_book_deviation on claims_deviation;
drop trigger claims_check_deviation on claims_deviation;
drop trigger claims_check_split on claims_splitpart;
drop function claims_guard_total();
drop function claims_require_isolation();
drop function claims_require_open(date[]);
drop function claims_check_period_act();
drop function claims_valid_raise(bigint, bigint, text, date);
drop function claims_deviated_by(text[], text, bigint);
drop function claims_refuse(text, text);
drop function claims_check_mutation();
drop function claims_book_stage();
drop function claims_book_grants();
drop function claims_take_totals(bigint[], bigint[], bigint[]);
drop function claims_check_commitment();
drop function claims_book_commitment_rows();
drop function claims_check_envelope_commitments(bigint, numeric, numeric, numeric, numeric, numeric, date, text[], boolean);
drop function claims_check_line_commitments(bigint, numeric, numeric, numeric, numeric, date, text[]);
drop function claims_book_payments();
drop function claims_check_cash(text, bigint, numeric, numeric, numeric, numeric, text[], text);
drop function claims_book_write_offs();
drop function claims_book_raise();
drop function claims_book_deviation();
drop function claims_check_deviation();
drop function claims_check_split();
