-- Privileges: what PostgreSQL grants to PUBLIC by itself is taken back; the grants by name stay.
revoke execute on all functions in schema public, app from public;
