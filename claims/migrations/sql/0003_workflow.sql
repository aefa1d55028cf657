-- The database as guard of the workflow: a claim's state moves only by a recorded step, a draft changes only while it is
-- one, money is granted only by the step that confirms a decision. Plain SQL, so that no setting of a session switches it off.
-- Refusals carry the name of their rule (claims/rules/refusals.py says them in words).

-- Append-only ---------------------------------------------------------------------------------------------------------

create function claims_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = '23514', constraint = 'append_only';
end $$;

create trigger append_only before update or delete on claims_step for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_stepcontent for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_approval for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_grantentry for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_decisionamount for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_evidence for each row execute function claims_append_only();
create trigger append_only before update or delete on claims_handover for each row execute function claims_append_only();
create trigger append_only before update on claims_findinganswer for each row execute function claims_append_only();

alter table claims_evidence add constraint evidence_digest_true check (
  digest = encode(sha256(content), 'hex') and size = octet_length(content));

-- The content of a claim: every row of its draft ----------------------------------------------------------------------

create function claims_content(asked bigint) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'claims_claim', (
      select jsonb_agg(to_jsonb(t) - array['version', 'state', 'round', 'owner_id', 'deputy_id', 'ministry_reference'])
      from claims_claim t where id = asked),
    'claims_claim_sources', (select jsonb_agg(to_jsonb(t) order by id) from claims_claim_sources t where claim_id = asked),
    'claims_goal', (select jsonb_agg(to_jsonb(t) - 'version' order by id) from claims_goal t where claim_id = asked),
    'claims_claimline', (select jsonb_agg(to_jsonb(t) - 'version' order by id) from claims_claimline t where claim_id = asked),
    'claims_lineyear', (
      select jsonb_agg(to_jsonb(t) - 'version' order by t.id)
      from claims_lineyear t join claims_claimline l on l.id = t.line_id where l.claim_id = asked),
    'claims_linepartner', (
      select jsonb_agg(to_jsonb(t) - 'version' order by t.id)
      from claims_linepartner t join claims_claimline l on l.id = t.line_id where l.claim_id = asked),
    'claims_plannedresult', (
      select jsonb_agg(to_jsonb(t) - 'version' order by t.id)
      from claims_plannedresult t join claims_claimline l on l.id = t.line_id where l.claim_id = asked),
    'claims_section', (select jsonb_agg(to_jsonb(t) - 'version' order by id) from claims_section t where claim_id = asked),
    'claims_evaluation', (select jsonb_agg(to_jsonb(t) - 'version' order by id) from claims_evaluation t where claim_id = asked),
    'claims_contextfigure', (
      select jsonb_agg(to_jsonb(t) - 'version' order by id) from claims_contextfigure t where claim_id = asked),
    'claims_annexpart', (select jsonb_agg(to_jsonb(t) - 'version' order by id) from claims_annexpart t where claim_id = asked),
    'claims_citation', (
      select jsonb_agg(to_jsonb(t) - 'version' order by t.id)
      from claims_citation t join claims_annexpart p on p.id = t.part_id where p.claim_id = asked))
$$;

create function claims_digest(asked bigint) returns text language sql stable as $$
  select encode(sha256(convert_to(claims_content(asked)::text, 'UTF8')), 'hex')
$$;

-- Puts one table of a claim back to kept rows: what is not among them goes, what is changed or gone comes back.
create function claims_put_back(tab regclass, mine text, kept jsonb) returns void language plpgsql as $$
declare
  fields text;
  sets text;
  versioned boolean;
begin
  select string_agg(quote_ident(attname), ', ' order by attnum),
         string_agg(format('%1$I = excluded.%1$I', attname), ', ' order by attnum) filter (where attname <> 'id')
    into fields, sets
    from pg_attribute
   where attrelid = tab and attnum > 0 and not attisdropped and attname <> 'version'
     and exists (select from jsonb_array_elements(kept) r where r ? attname);
  versioned := exists (select from pg_attribute where attrelid = tab and attname = 'version' and not attisdropped);
  execute format('delete from %s where %s and id not in (select (r->>''id'')::bigint from jsonb_array_elements($1) r)', tab, mine)
    using kept;
  if jsonb_array_length(kept) > 0 then
    execute format(
      'insert into %1$s (%2$s%3$s) overriding system value select %2$s%4$s from jsonb_populate_recordset(null::%1$s, $1) '
      'on conflict (id) do update set %5$s where to_jsonb(%1$s) - ''version'' is distinct from to_jsonb(excluded) - ''version''',
      tab, fields, case when versioned then ', version' else '' end, case when versioned then ', 1' else '' end, sets)
      using kept;
  end if;
end $$;

create function claims_restore(asked bigint, kept jsonb) returns void language plpgsql as $$
declare
  of_line text := format('line_id in (select id from claims_claimline where claim_id = %s)', asked);
  of_claim text := format('claim_id = %s', asked);
  c jsonb := kept->'claims_claim'->0;
begin
  -- children first when rows go, parents first when they come: foreign keys are looked at when the transaction ends
  perform claims_put_back('claims_goal', of_claim, coalesce(nullif(kept->'claims_goal', 'null'), '[]'));
  perform claims_put_back('claims_lineyear', of_line, coalesce(nullif(kept->'claims_lineyear', 'null'), '[]'));
  perform claims_put_back('claims_linepartner', of_line, coalesce(nullif(kept->'claims_linepartner', 'null'), '[]'));
  perform claims_put_back('claims_plannedresult', of_line, coalesce(nullif(kept->'claims_plannedresult', 'null'), '[]'));
  delete from claims_remark where line_id in (
    select id from claims_claimline where claim_id = asked
    and id not in (select (r->>'id')::bigint from jsonb_array_elements(coalesce(nullif(kept->'claims_claimline', 'null'), '[]')) r));
  perform claims_put_back('claims_claimline', of_claim, coalesce(nullif(kept->'claims_claimline', 'null'), '[]'));
  perform claims_put_back('claims_section', of_claim, coalesce(nullif(kept->'claims_section', 'null'), '[]'));
  perform claims_put_back('claims_evaluation', of_claim, coalesce(nullif(kept->'claims_evaluation', 'null'), '[]'));
  perform claims_put_back('claims_contextfigure', of_claim, coalesce(nullif(kept->'claims_contextfigure', 'null'), '[]'));
  perform claims_put_back('claims_citation', format('part_id in (select id from claims_annexpart where claim_id = %s)', asked),
    coalesce(nullif(kept->'claims_citation', 'null'), '[]'));
  perform claims_put_back('claims_annexpart', of_claim, coalesce(nullif(kept->'claims_annexpart', 'null'), '[]'));
  perform claims_put_back('claims_claim_sources', of_claim, coalesce(nullif(kept->'claims_claim_sources', 'null'), '[]'));
  update claims_claim set
    title = c->>'title', amount = (c->>'amount')::numeric, first_year = (c->>'first_year')::smallint,
    last_year = (c->>'last_year')::smallint, country_id = (c->>'country_id')::bigint, theme_id = (c->>'theme_id')::bigint,
    classification = c->>'classification', paper_date = (c->>'paper_date')::date, template_id = (c->>'template_id')::bigint,
    amount_to_update = (c->>'amount_to_update')::boolean
  where id = asked;
end $$;

-- A draft changes only while it is one --------------------------------------------------------------------------------

create function claims_guard_draft() returns trigger language plpgsql as $$
declare
  r jsonb;
  owner_claim bigint;
  standing text;
begin
  if pg_trigger_depth() > 1 then  -- a step puts a draft back
    return coalesce(new, old);
  end if;
  foreach r in array array[
    case when tg_op <> 'INSERT' then to_jsonb(old) end, case when tg_op <> 'DELETE' then to_jsonb(new) end] loop
    continue when r is null;
    if tg_argv[0] = 'line' then
      select claim_id into owner_claim from claims_claimline where id = (r->>'line_id')::bigint;
    elsif tg_argv[0] = 'part' then
      select claim_id into owner_claim from claims_annexpart where id = (r->>'part_id')::bigint;
    else
      owner_claim := (r->>'claim_id')::bigint;
    end if;
    -- the lock makes a step that is being taken wait for this change, and this change for the step
    select state into standing from claims_claim where id = owner_claim for no key update;
    if standing not in ('draft', 'returned') then
      raise exception 'the claim is % and no longer a draft', standing
        using errcode = '23514', constraint = 'claim_draft_is_open';
    end if;
  end loop;
  return coalesce(new, old);
end $$;

create trigger claims_guard_draft before insert or update or delete on claims_goal
  for each row execute function claims_guard_draft('claim');
create trigger claims_guard_draft before insert or update or delete on claims_claimline
  for each row execute function claims_guard_draft('claim');
create trigger claims_guard_draft before insert or update or delete on claims_lineyear
  for each row execute function claims_guard_draft('line');
create trigger claims_guard_draft before insert or update or delete on claims_linepartner
  for each row execute function claims_guard_draft('line');
create trigger claims_guard_draft before insert or update or delete on claims_plannedresult
  for each row execute function claims_guard_draft('line');
create trigger claims_guard_draft before insert or update or delete on claims_section
  for each row execute function claims_guard_draft('claim');
create trigger claims_guard_draft before insert or update or delete on claims_evaluation
  for each row execute function claims_guard_draft('claim');
create trigger claims_guard_draft before insert or update or delete on claims_contextfigure
  for each row execute function claims_guard_draft('claim');
create trigger claims_guard_draft before insert or update or delete on claims_annexpart
  for each row execute function claims_guard_draft('claim');
create trigger claims_guard_draft before insert or update or delete on claims_citation
  for each row execute function claims_guard_draft('part');
create trigger claims_guard_draft before insert or update or delete on claims_claim_sources
  for each row execute function claims_guard_draft('claim');

create function claims_guard_claim() returns trigger language plpgsql as $$
declare
  free text[] := array['version', 'state', 'round', 'owner_id', 'deputy_id', 'ministry_reference'];
begin
  if tg_op = 'INSERT' then
    if new.state <> 'draft' or new.round <> 1 then
      raise exception 'a claim begins as a draft' using errcode = '23514', constraint = 'claim_begins_as_draft';
    end if;
    return new;
  end if;
  if pg_trigger_depth() > 1 then
    return coalesce(new, old);
  end if;
  if tg_op = 'DELETE' then
    if old.state <> 'draft' then
      raise exception 'only a draft is removed' using errcode = '23514', constraint = 'claim_draft_is_open';
    end if;
    return old;
  end if;
  if (new.state, new.round) is distinct from (old.state, old.round) then
    raise exception 'a state moves by a recorded step' using errcode = '23514', constraint = 'claim_state_by_step';
  end if;
  if old.state not in ('draft', 'returned') and to_jsonb(new) - free is distinct from to_jsonb(old) - free then
    raise exception 'the claim is % and no longer a draft', old.state
      using errcode = '23514', constraint = 'claim_draft_is_open';
  end if;
  return new;
end $$;

create trigger claims_guard_claim before insert or update or delete on claims_claim
  for each row execute function claims_guard_claim();

-- Who drafted in this round, from the history -------------------------------------------------------------------------

create function claims_drafters(asked bigint) returns table (person bigint) language sql stable as $$
  with began as (
    select coalesce(max(recorded_at), '-infinity') as at from claims_step where claim_id = asked and kind = 'amend'),
  lines as (select distinct id from claims_claimlineevent where claim_id = asked),
  parts as (select distinct id from claims_annexpartevent where claim_id = asked),
  own as (
    select e.pgh_context_id, e.pgh_created_at,
           b.body is distinct from lag(b.body) over (order by e.pgh_id) as content
      from claims_claimevent e
      cross join lateral (select to_jsonb(e) - array[
        'pgh_id', 'pgh_created_at', 'pgh_label', 'pgh_context_id', 'pgh_obj_id',
        'version', 'state', 'round', 'owner_id', 'deputy_id', 'ministry_reference'] as body) b
     where e.id = asked),
  touched as (
    select pgh_context_id, pgh_created_at from own where content
    union all select pgh_context_id, pgh_created_at from claims_goalevent where claim_id = asked
    union all select pgh_context_id, pgh_created_at from claims_claimlineevent where claim_id = asked
    union all select pgh_context_id, pgh_created_at from claims_lineyearevent where line_id in (select id from lines)
    union all select pgh_context_id, pgh_created_at from claims_linepartnerevent where line_id in (select id from lines)
    union all select pgh_context_id, pgh_created_at from claims_plannedresultevent where line_id in (select id from lines)
    union all select pgh_context_id, pgh_created_at from claims_sectionevent where claim_id = asked
    union all select pgh_context_id, pgh_created_at from claims_evaluationevent where claim_id = asked
    union all select pgh_context_id, pgh_created_at from claims_contextfigureevent where claim_id = asked
    union all select pgh_context_id, pgh_created_at from claims_annexpartevent where claim_id = asked
    union all select pgh_context_id, pgh_created_at from claims_citationevent where part_id in (select id from parts))
  select distinct (x.metadata->>'user')::bigint
    from touched t join pghistory_context x on x.id = t.pgh_context_id, began
   where t.pgh_created_at >= began.at and x.metadata->>'user' is not null
  union
  select created_by_id from claims_claim where id = asked and round = 1
$$;

-- Steps ---------------------------------------------------------------------------------------------------------------

create function claims_step_allowed(step text, origin text, ending text) returns boolean language sql immutable as $$
  select exists (
    select from (values
      ('submit', array['draft', 'returned'], array['submitted']),
      ('take-back', array['submitted', 'agreed', 'presented', 'held'], array['returned']),
      ('return', array['submitted', 'agreed'], array['returned']),
      ('agree', array['submitted'], array['agreed']),
      ('present', array['agreed', 'held'], array['presented']),
      ('decide', array['presented', 'held'], array['granted', 'partly-granted', 'running', 'held', 'rejected']),
      ('amend', array['granted', 'partly-granted', 'running'], array['draft']),
      ('drop', array['draft', 'returned', 'submitted', 'agreed', 'presented', 'held'], array['granted', 'partly-granted', 'running']),
      ('start', array['granted', 'partly-granted'], array['running']),
      ('close', array['granted', 'partly-granted', 'running'], array['closed']),
      ('withdraw',
        array['draft', 'returned', 'submitted', 'agreed', 'presented', 'held', 'granted', 'partly-granted'], array['withdrawn'])
    ) as line(step, origins, endings)
    where line.step = $1 and $2 = any(origins) and $3 = any(endings))
$$;

-- How many controllers must agree with a claim of this amount.
create function claims_approvals_needed(asked bigint) returns integer language sql stable as $$
  select coalesce(max(r.approvals), 1)::integer from claims_approvalrule r, claims_claim c
   where c.id = asked and r.from_amount <= coalesce(c.amount, 0)
$$;

-- The state in force before this round was begun by an amendment; null in the first round.
create function claims_state_before(asked bigint, in_round integer) returns text language sql stable as $$
  select from_state from claims_step where claim_id = asked and kind = 'amend' and round = in_round
$$;

-- Where a settling decision leads: the outcome, the amounts against what was asked, and the state before an amendment.
create function claims_state_after(asked bigint) returns text language plpgsql stable as $$
declare
  d claims_decision;
  before_round text;
  was_asked numeric;
  is_given numeric;
begin
  select * into d from claims_decision where id = asked;
  before_round := claims_state_before(d.claim_id, d.round);
  if d.outcome = 'held' then return 'held'; end if;
  if d.outcome = 'rejected' then return coalesce(before_round, 'rejected'); end if;
  if before_round = 'running' then return 'running'; end if;
  select coalesce(sum(y.commitment), 0) into was_asked
    from claims_lineyear y join claims_claimline l on l.id = y.line_id where l.claim_id = d.claim_id;
  select coalesce(sum(commitment), 0) into is_given from claims_decisionamount where decision_id = asked;
  return case when is_given < was_asked then 'partly-granted' else 'granted' end;
end $$;

create function claims_check_step() returns trigger language plpgsql as $$
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

create trigger claims_check_step before insert on claims_step for each row execute function claims_check_step();

-- What still stands granted per line, envelope and series.
create view claims_granted as
  select g.line_id, g.envelope_id, g.series, sum(g.signed) as amount
    from claims_grantentry g group by g.line_id, g.envelope_id, g.series;

-- What must stay granted because it is committed. Commitments come with the ledger; until then nothing is.
create function claims_held_by_commitments(asked bigint)
  returns table (line_id bigint, envelope_id bigint, series varchar, amount numeric) language sql stable as $$
  select null::bigint, null::bigint, null::varchar, null::numeric where false
$$;

create function claims_take_step() returns trigger language plpgsql as $$
declare
  d claims_decision;
  kept jsonb;
begin
  update claims_claim set state = new.to_state, round = new.round where id = new.claim_id;
  if new.kind in ('submit', 'amend', 'decide') then
    insert into claims_stepcontent (step_id, rows) values (new.id, claims_content(new.claim_id));
  end if;
  if new.kind = 'decide' then
    select * into d from claims_decision where id = new.decision_id;
    if d.outcome in ('granted', 'conditional', 'lower') then
      insert into claims_grantentry
        (public_id, line_id, envelope_id, series, kind, amount, step_id, booked_on, recorded_at, recorded_by_id)
      select gen_random_uuid(), coalesce(w.line_id, h.line_id), coalesce(w.envelope_id, h.envelope_id),
             coalesce(w.series, h.series),
             case when coalesce(w.amount, 0) > coalesce(h.amount, 0) then 'grant' else 'reduction' end,
             abs(coalesce(w.amount, 0) - coalesce(h.amount, 0)), new.id, new.booked_on, new.at, new.by_id
        from (
          select line_id, envelope_id, 'commitment' as series, commitment as amount
            from claims_decisionamount where decision_id = d.id
          union all
          select line_id, envelope_id, 'cash', cash from claims_decisionamount where decision_id = d.id and cash is not null
        ) w
        full join (
          select g.* from claims_granted g join claims_claimline l on l.id = g.line_id where l.claim_id = new.claim_id
        ) h on h.line_id = w.line_id and h.envelope_id = w.envelope_id and h.series = w.series
       where coalesce(w.amount, 0) <> coalesce(h.amount, 0)
       order by 2, 3, 4;
    end if;
  end if;
  if (new.kind = 'drop' or new.kind = 'decide' and d.outcome = 'rejected' and new.round > 1) then
    select s.rows into kept from claims_stepcontent s join claims_step t on t.id = s.step_id
     where t.claim_id = new.claim_id and t.kind = 'amend' and t.round = new.round;
    perform claims_restore(new.claim_id, kept);
  end if;
  if new.kind in ('withdraw', 'close') then
    insert into claims_grantentry
      (public_id, line_id, envelope_id, series, kind, amount, step_id, booked_on, recorded_at, recorded_by_id)
    select gen_random_uuid(), g.line_id, g.envelope_id, g.series, 'release', g.amount - coalesce(h.amount, 0),
           new.id, new.booked_on, new.at, new.by_id
      from claims_granted g
      join claims_claimline l on l.id = g.line_id
      left join claims_held_by_commitments(new.claim_id) h
        on h.line_id = g.line_id and h.envelope_id = g.envelope_id and h.series = g.series
     where l.claim_id = new.claim_id and g.amount > coalesce(h.amount, 0)
     order by 2, 3, 4;
  end if;
  return null;
end $$;

create trigger claims_take_step after insert on claims_step for each row execute function claims_take_step();

create function claims_check_approval() returns trigger language plpgsql as $$
declare
  s claims_step;
  c claims_claim;
begin
  select * into s from claims_step where id = new.submission_id;
  select * into c from claims_claim where id = s.claim_id for no key update;
  if s.kind <> 'submit' or c.state <> 'submitted' or c.round <> s.round
     or s.id <> (select max(id) from claims_step where claim_id = c.id and kind = 'submit') then
    raise exception 'the claim is % by now', c.state using errcode = '23514', constraint = 'step_from_present_state';
  end if;
  if new.digest <> claims_digest(c.id) then
    raise exception 'the content is not what was shown' using errcode = '23514', constraint = 'step_on_shown_content';
  end if;
  if new.by_id in (select person from claims_drafters(c.id)) then
    raise exception 'who drafted does not check' using errcode = '23514', constraint = 'step_four_eyes';
  end if;
  return new;
end $$;

create trigger claims_check_approval before insert on claims_approval for each row execute function claims_check_approval();

-- Decisions and grants ------------------------------------------------------------------------------------------------

create function claims_guard_decision() returns trigger language plpgsql as $$
declare
  free text[] := array['version', 'confirmed_by_id', 'confirmed_at', 'dropped_by_id', 'dropped_at', 'drop_reason'];
begin
  if tg_op = 'INSERT' then
    if new.confirmed_at is not null or new.dropped_at is not null then
      raise exception 'a decision is registered before it is confirmed' using errcode = '23514', constraint = 'decision_stands';
    end if;
    return new;
  end if;
  if tg_op = 'DELETE' or old.confirmed_at is not null or old.dropped_at is not null
     or to_jsonb(new) - free is distinct from to_jsonb(old) - free then
    raise exception 'a registered decision is confirmed or dropped, never changed'
      using errcode = '23514', constraint = 'decision_stands';
  end if;
  if new.confirmed_at is not null and new.confirmed_by_id in (select person from claims_drafters(new.claim_id)) then
    raise exception 'who drafted does not confirm' using errcode = '23514', constraint = 'step_four_eyes';
  end if;
  return new;
end $$;

create trigger claims_guard_decision before insert or update or delete on claims_decision
  for each row execute function claims_guard_decision();

-- A settling decision that was confirmed has moved its claim: both happen, or neither.
create function claims_decision_moves() returns trigger language plpgsql as $$
begin
  if new.settles and new.confirmed_at is not null
     and not exists (select from claims_step where decision_id = new.id and kind = 'decide') then
    raise exception 'a settling decision moves its claim' using errcode = '23514', constraint = 'step_decision';
  end if;
  return null;
end $$;

create constraint trigger claims_decision_moves after update on claims_decision
  deferrable initially deferred for each row execute function claims_decision_moves();

create function claims_check_decision_amount() returns trigger language plpgsql as $$
declare
  d claims_decision;
  asked numeric;
  asked_cash numeric;
  given numeric;
  given_cash numeric;
begin
  select * into d from claims_decision where id = new.decision_id for no key update;
  if d.confirmed_at is not null or d.dropped_at is not null then
    raise exception 'the decision stands' using errcode = '23514', constraint = 'decision_stands';
  end if;
  if not exists (select from claims_claimline where id = new.line_id and claim_id = d.claim_id) then
    raise exception 'the line is of another claim' using errcode = '23514', constraint = 'decision_amount_of_claim';
  end if;
  select sum(y.commitment), sum(y.cash) into asked, asked_cash
    from claims_lineyear y left join claims_envelope e on e.id = y.envelope_id
   where y.line_id = new.line_id and coalesce(e.year, y.open_year) = (select year from claims_envelope where id = new.envelope_id);
  select sum(a.commitment), sum(a.cash) into given, given_cash
    from claims_decisionamount a join claims_envelope e on e.id = a.envelope_id
   where a.decision_id = new.decision_id and a.line_id = new.line_id
     and e.year = (select year from claims_envelope where id = new.envelope_id);
  if coalesce(given, 0) + new.commitment > coalesce(asked, 0)
     or asked_cash is not null and coalesce(given_cash, 0) + coalesce(new.cash, 0) > asked_cash then
    raise exception 'more than was requested' using errcode = '23514', constraint = 'decision_within_request';
  end if;
  return new;
end $$;

create trigger claims_check_decision_amount before insert on claims_decisionamount
  for each row execute function claims_check_decision_amount();

create function claims_check_grant() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'money is granted by a confirmed decision' using errcode = '23514', constraint = 'grant_by_step';
  end if;
  return new;
end $$;

create trigger claims_check_grant before insert on claims_grantentry for each row execute function claims_check_grant();

-- Never less than nothing, and never below what is committed.
create function claims_check_granted() returns trigger language plpgsql as $$
begin
  if exists (select from claims_granted g join fresh f using (line_id, envelope_id, series) where g.amount < 0) then
    raise exception 'less than nothing would be granted' using errcode = '23514', constraint = 'granted_not_negative';
  end if;
  return null;
end $$;

create trigger claims_check_granted after insert on claims_grantentry
  referencing new table as fresh for each statement execute function claims_check_granted();

-- Remarks keep their words; only closing changes them ------------------------------------------------------------------

create function claims_guard_remark() returns trigger language plpgsql as $$
declare
  free text[] := array['version', 'closed_by_id', 'closed_at'];
begin
  if to_jsonb(new) - free is distinct from to_jsonb(old) - free then
    raise exception 'a remark keeps its words' using errcode = '23514', constraint = 'append_only';
  end if;
  return new;
end $$;

create trigger claims_guard_remark before update on claims_remark for each row execute function claims_guard_remark();
