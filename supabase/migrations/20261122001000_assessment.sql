-- Assessment: facts are what happened (append-only, human decisions among them); entries and accounts are derived
-- from them by the engine in `scoring/` and can be derived again.

create table public.facts (
  id uuid primary key default gen_random_uuid(),
  enterprise_id uuid not null references public.enterprises,
  scope text collate "C" not null,
  kind text not null check (kind ~ '^[a-z_]+(\.[a-z_]+)?$'),
  occurred_on date not null,
  recorded_at timestamptz not null default app.now(),
  ordinal bigint generated always as identity,
  inspection_id uuid references public.inspections,
  hazard_id uuid references public.hazards,
  decided_by uuid,
  data jsonb not null default '{}'
);
comment on table public.facts is 'When it happened (occurred_on) and when it was known (recorded_at) both count, so that any past day can be recomputed.';
create index facts_enterprise on public.facts (enterprise_id, ordinal);
create index facts_scope on public.facts (scope);
create index facts_decisions on public.facts (scope) where kind like 'decision.%';
create trigger facts_append_only before update or delete on public.facts for each row execute function app.forbid_change();

create table public.scheme_packs (
  id text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  document jsonb not null,
  subject text not null generated always as (document->>'subject') stored check (subject in ('enterprise', 'principal')),
  is_sample boolean not null,
  installed_at timestamptz not null default app.now(),
  primary key (id, sha256)
);
comment on table public.scheme_packs is 'Rule packs by content; a changed pack is a new row, never an edit.';
comment on column public.scheme_packs.subject is 'Whose account it is: the enterprise''s, or the account of the person who leads it (主要负责人).';
create table public.scheme_activations (
  id uuid primary key default gen_random_uuid(),
  pack_id text not null,
  pack_sha256 text not null,
  scope text collate "C" not null,
  site_type text references public.site_types,
  valid_from date not null,
  valid_to date,
  foreign key (pack_id, pack_sha256) references public.scheme_packs,
  constraint dates_in_order check (valid_to is null or valid_to > valid_from)
);
comment on table public.scheme_activations is 'Which pack counts for which kind of site, where and from when; the nearest scope, then the named kind, wins.';
create unique index scheme_activations_once on public.scheme_activations (scope, coalesce(site_type, ''), valid_from);

create table public.score_accounts (
  enterprise_id uuid primary key references public.enterprises,
  scope text collate "C" not null,
  pack_id text not null,
  pack_sha256 text not null,
  points int not null,
  pending_points int not null,
  band text,
  band_level text check (band_level in ('normal', 'warning', 'focus', 'highest')),
  band_name text,
  pending_band text,
  pending_level text check (pending_level in ('normal', 'warning', 'focus', 'highest')),
  pending_name text,
  band_to_confirm text,
  band_people int not null default 1 check (band_people > 0),
  band_since date,
  as_of date not null,
  facts_seen bigint not null,
  assessed_at timestamptz not null default app.now(),
  constraint bands_are_whole check ((band is null) = (band_level is null) and (band is null) = (band_name is null)
    and (pending_band is null) = (pending_level is null) and (pending_band is null) = (pending_name is null))
);
comment on column public.score_accounts.band_level is
  'The common ladder by which the map compares enterprises under different schemes; band and band_name are the scheme''s own.';
comment on column public.score_accounts.band_to_confirm is 'The band that the points in effect have reached and that waits for so many people (band_people).';
comment on column public.score_accounts.band_since is 'The day the band in effect began: what a measure is proposed for.';
comment on column public.score_accounts.points is '1/100 point. band null: 未评估. pending_*: with what still waits for confirmation.';
create function app.band_json(p_level text, p_name text) returns jsonb
  language sql immutable set search_path = ''
as $$ select case when p_level is not null then jsonb_build_object('level', p_level, 'name', p_name) end $$;

create index score_accounts_scope on public.score_accounts (scope);
create index score_accounts_to_confirm on public.score_accounts (scope) where band_to_confirm is not null;
create table public.score_entries (
  enterprise_id uuid not null references public.enterprises,
  scope text collate "C" not null,
  fact_id uuid not null references public.facts,
  clause text not null,
  clause_text text not null,
  points int not null,
  state text not null check (state in ('sealed', 'proposed', 'confirmed', 'appealed', 'upheld', 'reduced', 'reversed')),
  occurred_on date not null,
  expires_on date,
  is_appealed boolean not null default false,
  people_to_confirm int not null default 1 check (people_to_confirm > 0),
  people_to_reverse int not null default 1 check (people_to_reverse > 0),
  primary key (enterprise_id, fact_id, clause)
);
comment on column public.score_entries.people_to_confirm is 'How many different people it takes: more than one where the decision would change the band.';
create index score_entries_scope on public.score_entries (scope);
create index score_entries_appealed on public.score_entries (scope) where is_appealed;

do $$
declare t text;
begin
  foreach t in array array['facts', 'score_accounts', 'score_entries'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('grant select on public.%I to authenticated', t);
    execute format('create policy "staff see their scope, a principal their own" on public.%I for select to authenticated
      using (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[]))', t);
  end loop;
  foreach t in array array['scheme_packs', 'scheme_activations'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('grant select on public.%I to authenticated', t);
    execute format('create policy "members read the rules" on public.%I for select to authenticated using ((select app.is_member()))', t);
  end loop;
end $$;

create function app.add_fact(p_enterprise uuid, p_scope text, p_kind text, p_on date, p_inspection uuid, p_hazard uuid, p_by uuid, p_data jsonb,
  p_at timestamptz default null) returns uuid
  language sql volatile security definer set search_path = ''
as $$
  insert into public.facts (enterprise_id, scope, kind, occurred_on, recorded_at, inspection_id, hazard_id, decided_by, data)
  values (p_enterprise, p_scope, p_kind, p_on, coalesce(p_at, app.now()), p_inspection, p_hazard, p_by,
    p_data || jsonb_strip_nulls(jsonb_build_object('hazardId', p_hazard))) returning id
$$;
comment on function app.add_fact is 'data.hazardId is what packs tie a reduction to its charge by.';

-- A step that a person took goes into the chain: the event that tells of it holds the hash of the whole fact, and no word of it.
create function app.fact_text(f public.facts) returns text
  language sql stable security definer set search_path = ''
as $$
  select concat_ws(E'\n', f.id, f.enterprise_id, f.kind, f.occurred_on, app.instant_text(f.recorded_at), coalesce(f.decided_by::text, ''), f.data::text)
$$;
create function app.chained(p_fact uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('fact', f.id, 'factSha256', app.sha256_hex(app.fact_text(f))) from public.facts f where f.id = p_fact
$$;

-- Start-up: the shipped packs; the first activation of a scope-less default only where none stands.
create function public.install_pack(p_id text, p_sha256 text, p_document jsonb, p_is_sample boolean, p_default_from date) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  insert into public.scheme_packs (id, sha256, document, is_sample) values (p_id, p_sha256, p_document, p_is_sample) on conflict do nothing;
  if p_default_from is not null and not exists (select 1 from public.scheme_activations where scope = '' and site_type is null) then
    insert into public.scheme_activations (pack_id, pack_sha256, scope, valid_from) values (p_id, p_sha256, '', p_default_from);
  end if;
  return app.success('{}');
end $$;
grant execute on function public.install_pack(text, text, jsonb, boolean, date) to service_role;

create function app.declared_scheme(p_scope text, p_site_type text, p_on date) returns public.scheme_activations
  language sql stable security definer set search_path = ''
as $$
  select a from public.scheme_activations a
  where p_scope collate "C" <@ app.below(a.scope) and (a.site_type is null or a.site_type = p_site_type)
    and a.valid_from <= p_on and (a.valid_to is null or a.valid_to > p_on)
  order by length(a.scope) desc, (a.site_type is not null) desc, a.valid_from desc limit 1
$$;

-- Whose account: under a scheme whose subject is the person who leads (主要负责人), every enterprise they lead shows the
-- same account, made of what happened wherever they led and while they led. Without a principal on record, the
-- enterprise stands for itself.
create function app.declared_subject(p_enterprise uuid) returns text
  language sql stable security definer set search_path = ''
as $$
  select coalesce((select p.subject from public.enterprises e cross join lateral app.declared_scheme(e.scope, e.site_type, app.today()) s
    join public.scheme_packs p on p.id = s.pack_id and p.sha256 = s.pack_sha256 where e.id = p_enterprise), 'enterprise')
$$;

create function app.principal_of(p_enterprise uuid) returns uuid
  language sql stable security definer set search_path = ''
as $$
  select ep.principal_id from public.enterprise_principals ep where ep.enterprise_id = p_enterprise
    and ep.valid_from <= (select app.today()) and (ep.valid_to is null or ep.valid_to > (select app.today())) order by ep.valid_from desc limit 1
$$;

-- When a person led what. Who is the first on record is taken to have led it before that, too.
create function app.terms_of(p_principal uuid) returns table (enterprise_id uuid, first_day date, until date)
  language sql stable security definer set search_path = ''
as $$
  select ep.enterprise_id, case when exists (select 1 from public.enterprise_principals x
      where x.enterprise_id = ep.enterprise_id and x.valid_from < ep.valid_from) then ep.valid_from else '-infinity' end, coalesce(ep.valid_to, 'infinity')
  from public.enterprise_principals ep where ep.principal_id = p_principal
$$;

-- The enterprises whose facts an account may read.
create function app.subject_enterprises(p_enterprise uuid, p_subject text) returns uuid[]
  language sql stable security definer set search_path = ''
as $$
  select case when p_subject is distinct from 'principal' then array[p_enterprise] else array(
    select p_enterprise union select t.enterprise_id from app.terms_of(app.principal_of(p_enterprise)) t) end
$$;

-- What is said about a fact belongs to the day of that fact: a decision on an entry goes where the entry goes.
create function app.subject_facts(p_enterprise uuid, p_subject text) returns setof public.facts
  language plpgsql stable security definer set search_path = ''
as $$
declare person uuid := case when p_subject = 'principal' then app.principal_of(p_enterprise) end;
begin
  if person is null then
    return query select f.* from public.facts f where f.enterprise_id = p_enterprise order by f.ordinal;
  else
    return query select f.* from app.terms_of(person) t join public.facts f on f.enterprise_id = t.enterprise_id
      left join public.facts told on told.id = (coalesce(f.data->>'entry', f.data->>'fact'))::uuid
      where coalesce(told.occurred_on, f.occurred_on) >= t.first_day and coalesce(told.occurred_on, f.occurred_on) < t.until order by f.ordinal;
  end if;
end $$;

-- Accounts that facts of these enterprises count in: their own, and those of what their leaders, of then and now, lead today.
create function app.accounts_touched(p_enterprises uuid[]) returns setof uuid
  language plpgsql stable security definer set search_path = ''
as $$
begin
  return query select x from unnest(p_enterprises) x;
  if exists (select 1 from public.scheme_activations a join public.scheme_packs p on p.id = a.pack_id and p.sha256 = a.pack_sha256 where p.subject = 'principal') then
    return query select distinct o.enterprise_id from public.enterprise_principals here
      join public.enterprise_principals o on o.principal_id = here.principal_id and not o.enterprise_id = any (p_enterprises)
      where here.enterprise_id = any (p_enterprises) and app.principal_of(o.enterprise_id) = o.principal_id
        and app.declared_subject(o.enterprise_id) = 'principal';
  end if;
end $$;

create function public.declared_scheme_of(p_enterprise uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('packId', p.id, 'packSha256', p.sha256, 'document', p.document, 'isSample', p.is_sample)
  from public.enterprises e cross join lateral app.declared_scheme(e.scope, e.site_type, app.today()) s
  join public.scheme_packs p on p.id = s.pack_id and p.sha256 = s.pack_sha256
  where e.id = p_enterprise and (auth.role() = 'service_role' or e.scope::text <@ (select app.visible_scopes())
    or e.id = any ((select app.own_enterprises())::uuid[]))
$$;
grant execute on function public.declared_scheme_of(uuid) to authenticated, service_role;

-- The assessor (secret key): whose account is behind their facts, the day or the declared scheme; all facts of some; the derived result.
create function public.enterprises_to_assess(p_limit int default 100) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with own as (select f.enterprise_id, max(f.ordinal) as last from public.facts f group by f.enterprise_id),
  led as (
    select ep.enterprise_id from public.enterprise_principals ep where ep.valid_to is null and exists (
      select 1 from public.scheme_activations a join public.scheme_packs p on p.id = a.pack_id and p.sha256 = a.pack_sha256 where p.subject = 'principal')
  ), newest as (
    select e.id, s.pack_id, s.pack_sha256, case when p.subject = 'principal' then (select max(o.last) from own o
      where o.enterprise_id = any (app.subject_enterprises(e.id, p.subject))) else own.last end as last
    from (select enterprise_id from own union select enterprise_id from led) x join public.enterprises e on e.id = x.enterprise_id
    cross join lateral app.declared_scheme(e.scope, e.site_type, app.today()) s
    join public.scheme_packs p on p.id = s.pack_id and p.sha256 = s.pack_sha256
    left join own on own.enterprise_id = e.id
  )
  select coalesce(jsonb_agg(x.id order by x.last desc), '[]') from (
    select n.id, n.last from newest n left join public.score_accounts a on a.enterprise_id = n.id
    where n.last is not null and (a.enterprise_id is null or n.last > a.facts_seen or a.as_of < (select app.today())
      or (a.pack_id, a.pack_sha256) is distinct from (n.pack_id, n.pack_sha256))
    order by n.last desc limit least(p_limit, 2000)) x
$$;
grant execute on function public.enterprises_to_assess(int) to service_role;

-- Facts as `scoring/` reads them: what a clause is tied by stands in the fact's own attributes. What people wrote (reasons,
-- statements) is no rule's business: it stays where those who may read it are asked (`app.steps_of`).
create function app.facts_of(p_enterprise uuid, p_subject text) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'kind', f.kind, 'occurredOn', f.occurred_on,
    'recordedAt', app.instant_text(f.recorded_at),
    'data', f.data - array['facts', 'law', 'discretion', 'treatment', 'statement', 'reason', 'note']
      || jsonb_strip_nulls(jsonb_build_object('hazardId', f.hazard_id, 'inspectionId', f.inspection_id))) order by f.ordinal), '[]')
  from app.subject_facts(p_enterprise, p_subject) f
$$;

-- With them come the other accounts that the same facts count in.
create function public.facts_for_assessment(p_enterprises uuid[]) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('enterpriseId', e.id, 'today', app.today(), 'packId', s.pack_id, 'packSha256', s.pack_sha256,
    'factsSeen', (select max(f.ordinal) from public.facts f where f.enterprise_id = any (app.subject_enterprises(e.id, p.subject))),
    'facts', app.facts_of(e.id, p.subject)) order by e.id), '[]')
  from app.accounts_touched(p_enterprises) touched join public.enterprises e on e.id = touched
  left join lateral app.declared_scheme(e.scope, e.site_type, app.today()) s on true
  left join public.scheme_packs p on p.id = s.pack_id and p.sha256 = s.pack_sha256
$$;
grant execute on function public.facts_for_assessment(uuid[]) to service_role;

create function public.read_packs() returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'sha256', p.sha256, 'document', p.document)), '[]') from public.scheme_packs p
$$;
grant execute on function public.read_packs() to service_role;

-- One account: {enterpriseId, packId, packSha256, points, pendingPoints, band, pendingBand, bandToConfirm, bandPeople, asOf, factsSeen,
-- entries[], measures[]}, a band {key, level, name} or null.
-- An older answer never overwrites a newer one. True when what the map shows has changed.
create function app.store_account(p_account jsonb, e public.enterprises) returns boolean
  language plpgsql volatile security definer set search_path = ''
as $$
declare before public.score_accounts;
begin
  perform pg_advisory_xact_lock(hashtextextended(e.id::text, 3));
  select * into before from public.score_accounts where enterprise_id = e.id for update;
  if before.facts_seen > (p_account->>'factsSeen')::bigint then return false; end if;
  insert into public.score_accounts (enterprise_id, scope, pack_id, pack_sha256, points, pending_points, band, band_level, band_name,
    pending_band, pending_level, pending_name, band_to_confirm, band_people, band_since, as_of, facts_seen)
  values (e.id, e.scope, p_account->>'packId', p_account->>'packSha256', (p_account->>'points')::int, (p_account->>'pendingPoints')::int,
    p_account->'band'->>'key', p_account->'band'->>'level', p_account->'band'->>'name', p_account->'pendingBand'->>'key',
    p_account->'pendingBand'->>'level', p_account->'pendingBand'->>'name', p_account->>'bandToConfirm', (p_account->>'bandPeople')::int,
    case when before.pack_id = p_account->>'packId' and before.band = p_account->'band'->>'key' then before.band_since else (p_account->>'asOf')::date end,
    (p_account->>'asOf')::date, (p_account->>'factsSeen')::bigint)
  on conflict (enterprise_id) do update set scope = excluded.scope, pack_id = excluded.pack_id, pack_sha256 = excluded.pack_sha256,
    points = excluded.points, pending_points = excluded.pending_points, band = excluded.band, band_level = excluded.band_level,
    band_name = excluded.band_name, pending_band = excluded.pending_band, pending_level = excluded.pending_level, pending_name = excluded.pending_name,
    band_to_confirm = excluded.band_to_confirm, band_people = excluded.band_people, band_since = excluded.band_since,
    as_of = excluded.as_of, facts_seen = excluded.facts_seen, assessed_at = app.now();
  delete from public.score_entries where enterprise_id = e.id;
  insert into public.score_entries (enterprise_id, scope, fact_id, clause, clause_text, points, state, occurred_on, expires_on,
    is_appealed, people_to_confirm, people_to_reverse)
  select e.id, e.scope, (x->>'factId')::uuid, x->>'clause', x->>'clauseText', (x->>'points')::int, x->>'state', (x->>'occurredOn')::date, (x->>'expiresOn')::date,
    (x->>'isAppealed')::boolean, (x->>'peopleToConfirm')::int, (x->>'peopleToReverse')::int
  from jsonb_array_elements(p_account->'entries') x;
  perform app.propose_measures(e, p_account);
  return before.enterprise_id is null or (before.pack_id, before.band, before.pending_band, before.points)
    is distinct from (p_account->>'packId', p_account->'band'->>'key', p_account->'pendingBand'->>'key', (p_account->>'points')::int);
end $$;

-- Accounts of several enterprises at once. All of them are written before the first event, so that the event
-- head is the last lock taken; sorted, so that two assessors never wait for each other in a circle.
create function public.store_assessments(p_accounts jsonb, p_quiet boolean default false) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare account jsonb; e public.enterprises; changed jsonb := '[]';
begin
  for account in select value from jsonb_array_elements(p_accounts) order by value->>'enterpriseId' loop
    select * into e from public.enterprises where id = (account->>'enterpriseId')::uuid;
    if app.store_account(account, e) then changed := changed || account; end if;
  end loop;
  if not p_quiet then
    for account in select value from jsonb_array_elements(changed) loop
      select * into e from public.enterprises where id = (account->>'enterpriseId')::uuid;
      perform app.append_event('account.changed', e.scope, e.id, jsonb_build_object('packId', account->>'packId',
        'band', account->'band'->>'key', 'pendingBand', account->'pendingBand'->>'key', 'points', (account->>'points')::int));
    end loop;
  end if;
  return app.success(jsonb_build_object('changed', jsonb_array_length(changed)));
end $$;
grant execute on function public.store_assessments(jsonb, boolean) to service_role;
