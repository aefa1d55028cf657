drop trigger claims_guard_settled on claims_payment;
drop trigger claims_guard_settled on claims_commitmentrow;
drop function claims_guard_settled();
drop trigger claims_guard_settlement on claims_settlement;
drop function claims_guard_settlement();
drop trigger claims_check_unspent on claims_unspentcash;
drop function claims_check_unspent();
drop function claims_unspent(bigint, bigint);
drop trigger append_only on claims_unspentcash;
