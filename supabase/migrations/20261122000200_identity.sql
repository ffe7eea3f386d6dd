-- Identity: agencies, who belongs to them in which role and scope, invitations, settings.
-- A user without a membership sees nothing. auth.users is not referenced: its schema belongs to Supabase.

create table public.agencies (
  id uuid primary key default gen_random_uuid(),
  scope text collate "C" not null,
  name text not null check (length(name) between 2 and 60),
  short_name text not null check (length(short_name) between 1 and 20),
  may_enforce boolean not null default false,
  template jsonb not null default '{}',
  is_sample boolean not null default false,
  created_at timestamptz not null default app.now()
);
comment on table public.agencies is 'The office that checks. `template`: prefixes, numbering, remedy clause, contact (agencyTemplateSchema).';
comment on column public.agencies.may_enforce is 'Track A is open: delegated power published by the province (行政处罚法第二十四条).';
create unique index agencies_scope on public.agencies (scope);

create table public.memberships (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null,
  role text not null check (role in ('administrator', 'leader', 'inspector', 'community_worker', 'principal')),
  agency_id uuid references public.agencies,
  scope text collate "C" not null,
  enterprise_id uuid,
  display_name text not null check (length(display_name) between 1 and 50),
  email text,
  licence_number text check (length(licence_number) between 3 and 40),
  licence_valid_until date,
  created_at timestamptz not null default app.now(),
  ended_at timestamptz,
  constraint principal_means_enterprise check ((role = 'principal') = (enterprise_id is not null)),
  constraint licence_is_complete check ((licence_number is null) = (licence_valid_until is null)),
  constraint licence_is_an_inspectors check (licence_number is null or role = 'inspector')
);
comment on table public.memberships is 'Who may do what, where: role × scope (staff) or role × enterprise (principal).';
comment on column public.memberships.scope is 'What staff may see; for a principal only where their enterprise lies, which opens nothing.';
comment on column public.memberships.licence_number is '执法证号; with its expiry it decides whether track A is open.';
create index memberships_user on public.memberships (user_id) where ended_at is null;
create index memberships_scope on public.memberships (scope);
create unique index memberships_once on public.memberships (user_id, role, scope, coalesce(enterprise_id, '00000000-0000-0000-0000-000000000000'))
  where ended_at is null;

create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  token_sha256 text not null unique check (token_sha256 ~ '^[0-9a-f]{64}$'),
  role text not null check (role in ('administrator', 'leader', 'inspector', 'community_worker', 'principal')),
  agency_id uuid references public.agencies,
  scope text collate "C" not null,
  enterprise_id uuid,
  display_name text,
  licence_number text,
  licence_valid_until date,
  created_by uuid,
  created_at timestamptz not null default app.now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz
);
comment on table public.invitations is 'One-time links; only the hash of a token is kept. The first one (administrator of everything) is made at first start.';
create index invitations_scope on public.invitations (scope);

create table public.settings (
  scope text collate "C" not null,
  key text not null check (key ~ '^[a-z_]+(\.[a-z_]+)*$'),
  value jsonb not null,
  source text not null default '示例',
  is_sample boolean not null default true,
  changed_by uuid,
  changed_at timestamptz not null default app.now(),
  primary key (scope, key)
);
comment on table public.settings is 'Dated choices of an agency, e.g. the limits of a check-in; the nearest scope upward wins.';
insert into public.settings (scope, key, value) values
  ('', 'check_in.limits', '{"softAccuracyMetres":50,"hardAccuracyMetres":500,"softDistanceMetres":150,"hardDistanceMetres":3000}'),
  ('', 'delivery.valid_days', '180'),
  ('', 'recheck.days', '10');

-- ── Who is asking ──────────────────────────────────────────────────────────────────────────────────
-- Security definer: policies on memberships would otherwise ask themselves.
create function app.active_memberships() returns setof public.memberships
  language sql stable security definer set search_path = ''
as $$
  select m.* from public.memberships m where m.user_id = auth.uid() and m.ended_at is null
$$;

create function app.visible_scopes() returns app.scope_multirange
  language sql stable security definer set search_path = ''
as $$
  select coalesce(range_agg(app.below(m.scope)), '{}'::app.scope_multirange)
  from app.active_memberships() m where m.role <> 'principal'
$$;
comment on function app.visible_scopes is 'What a member of staff may see; used in every policy as scope <@ (select app.visible_scopes()).';

create function app.own_enterprises() returns uuid[]
  language sql stable security definer set search_path = ''
as $$
  select coalesce(array_agg(m.enterprise_id), '{}') from app.active_memberships() m where m.enterprise_id is not null
$$;

create function app.administered_scopes() returns app.scope_multirange
  language sql stable security definer set search_path = ''
as $$
  select coalesce(range_agg(app.below(m.scope)), '{}'::app.scope_multirange)
  from app.active_memberships() m where m.role = 'administrator'
$$;

-- The asking user's membership in one of these roles that covers the scope; the most specific one.
create function app.membership_for(roles text[], at_scope text) returns public.memberships
  language sql stable security definer set search_path = ''
as $$
  select m from app.active_memberships() m
  where m.role = any (roles) and at_scope collate "C" <@ app.below(m.scope)
  order by length(m.scope) desc, m.created_at limit 1
$$;

create function app.is_member() returns boolean
  language sql stable security definer set search_path = ''
as $$ select exists (select 1 from app.active_memberships()) $$;

create function app.setting(at_scope text, setting_key text) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select s.value from public.settings s
  where s.key = setting_key and at_scope collate "C" <@ app.below(s.scope)
  order by length(s.scope) desc limit 1
$$;

grant execute on function app.active_memberships(), app.visible_scopes(), app.own_enterprises(),
  app.administered_scopes(), app.membership_for(text[], text), app.is_member(), app.setting(text, text)
  to authenticated, service_role;

-- ── Policies ───────────────────────────────────────────────────────────────────────────────────────
alter table public.agencies enable row level security;
alter table public.memberships enable row level security;
alter table public.invitations enable row level security;
alter table public.settings enable row level security;
grant select on public.agencies, public.memberships, public.settings to authenticated;
grant select (id, role, agency_id, scope, enterprise_id, display_name, licence_number, licence_valid_until, created_by,
  created_at, expires_at, accepted_at, revoked_at) on public.invitations to authenticated;

create policy "members see their agencies and those below or above them" on public.agencies for select to authenticated
  using (exists (select 1 from app.active_memberships() m
    where (agencies.scope <@ app.below(m.scope) or m.scope::text <@ app.below(agencies.scope))));
create policy "staff see the memberships in their scope, everyone their own" on public.memberships for select to authenticated
  using (user_id = (select auth.uid()) or scope <@ (select app.visible_scopes()));
create policy "administrators see the invitations in their scope" on public.invitations for select to authenticated
  using (scope <@ (select app.administered_scopes()));
create policy "members see the settings that reach them" on public.settings for select to authenticated
  using (exists (select 1 from app.active_memberships() m
    where (settings.scope <@ app.below(m.scope) or m.scope::text <@ app.below(settings.scope))));
create policy "administrators read the audit of their scope" on public.audit_log for select to authenticated
  using (coalesce(scope, '') <@ (select app.administered_scopes()));
