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
drop function claims_book_write_offs();
drop function claims_book_raise();
drop function claims_book_deviation();
drop function claims_check_deviation();
drop function claims_check_split();
drop trigger claims_check_step_money on claims_step;
drop function claims_check_step_money();
