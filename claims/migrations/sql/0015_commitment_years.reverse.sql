drop trigger claims_guard_total on claims_commitmentyear;
drop trigger claims_keep_years on claims_payment;
drop trigger claims_keep_years on claims_commitmentrow;
drop function claims_keep_paid_years();
drop function claims_keep_committed_years();
