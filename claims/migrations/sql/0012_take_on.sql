-- Taking on ------------------------------------------------------------------------------------------------------------
-- Claims that run already come in by a decision of the origin "take-on": registered by who added the file, confirmed by who
-- took it in. The rest of the state line stays as it is.

create or replace function claims_check_step() returns trigger language plpgsql as $$
declare
  c claims_claim;
  d claims_decision;
  submission bigint;
  opening boolean;
begin
  select * into c from claims_claim where id = new.claim_id for no key update;
  if c.state <> new.from_state or new.round <> c.round + (new.kind = 'amend')::integer then
    raise exception 'the claim is % by now', c.state using errcode = '23514', constraint = 'step_from_present_state';
  end if;
  -- an opening balance grants what was decided before this register was there: from the draft, in the first round
  opening := new.kind = 'decide' and exists (
    select from claims_decision where id = new.decision_id and origin = 'take-on');
  if opening and (new.from_state <> 'draft' or new.to_state <> 'granted' or new.round <> 1)
     or not opening and not claims_step_allowed(new.kind, new.from_state, new.to_state) then
    raise exception '% does not lead from % to %', new.kind, new.from_state, new.to_state
      using errcode = '23514', constraint = 'step_allowed';
  end if;
  if new.digest <> claims_digest(new.claim_id) then
    raise exception 'the content is not what was shown' using errcode = '23514', constraint = 'step_on_shown_content';
  end if;
  if new.kind in ('take-back', 'return', 'amend', 'drop', 'close', 'withdraw') and btrim(new.remark) = '' then
    raise exception '% wants a remark', new.kind using errcode = '23514', constraint = 'step_remark_given';
  end if;
  if new.kind in ('return', 'agree', 'decide') and not opening and new.by_id in (select person from claims_drafters(new.claim_id)) then
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

-- What a step asks of the ledger is a trigger of its own: it fires after the one above.
create function claims_check_step_money() returns trigger language plpgsql as $$
begin
  if new.kind = 'withdraw' and exists (
    select from claims_commitmentrow r join claims_commitment k on k.id = r.commitment_id
      join claims_claimline l on l.id = k.line_id where l.claim_id = new.claim_id) then
    perform claims_refuse('withdraw_uncommitted', 'money is committed');
  end if;
  if new.kind = 'start' and not exists (
    select from claims_commitment k join claims_claimline l on l.id = k.line_id where l.claim_id = new.claim_id) then
    perform claims_refuse('step_allowed', 'the first commitment starts execution');
  end if;
  return new;
end $$;

create trigger claims_check_step_money before insert on claims_step
  for each row execute function claims_check_step_money();

create or replace function claims_guard_decision() returns trigger language plpgsql as $$
declare
  free text[] := array['version', 'confirmed_by_id', 'confirmed_at', 'dropped_by_id', 'dropped_at', 'drop_reason'];
begin
  if tg_op = 'INSERT' then
    if new.confirmed_at is not null or new.dropped_at is not null then
      raise exception 'a decision is registered before it is confirmed' using errcode = '23514', constraint = 'decision_stands';
    end if;
    if new.origin = 'take-on' and (not new.settles or new.outcome <> 'granted' or not exists (
         select from claims_claim where id = new.claim_id and state = 'draft' and round = 1 and created_by_id = new.registered_by_id)
       or exists (select from claims_step where claim_id = new.claim_id)) then
      raise exception 'an opening balance decides on a claim that it made itself' using errcode = '23514', constraint = 'opening_of_new_claim';
    end if;
    return new;
  end if;
  if tg_op = 'DELETE' or old.confirmed_at is not null or old.dropped_at is not null
     or to_jsonb(new) - free is distinct from to_jsonb(old) - free then
    raise exception 'a registered decision is confirmed or dropped, never changed'
      using errcode = '23514', constraint = 'decision_stands';
  end if;
  if new.origin <> 'take-on' and new.confirmed_at is not null and new.confirmed_by_id in (select person from claims_drafters(new.claim_id)) then
    raise exception 'who drafted does not confirm' using errcode = '23514', constraint = 'step_four_eyes';
  end if;
  return new;
end $$;

-- Files that wait to be taken on ----------------------------------------------------------------------------------------

alter table claims_takeon add constraint take_on_digest_true check (
  content is null or digest = encode(sha256(content), 'hex') and size = octet_length(content));

create function claims_guard_take_on() returns trigger language plpgsql as $$
declare
  free text[] := array['content', 'answers', 'done_by_id', 'done_at', 'taken_in', 'counts'];
begin
  if tg_op = 'DELETE' or old.done_at is not null or to_jsonb(new) - free is distinct from to_jsonb(old) - free
     or new.done_at is null and new.content is distinct from old.content then
    perform claims_refuse('books_file_once', 'a file is taken in or put away once, never changed');
  end if;
  return new;
end $$;

create trigger claims_guard_take_on before update or delete on claims_takeon
  for each row execute function claims_guard_take_on();
