drop trigger claims_check_reconciliation on claims_reconciliation;
drop function claims_check_reconciliation();
drop function claims_reconciliation_lines(date);
drop trigger append_only on claims_reconciliation;
drop trigger append_only on claims_bookstotal;
drop trigger claims_guard_books_file on claims_booksfile;
drop function claims_guard_books_file();
alter table claims_booksfile drop constraint books_file_digest_true;
