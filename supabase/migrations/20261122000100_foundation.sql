-- Foundation: schemas, the clock, refusals as values, the scope range, the audit log.
-- `public` holds what PostgREST shows; `app` holds helpers that no client can call.

create schema if not exists extensions;
create schema if not exists app;
create extension if not exists postgis with schema extensions;

grant usage on schema public, app, extensions to anon, authenticated, service_role;
-- A new function is callable by everyone unless this is said; every RPC grants itself below its body.
-- (Without a schema: revoking per schema cannot take away what is granted to PUBLIC globally.)
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke execute on functions from public;
alter default privileges in schema app revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke execute on functions from anon, authenticated;

-- ── The clock ──────────────────────────────────────────────────────────────────────────────────────
create table app.clock (
  singleton boolean primary key default true check (singleton),
  offset_milliseconds bigint not null default 0
);
comment on table app.clock is 'Offset from the real time. Only tests set it, as the owner; no role has a grant.';
insert into app.clock default values;

create function app.now() returns timestamptz
  language sql stable security definer set search_path = ''
as $$
  select transaction_timestamp() + (select c.offset_milliseconds from app.clock c) * interval '1 millisecond'
$$;
comment on function app.now() is 'The instant every rule in SQL asks for. Security definer: callers cannot read app.clock.';

-- Statement time, for what happens under a lock: later in the chain is never earlier in time.
create function app.clock_now() returns timestamptz
  language sql volatile security definer set search_path = ''
as $$
  select date_trunc('milliseconds',
    clock_timestamp() + (select c.offset_milliseconds from app.clock c) * interval '1 millisecond')
$$;

create function app.shanghai_date(instant timestamptz) returns date
  language sql immutable set search_path = ''
as $$ select (instant at time zone 'Asia/Shanghai')::date $$;

create function app.today() returns date
  language sql stable set search_path = ''
as $$ select app.shanghai_date(app.now()) $$;

grant execute on function app.now(), app.clock_now(), app.shanghai_date(timestamptz), app.today()
  to anon, authenticated, service_role;

-- ── Refusals are values ────────────────────────────────────────────────────────────────────────────
-- An RPC checks before it writes and returns {"ok":false,"problem":{"code","details","path"}}; the codes are
-- those of src/lib/problem.ts. Exceptions are for broken invariants (their details do not survive everywhere).
create function app.refusal(code text, details jsonb default null, path text default null) returns jsonb
  language sql immutable set search_path = ''
as $$
  select jsonb_build_object('ok', false, 'problem',
    jsonb_strip_nulls(jsonb_build_object('code', code, 'details', details, 'path', path)))
$$;

create function app.success(value jsonb) returns jsonb
  language sql immutable set search_path = ''
as $$ select jsonb_build_object('ok', true, 'value', value) $$;

create function app.sha256_hex(content text) returns text
  language sql immutable set search_path = ''
as $$ select encode(sha256(convert_to(content, 'UTF8')), 'hex') $$;

create function app.instant_text(instant timestamptz) returns text
  language sql stable set search_path = ''
as $$ select to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;
comment on function app.instant_text is 'UTC with milliseconds: the one text form that is hashed.';

-- ── Scope ──────────────────────────────────────────────────────────────────────────────────────────
-- A scope is a path of 4-digit segments without separators, e.g. street 0001, its community 00010003. It never
-- changes. Everything below a scope lies in the half-open range [scope, scope || '~').
create type app.scope_range as range (subtype = text, collation = "C");

create function app.below(scope text) returns app.scope_range
  language sql immutable set search_path = ''
as $$ select app.scope_range(scope collate "C", (scope || '~') collate "C") $$;

-- The same for rows of a table: inlined it is two comparisons, which an index answers in every version of PostgreSQL (`<@` only
-- from 17 on). So it names no search path; its operators are the built-in ones.
create function app.is_below(scope text, above text) returns boolean
  language sql immutable
as $$ select scope >= above collate "C" and scope < (above || '~') collate "C" $$;

-- `below` is inlined into policies, which then call the type's constructor in the asking user's own name.
grant execute on function app.below(text), app.scope_range(text, text), app.scope_range(text, text, text)
  to authenticated, service_role;

-- ── Audit ──────────────────────────────────────────────────────────────────────────────────────────
create table public.audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default app.now(),
  user_id uuid,
  action text not null check (length(action) between 3 and 60),
  object text,
  succeeded boolean not null,
  scope text collate "C",
  details jsonb not null default '{}'
);
comment on table public.audit_log is
  'Sign-ins, refusals and reads of sensitive data (等保: user, time, kind, success). Written by functions only, never changed.';
create index audit_log_at on public.audit_log (at);
create index audit_log_scope on public.audit_log (scope, at);
alter table public.audit_log enable row level security;
grant select on public.audit_log to authenticated;
-- Its policy stands with the memberships (next migration).

create function app.audit(p_user uuid, p_action text, p_object text, p_succeeded boolean, p_scope text, p_details jsonb)
  returns void language sql volatile security definer set search_path = ''
as $$
  insert into public.audit_log (user_id, action, object, succeeded, scope, details)
  values (p_user, p_action, p_object, p_succeeded, p_scope, coalesce(p_details, '{}'))
$$;

create function app.forbid_change() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  raise exception '% on %: got a change, expected an append-only table', tg_op, tg_table_name;
end $$;

create trigger audit_log_append_only before update or delete on public.audit_log
  for each row execute function app.forbid_change();
