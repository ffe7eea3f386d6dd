-- Enterprises (生产经营单位) and the dictionaries that describe them.

create table public.site_types (
  code text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  name_zh text not null,
  name_en text not null,
  position int not null default 0,
  source text not null default '示例',
  is_sample boolean not null default true
);
comment on table public.site_types is 'Kinds of site (场所类型): an editable dictionary, no national list exists.';

create table public.risk_tags (
  code text primary key check (code ~ '^[a-z][a-z0-9_]*$'),
  name_zh text not null,
  name_en text not null,
  source text not null default '示例',
  is_sample boolean not null default true
);

-- GB 32100-2015: 17 characters weighted 3^(i-1) mod 31, check character last (alphabet without I O S V Z); inside it the
-- organisation code of GB 11714 with its own check. The same as src/lib/enterprise/creditCode.ts.
create function app.credit_code_is_valid(code text) returns boolean
  language plpgsql immutable set search_path = ''
as $$
declare
  alphabet constant text := '0123456789ABCDEFGHJKLMNPQRTUWXY';
  weights constant int[] := array[1,3,9,27,19,26,16,17,20,29,25,13,8,24,10,30,28];
  organisation_alphabet constant text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  organisation_weights constant int[] := array[3,7,9,10,5,8,4,2];
  total int := 0; i int;
begin
  if code !~ '^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$' then return false; end if;
  for i in 1..8 loop
    total := total + organisation_weights[i] * (strpos(organisation_alphabet, substr(code, 8 + i, 1)) - 1);
  end loop;
  if substr('0X987654321', total % 11 + 1, 1) <> substr(code, 17, 1) then return false; end if;
  total := 0;
  for i in 1..17 loop total := total + weights[i] * (strpos(alphabet, substr(code, i, 1)) - 1); end loop;
  return substr(alphabet, (31 - total % 31) % 31 + 1, 1) = substr(code, 18, 1);
end $$;
grant execute on function app.credit_code_is_valid(text) to authenticated, service_role;

create table public.enterprises (
  id uuid primary key default gen_random_uuid(),
  ordinal bigint generated always as identity unique,
  scope text collate "C" not null,
  area_id uuid references public.areas,
  name text not null check (length(trim(name)) between 2 and 120),
  name_initials text not null default '',
  credit_code text unique check (app.credit_code_is_valid(credit_code)),
  credit_code_absence text check (length(credit_code_absence) between 2 and 100),
  address text not null default '',
  site_type text not null references public.site_types,
  industry_code text check (industry_code ~ '^[0-9]{2,4}$'),
  risk_level text check (risk_level in ('major', 'considerable', 'general', 'low')),
  tags text[] not null default '{}',
  standardisation_level text check (standardisation_level in ('1', '2', '3')),
  serving_institution text,
  supervising_department text,
  contact_name text,
  contact_phone text,
  status text not null default 'operating' check (status in ('operating', 'closed', 'moved')),
  location extensions.geometry(Point, 4326),
  longitude double precision generated always as (extensions.st_x(location)) stored,
  latitude double precision generated always as (extensions.st_y(location)) stored,
  location_source text not null default 'none' check (location_source in ('none', 'import', 'device', 'map')),
  location_crs text not null default 'wgs84',
  external_ref text,
  source text not null default '示例',
  is_sample boolean not null default false,
  created_by uuid,
  created_at timestamptz not null default app.now(),
  updated_at timestamptz not null default app.now(),
  constraint credit_code_or_reason check ((credit_code is null) <> (credit_code_absence is null)),
  constraint location_is_told check ((location is null) = (location_source = 'none')),
  constraint location_is_on_earth check (location is null or (extensions.st_x(location) between -180 and 180
    and extensions.st_y(location) between -90 and 90 and not (extensions.st_x(location) = 0 and extensions.st_y(location) = 0)))
);
comment on table public.enterprises is 'A site under supervision. area_id null: outside every area, waiting in the queue of its scope.';
comment on column public.enterprises.ordinal is 'What tiles and the map index call it: a number is a tenth of an id. Never shown, never in an address.';
comment on column public.enterprises.risk_level is '红橙黄蓝 risk, never the score band (conventions §0.7).';
comment on column public.enterprises.location_crs is 'The system the source stated; location itself is WGS-84.';
create index enterprises_scope on public.enterprises (scope, id);
create index enterprises_operating on public.enterprises (scope) where status = 'operating';
create index enterprises_not_operating on public.enterprises (id) where status <> 'operating';
create index enterprises_area on public.enterprises (area_id);
create index enterprises_name on public.enterprises (name);
create unique index enterprises_external_ref on public.enterprises (source, external_ref) where external_ref is not null;
create index enterprises_location on public.enterprises using gist (location);

create table public.principals (
  id uuid primary key default gen_random_uuid(),
  scope text collate "C" not null,
  name text not null check (length(name) between 1 and 50),
  phone text
);
comment on table public.principals is 'Legal representatives and principals (主要负责人); one person may lead two firms.';
create table public.enterprise_principals (
  enterprise_id uuid not null references public.enterprises,
  principal_id uuid not null references public.principals,
  scope text collate "C" not null,
  valid_from date not null,
  valid_to date,
  primary key (enterprise_id, principal_id, valid_from),
  constraint dates_in_order check (valid_to is null or valid_to > valid_from)
);
create index enterprise_principals_person on public.enterprise_principals (principal_id);

create table public.special_equipment (
  id uuid primary key default gen_random_uuid(),
  enterprise_id uuid not null references public.enterprises,
  scope text collate "C" not null,
  kind text not null, place text not null, next_test_on date
);
comment on table public.special_equipment is '特种设备: kind, place, next test.';
create index special_equipment_enterprise on public.special_equipment (enterprise_id);

create table public.risk_points (
  id uuid primary key default gen_random_uuid(),
  enterprise_id uuid not null references public.enterprises,
  scope text collate "C" not null,
  name text not null, place text not null,
  accident_kind text,
  level text check (level in ('major', 'considerable', 'general', 'low')),
  method text check (method in ('lec', 'ls')),
  factors jsonb, rating numeric, assessed_on date,
  measures text, department text, responsible text,
  closed_on date, closed_reason text,
  constraint method_gives_the_level check ((method is null) = (factors is null) and (method is null) = (rating is null)
    and (method is null or level is not null)),
  constraint closed_with_a_reason check ((closed_on is null) = (closed_reason is null))
);
comment on table public.risk_points is
  '风险点 (DS-4): what stands where and who keeps it in hand, with the fields of a risk register (conventions §5). 红橙黄蓝 is a risk, never a 记分.';
create index risk_points_enterprise on public.risk_points (enterprise_id);
-- The worst open risk point of an enterprise: its level. null: the register has none.
create function app.risk_of(p_enterprise uuid) returns text
  language sql stable security definer set search_path = ''
as $$
  select q.level from public.risk_points q where q.enterprise_id = p_enterprise and q.closed_on is null and q.level is not null
  order by array_position(array['major', 'considerable', 'general', 'low'], q.level) limit 1
$$;

do $$
declare t text;
begin
  foreach t in array array['site_types', 'risk_tags'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('grant select on public.%I to authenticated', t);
    execute format('create policy "members read the dictionary" on public.%I for select to authenticated using ((select app.is_member()))', t);
  end loop;
end $$;

alter table public.enterprises enable row level security;
alter table public.principals enable row level security;
alter table public.enterprise_principals enable row level security;
alter table public.special_equipment enable row level security;
alter table public.risk_points enable row level security;
grant select (id, scope, area_id, name, name_initials, credit_code, credit_code_absence, address, site_type, industry_code,
  risk_level, tags, standardisation_level, serving_institution, supervising_department, contact_name, contact_phone, status,
  longitude, latitude, location_source, location_crs, external_ref, source, is_sample, created_by, created_at, updated_at)
  on public.enterprises to authenticated;
grant select on public.principals, public.enterprise_principals, public.special_equipment, public.risk_points to authenticated;
create policy "staff see enterprises in their scope, a principal their own" on public.enterprises for select to authenticated
  using (scope <@ (select app.visible_scopes()) or id = any ((select app.own_enterprises())::uuid[]));
create policy "staff see principals in their scope" on public.principals for select to authenticated
  using (scope <@ (select app.visible_scopes()));
create policy "staff see who leads what, a principal their own" on public.enterprise_principals for select to authenticated
  using (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[]));
create policy "staff see equipment, a principal their own" on public.special_equipment for select to authenticated
  using (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[]));
create policy "staff see risk points, a principal their own" on public.risk_points for select to authenticated
  using (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[]));

-- Who leads an enterprise from today on. One person is known again by name and telephone within a street. That somebody
-- else leads it is a fact: accounts of persons are derived anew by it. → whether that is news.
create function app.put_principal(p_enterprise uuid, p_scope text, p_name text, p_phone text) returns boolean
  language plpgsql volatile security definer set search_path = ''
as $$
declare person uuid;
begin
  if p_name is null or exists (select 1 from public.enterprise_principals ep join public.principals p on p.id = ep.principal_id
    where ep.enterprise_id = p_enterprise and ep.valid_to is null and p.name = p_name and (p_phone is null or p.phone is not distinct from p_phone)) then
    return false;
  end if;
  select p.id into person from public.principals p
  where p.name = p_name and p.phone = p_phone and left(p.scope, 4) = left(p_scope, 4) limit 1;
  if person is null then
    insert into public.principals (scope, name, phone) values (p_scope, p_name, p_phone) returning id into person;
  end if;
  -- Who was written down today and is corrected today never led it.
  delete from public.enterprise_principals where enterprise_id = p_enterprise and valid_to is null and valid_from >= (select app.today());
  update public.enterprise_principals set valid_to = app.today() where enterprise_id = p_enterprise and valid_to is null;
  if exists (select 1 from public.enterprise_principals ep where ep.enterprise_id = p_enterprise) then
    perform app.add_fact(p_enterprise, p_scope, 'principal.changed', app.today(), null, null, auth.uid(), '{}');
  end if;
  insert into public.enterprise_principals (enterprise_id, principal_id, scope, valid_from) values (p_enterprise, person, p_scope, app.today())
  on conflict (enterprise_id, principal_id, valid_from) do update set valid_to = null;
  return true;
end $$;

-- The register changed (an import, a new place, a move): one event a scope, so that open maps there look again.
create function app.append_register_events(p_scopes text[]) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare changed record;
begin
  for changed in select s as scope, count(*) as enterprises from unnest(p_scopes) s group by s order by s loop
    perform app.append_event('register.changed', changed.scope, null, jsonb_build_object('enterprises', changed.enterprises));
  end loop;
end $$;

-- Enterprises in other areas: what describes them goes along; what happened stays where it happened.
create type app.enterprise_move as (enterprise_id uuid, scope text, area_id uuid);
create function app.move_enterprises(p_moves app.enterprise_move[]) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  update public.enterprises e set scope = m.scope, area_id = m.area_id, updated_at = app.now() from unnest(p_moves) m where e.id = m.enterprise_id;
  update public.principals p set scope = m.scope from public.enterprise_principals ep, unnest(p_moves) m
  where ep.principal_id = p.id and ep.valid_to is null and m.enterprise_id = ep.enterprise_id;
  update public.enterprise_principals x set scope = m.scope from unnest(p_moves) m where x.enterprise_id = m.enterprise_id;
  update public.special_equipment x set scope = m.scope from unnest(p_moves) m where x.enterprise_id = m.enterprise_id;
  update public.risk_points x set scope = m.scope from unnest(p_moves) m where x.enterprise_id = m.enterprise_id;
  update public.enterprise_tallies x set scope = m.scope from unnest(p_moves) m where x.enterprise_id = m.enterprise_id;
  update public.score_accounts x set scope = m.scope from unnest(p_moves) m where x.enterprise_id = m.enterprise_id;
  update public.memberships x set scope = m.scope from unnest(p_moves) m where x.enterprise_id = m.enterprise_id;
  update public.registered_events x set scope = m.scope from unnest(p_moves) m where x.enterprise_id = m.enterprise_id and x.state = 'proposed';
  update public.device_alarms x set scope = m.scope from unnest(p_moves) m where x.enterprise_id = m.enterprise_id and x.state = 'new';
end $$;
create function app.move_enterprise(p_enterprise uuid, p_scope text, p_area uuid) returns void
  language sql volatile security definer set search_path = ''
as $$ select app.move_enterprises(array[row(p_enterprise, p_scope, p_area)::app.enterprise_move]) $$;

-- One line of an import or of 「新增场所」 → one enterprise. Coordinates are WGS-84 already; the caller converted them.
-- Known again by id, credit code, (source, ref), else by name + address in the same area or at the same spot. What a line does not say stays.
create function app.put_enterprise(line jsonb, fallback_scope text, p_source text, within app.scope_multirange, actor uuid)
  returns jsonb language plpgsql volatile security definer set search_path = ''
as $$
declare
  code text := nullif(line->>'creditCode', ''); leader_changed boolean; moved boolean;
  point extensions.geometry; home public.areas; at_scope text; known public.enterprises; wanted public.enterprises; new_id uuid;
begin
  if code is not null and not app.credit_code_is_valid(code) then return jsonb_build_object('verdict', 'credit_code'); end if;
  if code is null and nullif(line->>'creditCodeAbsence', '') is null then return jsonb_build_object('verdict', 'credit_code_reason'); end if;
  if not exists (select 1 from public.site_types t where t.code = line->>'siteType') then return jsonb_build_object('verdict', 'site_type'); end if;
  if line->>'longitude' is not null then
    point := extensions.st_setsrid(extensions.st_makepoint((line->>'longitude')::float8, (line->>'latitude')::float8), 4326);
    home := app.area_at((line->>'longitude')::float8, (line->>'latitude')::float8);
  end if;
  if home.level in ('community', 'grid') then at_scope := home.scope;
  else at_scope := coalesce(home.scope::text, fallback_scope); home := null; end if;
  if at_scope is null or not at_scope collate "C" <@ within then return jsonb_build_object('verdict', 'outside_your_scope'); end if;
  select e.* into known from public.enterprises e where
    e.id = (line->>'id')::uuid or e.credit_code = code
    or (e.external_ref is not null and e.source = p_source and e.external_ref = line->>'ref')
    or (line->>'ref' is null and (code is null or e.credit_code is null)
      and e.name = trim(line->>'name') and e.address = coalesce(line->>'address', '') and e.scope::text <@ within
      and (e.scope = at_scope or point is null or extensions.st_distance(e.location, point) < 1e-7))
  order by e.id = (line->>'id')::uuid desc nulls last, e.credit_code = code desc nulls last limit 1 for update;
  if known.id is not null and (not known.scope::text <@ within
    or exists (select 1 from public.enterprises e where e.credit_code = code and e.id <> known.id)) then
    return jsonb_build_object('verdict', 'duplicate');
  end if;
  if known.id is not null then
    wanted := known;
    wanted.name := trim(line->>'name'); wanted.name_initials := coalesce(line->>'nameInitials', known.name_initials);
    wanted.address := coalesce(line->>'address', known.address); wanted.site_type := line->>'siteType';
    wanted.credit_code := coalesce(code, known.credit_code); -- a list without codes takes none away
    wanted.credit_code_absence := case when wanted.credit_code is null then line->>'creditCodeAbsence' end;
    wanted.industry_code := coalesce(line->>'industryCode', known.industry_code);
    wanted.risk_level := coalesce(app.risk_of(known.id), line->>'riskLevel', known.risk_level);
    wanted.tags := coalesce((select array_agg(t) from jsonb_array_elements_text(line->'tags') t), known.tags);
    wanted.standardisation_level := coalesce(line->>'standardisationLevel', known.standardisation_level);
    wanted.serving_institution := coalesce(line->>'servingInstitution', known.serving_institution);
    wanted.supervising_department := coalesce(line->>'supervisingDepartment', known.supervising_department);
    wanted.contact_name := coalesce(line->>'contactName', known.contact_name);
    wanted.contact_phone := coalesce(line->>'contactPhone', known.contact_phone);
    moved := point is not null and not coalesce(extensions.st_distance(known.location, point) < 1e-7, false);
    if moved then
      wanted.location := point; wanted.location_source := coalesce(line->>'locationSource', 'import');
      wanted.location_crs := coalesce(line->>'crs', 'wgs84');
    end if;
    -- Outside every area: who assigned it to one by hand is believed until the position changes.
    if point is not null and (home.id is not null or moved) then
      wanted.scope := at_scope; wanted.area_id := home.id;
    end if;
    leader_changed := app.put_principal(known.id, wanted.scope, line->>'principalName', line->>'principalPhone');
    if wanted is not distinct from known and not leader_changed then
      return jsonb_build_object('verdict', 'unchanged', 'id', known.id);
    end if;
    update public.enterprises set name = wanted.name, name_initials = wanted.name_initials, address = wanted.address, site_type = wanted.site_type,
      credit_code = wanted.credit_code, credit_code_absence = wanted.credit_code_absence, industry_code = wanted.industry_code,
      risk_level = wanted.risk_level, tags = wanted.tags, standardisation_level = wanted.standardisation_level,
      serving_institution = wanted.serving_institution, supervising_department = wanted.supervising_department,
      contact_name = wanted.contact_name, contact_phone = wanted.contact_phone, location = wanted.location,
      location_source = wanted.location_source, location_crs = wanted.location_crs, updated_at = app.now()
    where id = known.id;
    if (wanted.scope, wanted.area_id) is distinct from (known.scope, known.area_id) then
      perform app.move_enterprise(known.id, wanted.scope, wanted.area_id);
    end if;
    return jsonb_build_object('verdict', 'changed', 'id', known.id);
  end if;
  insert into public.enterprises (id, scope, area_id, name, name_initials, credit_code, credit_code_absence, address, site_type,
    industry_code, risk_level, tags, standardisation_level, serving_institution, supervising_department, contact_name, contact_phone,
    location, location_source, location_crs, external_ref, source, is_sample, created_by)
  values (coalesce((line->>'id')::uuid, gen_random_uuid()), at_scope, home.id, trim(line->>'name'), coalesce(line->>'nameInitials', ''),
    code, case when code is null then line->>'creditCodeAbsence' end, coalesce(line->>'address', ''), line->>'siteType',
    line->>'industryCode', line->>'riskLevel', coalesce((select array_agg(t) from jsonb_array_elements_text(line->'tags') t), '{}'),
    line->>'standardisationLevel', line->>'servingInstitution', line->>'supervisingDepartment', line->>'contactName', line->>'contactPhone',
    point, case when point is null then 'none' else coalesce(line->>'locationSource', 'import') end, coalesce(line->>'crs', 'wgs84'),
    line->>'ref', p_source, coalesce((line->>'isSample')::boolean, false), actor)
  returning id into new_id;
  perform app.put_principal(new_id, at_scope, line->>'principalName', line->>'principalPhone');
  insert into public.special_equipment (enterprise_id, scope, kind, place, next_test_on)
  select new_id, at_scope, q->>'kind', q->>'place', (q->>'nextTestOn')::date from jsonb_array_elements(line->'specialEquipment') q;
  insert into public.risk_points (enterprise_id, scope, name, place, level, measures, responsible)
  select new_id, at_scope, q->>'name', q->>'place', q->>'level', q->>'measures', q->>'responsible' from jsonb_array_elements(line->'riskPoints') q;
  update public.enterprises set risk_level = app.risk_of(new_id) where id = new_id and app.risk_of(new_id) is not null;
  return jsonb_build_object('verdict', case when home.id is null then 'loaded_outside' else 'loaded' end, 'id', new_id);
end $$;

create function public.import_enterprises(p_lines jsonb, p_source text, p_mode text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  within app.scope_multirange := app.administered_scopes();
  fallback text; line jsonb; answer jsonb; verdicts jsonb[] := '{}'; refused int := 0; changed uuid[] := '{}';
begin
  if within = '{}'::app.scope_multirange then return app.refusal('permission.role'); end if;
  if p_mode not in ('dry_run', 'all_or_nothing', 'skip_bad') then return app.refusal('request.invalid', null, 'mode'); end if;
  select m.scope into fallback from app.active_memberships() m where m.role = 'administrator' order by length(m.scope) limit 1;
  begin
    for line in select value from jsonb_array_elements(p_lines) loop
      answer := app.put_enterprise(line, fallback, p_source, within, auth.uid());
      if answer->>'verdict' not in ('loaded', 'loaded_outside', 'changed', 'unchanged') then refused := refused + 1; end if;
      if answer->>'verdict' in ('loaded', 'loaded_outside', 'changed') then changed := changed || (answer->>'id')::uuid; end if;
      verdicts := verdicts || (answer || jsonb_strip_nulls(jsonb_build_object('ref', line->'ref', 'line', line->'line')));
    end loop;
    if p_mode = 'dry_run' or (p_mode = 'all_or_nothing' and refused > 0) then
      raise exception using errcode = 'MC001', message = 'undo';
    end if;
    perform app.append_register_events(array(select e.scope from public.enterprises e where e.id = any (changed)));
  exception when sqlstate 'MC001' then null;
  end;
  return app.success(jsonb_build_object('verdicts', to_jsonb(verdicts), 'refused', refused,
    'kept', p_mode <> 'dry_run' and (p_mode = 'skip_bad' or refused = 0)));
end $$;
comment on function public.import_enterprises is
  'Verdicts per line: loaded, loaded_outside (queue), changed, unchanged, or refused: credit_code, credit_code_reason, site_type, outside_your_scope, duplicate.';
grant execute on function public.import_enterprises(jsonb, text, text) to authenticated;

-- 「新增场所」 on the spot, by whoever may inspect there. The id is the phone's: the same call twice changes nothing, and
-- what stands already is changed by administrators only.
create function public.add_enterprise(p_enterprise jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare answer jsonb; fallback text;
begin
  select m.scope into fallback from app.active_memberships() m
  where m.role in ('inspector', 'community_worker', 'administrator') order by length(m.scope) desc limit 1;
  if fallback is null then return app.refusal('permission.role'); end if;
  begin
    answer := app.put_enterprise(p_enterprise, fallback, '现场新增', app.visible_scopes(), auth.uid());
    if answer->>'verdict' = 'changed' then raise exception using errcode = 'MC001', message = 'undo'; end if;
  exception when sqlstate 'MC001' then
    if answer->>'id' is distinct from p_enterprise->>'id' then return app.refusal('enterprise.duplicate'); end if;
    answer := answer || '{"verdict":"unchanged"}';
  end;
  if answer->>'verdict' in ('loaded', 'loaded_outside') then
    perform app.append_register_events(array(select e.scope from public.enterprises e where e.id = (answer->>'id')::uuid));
  end if;
  if answer->>'verdict' in ('loaded', 'loaded_outside', 'changed', 'unchanged') then return app.success(answer); end if;
  return app.refusal(case answer->>'verdict'
    when 'credit_code' then 'enterprise.credit_code' when 'credit_code_reason' then 'enterprise.credit_code_reason'
    when 'duplicate' then 'enterprise.duplicate' when 'outside_your_scope' then 'permission.area' else 'request.invalid' end);
end $$;
grant execute on function public.add_enterprise(jsonb) to authenticated;
