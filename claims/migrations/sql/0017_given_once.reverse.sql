drop trigger claims_check_gift_paid on claims_payment;
drop trigger claims_check_contribution_partner on partners_contribution_partners;
drop trigger claims_check_contribution on partners_contribution;
drop function claims_check_gift_paid();
drop function claims_check_contribution_partner();
drop function claims_check_contribution();
drop function claims_gifts_twice(bigint[], bigint[]);
