-- Keys of programs (QGIS, ArcGIS, a district's own platform): an area, some collections, until a day, no personal data unless
-- said. Only the hash of a key is kept. The server asks with its own identity and the key's hash, and every question checks the
-- key again here: a key sees what it names, whatever our server asks.

create table public.api_keys (
  id uuid primary key,
  scope text collate "C" not null,
  name text not null check (length(trim(name)) between 2 and 60),
  key_sha256 text not null unique check (key_sha256 ~ '^[0-9a-f]{64}$'),
  key_hint text not null check (length(key_hint) = 4),
  collections text[] not null check (cardinality(collections) > 0 and collections <@ array['enterprises', 'hazards', 'areas']),
  personal_data boolean not null default false,
  expires_on date not null,
  created_by uuid not null,
  created_by_name text not null,
  created_at timestamptz not null default app.now(),
  revoked_at timestamptz,
  last_used_at timestamptz
);
comment on table public.api_keys is 'What a program may read. key_hint: the last four characters, so that people can tell keys apart.';
comment on column public.api_keys.personal_data is 'Names and telephones of people, and what inspectors wrote in free words, which may name some.';
create index api_keys_scope on public.api_keys (scope);
alter table public.api_keys enable row level security;
grant select (id, scope, name, key_hint, collections, personal_data, expires_on, created_by, created_by_name, created_at, revoked_at, last_used_at)
  on public.api_keys to authenticated;
create policy "administrators see the keys of their scope" on public.api_keys for select to authenticated
  using (scope <@ (select app.administered_scopes()));

-- p_key: {id, scope, name, hash, hint, collections, personalData, expiresOn}; the key itself never comes here.
create function public.create_api_key(p_key jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare at_scope text := p_key->>'scope'; wanted text[]; day date := (p_key->>'expiresOn')::date; m public.memberships;
begin
  if at_scope is null or not at_scope <@ app.administered_scopes() then return app.refusal('permission.role'); end if;
  select array_agg(x order by x) into wanted from jsonb_array_elements_text(coalesce(p_key->'collections', '[]')) x;
  if wanted is null or not wanted <@ array['enterprises', 'hazards', 'areas'] then return app.refusal('request.invalid', null, 'collections'); end if;
  if day is null or day not between app.today() and app.today() + 731 then return app.refusal('request.invalid', null, 'expiresOn'); end if;
  if length(trim(coalesce(p_key->>'name', ''))) not between 2 and 60 then return app.refusal('request.invalid', null, 'name'); end if;
  if coalesce(p_key->>'hash', '') !~ '^[0-9a-f]{64}$' or length(coalesce(p_key->>'hint', '')) <> 4 then return app.refusal('request.invalid', null, 'hash'); end if;
  m := app.membership_for(array['administrator'], at_scope);
  insert into public.api_keys (id, scope, name, key_sha256, key_hint, collections, personal_data, expires_on, created_by, created_by_name)
  values ((p_key->>'id')::uuid, at_scope, trim(p_key->>'name'), p_key->>'hash', p_key->>'hint', wanted, coalesce((p_key->>'personalData')::boolean, false), day,
    auth.uid(), m.display_name);
  perform app.audit(auth.uid(), 'api_key.create', p_key->>'id', true, at_scope,
    jsonb_build_object('collections', wanted, 'personalData', coalesce((p_key->>'personalData')::boolean, false), 'expiresOn', day));
  return app.success(jsonb_build_object('id', p_key->>'id'));
end $$;
grant execute on function public.create_api_key(jsonb) to authenticated;

create function public.revoke_api_key(p_id uuid) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare k public.api_keys;
begin
  select * into k from public.api_keys where id = p_id for update;
  if k.id is null or not k.scope::text <@ app.administered_scopes() then return app.refusal('not_found'); end if;
  if k.revoked_at is null then
    update public.api_keys set revoked_at = app.now() where id = k.id;
    perform app.audit(auth.uid(), 'api_key.revoke', k.id::text, true, k.scope, null);
  end if;
  return app.success(jsonb_build_object('id', k.id));
end $$;
grant execute on function public.revoke_api_key(uuid) to authenticated;

-- The key of this hash while it counts; null otherwise. Used is noted once a minute, and audited once a day.
create function app.open_api_key(p_sha256 text) returns public.api_keys
  language plpgsql volatile security definer set search_path = ''
as $$
declare k public.api_keys;
begin
  select * into k from public.api_keys where key_sha256 = p_sha256 and revoked_at is null and expires_on >= (select app.today());
  if k.id is null then return null; end if;
  if k.last_used_at is null or k.last_used_at < app.now() - interval '1 minute' then
    if k.last_used_at is null or app.shanghai_date(k.last_used_at) < (select app.today()) then
      perform app.audit(null, 'api_key.use', k.id::text, true, k.scope, null);
    end if;
    update public.api_keys set last_used_at = app.now() where id = k.id;
  end if;
  return k;
end $$;

-- What a key opens: {collections: [{id, bbox: [w, s, e, n] | null, from, to}]}. Extents are those of the areas below its scope.
create function public.api_collections(p_key_sha256 text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare k public.api_keys := app.open_api_key(p_key_sha256); box jsonb;
begin
  if k.id is null then return app.refusal('api_key.unknown'); end if;
  select jsonb_build_array(extensions.st_xmin(b.e), extensions.st_ymin(b.e), extensions.st_xmax(b.e), extensions.st_ymax(b.e)) into box
  from (select extensions.st_extent(v.boundary)::extensions.box2d as e from public.area_versions v
    where v.valid_to is null and v.boundary is not null and v.scope <@ app.below(k.scope)) b where b.e is not null;
  return app.success(jsonb_build_object('keyId', k.id, 'collections', (select jsonb_agg(jsonb_build_object('id', c, 'bbox', box,
    'from', case c when 'hazards' then (select min(h.found_on) from public.hazards h where app.is_below(h.scope, k.scope))
      when 'areas' then (select min(v.valid_from) from public.area_versions v where v.valid_to is null and v.scope <@ app.below(k.scope)) end) order by c)
    from unnest(k.collections) c)));
end $$;
grant execute on function public.api_collections(text) to service_role;

create function app.api_enterprise(e public.enterprises, p_personal boolean) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('type', 'Feature', 'id', e.id,
    'geometry', case when e.longitude is not null then jsonb_build_object('type', 'Point',
      'coordinates', jsonb_build_array(round(e.longitude::numeric, 6), round(e.latitude::numeric, 6))) end,
    'properties', jsonb_build_object('name', e.name, 'creditCode', e.credit_code, 'address', e.address, 'siteType', e.site_type,
      'siteTypeName', (select s.name_zh from public.site_types s where s.code = e.site_type), 'community', app.community_name(e.scope), 'status', e.status,
      'riskLevel', e.risk_level, 'tags', array_to_string(e.tags, ','), 'supervisingDepartment', e.supervising_department, 'scheme', a.pack_id,
      'bandLevel', a.band_level, 'bandName', a.band_name, 'pendingLevel', a.pending_level, 'points', a.points / 100.0,
      'openHazards', coalesce(t.open_hazards, 0), 'openMajor', coalesce(t.open_major, 0), 'isOverdue', coalesce(t.next_deadline < (select app.today()), false),
      'nextDeadline', t.next_deadline, 'lastInspectedOn', t.last_inspected_on, 'isSample', e.is_sample)
      || case when p_personal then jsonb_build_object('contactName', e.contact_name, 'contactPhone', e.contact_phone) else '{}' end)
  from (select 1) one left join public.score_accounts a on a.enterprise_id = e.id left join public.enterprise_tallies t on t.enterprise_id = e.id
$$;
create function app.api_hazard(h public.hazards, e public.enterprises, p_personal boolean) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('type', 'Feature', 'id', h.id,
    'geometry', case when coalesce(h.longitude, e.longitude) is not null then jsonb_build_object('type', 'Point', 'coordinates', jsonb_build_array(
      round(coalesce(h.longitude, e.longitude)::numeric, 6), round(coalesce(h.latitude, e.latitude)::numeric, 6))) end,
    'properties', jsonb_build_object('enterpriseId', h.enterprise_id, 'enterpriseName', e.name, 'community', app.community_name(h.scope), 'siteType', h.site_type,
      'itemCode', h.item_code, 'part', h.part, 'severity', h.severity, 'cause', h.cause, 'legalBasis', h.legal_basis, 'state', h.state, 'foundOn', h.found_on,
      'deadline', h.deadline, 'closedOn', h.closed_on, 'isOverdue', coalesce(h.state in ('open', 'rectification_submitted') and h.deadline < (select app.today()), false),
      'recurrence', h.recurrence, 'positionOf', case when h.longitude is not null then 'hazard' when e.longitude is not null then 'enterprise' end)
      || case when p_personal then jsonb_build_object('description', h.description) else '{}' end)
$$;
create function app.api_area(a public.areas, v public.area_versions) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('type', 'Feature', 'id', a.id, 'geometry', extensions.st_asgeojson(v.boundary, 6)::jsonb,
    'properties', jsonb_build_object('name', v.name, 'level', a.level, 'officialCode', v.official_code, 'localCode', v.local_code, 'validFrom', v.valid_from,
      'parentId', a.parent_id, 'source', v.source, 'isSample', v.is_sample))
$$;

-- Features of a collection under a key, by id. p_query: {boxes: [[w, s, e, n], …], from, to (days), after, limit, id, count}.
-- → {features, next: id after which the next page begins | null, matched: of all pages, when asked}
-- bbox and datetime leave out what has no position and no day (/req/core/fc-bbox-response, fc-time-response). The conditions are
-- put together so that each question has a plan of its own; nothing a client sends becomes text of a statement.
create function public.api_features(p_key_sha256 text, p_collection text, p_query jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  k public.api_keys := app.open_api_key(p_key_sha256); boxes extensions.geometry; source text; feature text; conditions text; answer jsonb; matched bigint;
  most int := least(greatest(coalesce((p_query->>'limit')::int, 100), 1), 10000); after_id uuid := (p_query->>'after')::uuid;
  low date := coalesce((p_query->>'from')::date, '-infinity'); high date := coalesce((p_query->>'to')::date, 'infinity'); one uuid := (p_query->>'id')::uuid;
begin
  if k.id is null then return app.refusal('api_key.unknown'); end if;
  if p_collection is null or not p_collection = any (k.collections) then return app.refusal('not_found'); end if;
  if jsonb_array_length(coalesce(p_query->'boxes', '[]')) > 0 then
    select extensions.st_setsrid(extensions.st_collect(extensions.st_makeenvelope((b->>0)::float8, (b->>1)::float8, (b->>2)::float8, (b->>3)::float8)), 4326)
      into boxes from jsonb_array_elements(p_query->'boxes') b;
  end if;
  if p_collection = 'enterprises' then
    source := 'public.enterprises x left join public.enterprise_tallies t on t.enterprise_id = x.id';
    feature := 'app.api_enterprise(x, $1)';
    conditions := case when p_query ? 'from' or p_query ? 'to' then ' and t.last_inspected_on between $4 and $5' else '' end
      || case when boxes is not null then ' and extensions.st_intersects(x.location, $6)' else '' end;
  elsif p_collection = 'hazards' then
    source := 'public.hazards x join public.enterprises e on e.id = x.enterprise_id';
    feature := 'app.api_hazard(x, e, $1)';
    conditions := ' and x.state <> ''withdrawn''' || case when p_query ? 'from' or p_query ? 'to' then ' and x.found_on <= $5 and coalesce(x.closed_on, ''infinity'') >= $4' else '' end
      || case when boxes is not null then ' and extensions.st_intersects(coalesce(extensions.st_setsrid(extensions.st_makepoint(x.longitude, x.latitude), 4326), e.location), $6)'
        else '' end;
  else
    source := 'public.areas x join public.area_versions v on v.area_id = x.id and v.valid_to is null';
    feature := 'app.api_area(x, v)';
    conditions := case when p_query ? 'from' or p_query ? 'to' then ' and v.valid_from <= $5' else '' end
      || case when boxes is not null then ' and extensions.st_intersects(v.boundary, $6)' else '' end;
  end if;
  conditions := ' where x.scope <@ app.below($2)' || conditions || case when one is not null then ' and x.id = $7' else '' end;
  if coalesce((p_query->>'count')::boolean, false) then
    execute 'select count(*) from ' || source || conditions into matched using k.personal_data, k.scope, after_id, low, high, boxes, one;
  end if;
  execute 'select jsonb_build_object(''features'', coalesce(jsonb_agg(y.f order by y.id) filter (where y.place <= $8), ''[]''), '
    || '''next'', (array_agg(y.id) filter (where y.place = $8))[1], ''hasMore'', count(*) > $8) from (select z.id, z.f, row_number() over (order by z.id) as place from '
    || '(select x.id, ' || feature || ' as f from ' || source || conditions || case when after_id is not null then ' and x.id > $3' else '' end
    || ' order by x.id limit $8 + 1) z) y'
    into answer using k.personal_data, k.scope, after_id, low, high, boxes, one, most;
  return app.success(jsonb_build_object('features', answer->'features', 'matched', matched,
    'next', case when (answer->>'hasMore')::boolean then answer->'next' end));
end $$;
grant execute on function public.api_features(text, text, jsonb) to service_role;
