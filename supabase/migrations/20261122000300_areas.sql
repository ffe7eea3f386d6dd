-- Areas: the tree district → street → community → grid, with name, code and boundary as dated versions.

create table public.areas (
  id uuid primary key default gen_random_uuid(),
  parent_id uuid references public.areas,
  scope text collate "C" not null unique check (scope ~ '^([0-9]{4})+$'),
  level text not null check (level in ('district', 'street', 'community', 'grid')),
  created_at timestamptz not null default app.now()
);
comment on table public.areas is 'An area is its scope, which never changes; what it is called and where it lies is dated (area_versions).';
create index areas_parent on public.areas (parent_id);

create table public.area_versions (
  id uuid primary key default gen_random_uuid(),
  area_id uuid not null references public.areas,
  scope text collate "C" not null,
  name text not null check (length(name) between 1 and 60),
  official_code text check (official_code ~ '^[0-9]{2,12}$'),
  local_code text check (length(local_code) between 1 and 40),
  boundary extensions.geometry(MultiPolygon, 4326),
  boundary_note text,
  valid_from date not null,
  valid_to date,
  source text not null default '示例',
  is_sample boolean not null default true,
  reason text check (length(reason) between 2 and 200),
  changed_by uuid,
  changed_at timestamptz not null default app.now(),
  constraint dates_in_order check (valid_to is null or valid_to > valid_from),
  constraint boundary_is_valid check (boundary is null or extensions.st_isvalid(boundary))
);
comment on column public.area_versions.official_code is '统计用区划代码 (12 digits) or its beginning; null for an area without an official code.';
comment on column public.area_versions.local_code is 'What the source calls the place where it has no official code, behind the prefix stated at import, e.g. 下城-SQ-3. Never an official number.';
comment on column public.area_versions.boundary_note is 'What was mended at import, if anything.';
comment on column public.area_versions.reason is 'Why it was drawn anew, in the administrator''s words; null for what was imported.';
create unique index area_versions_current on public.area_versions (area_id) where valid_to is null;
create index area_versions_code on public.area_versions (official_code) where valid_to is null;
create index area_versions_local_code on public.area_versions (local_code) where valid_to is null;
create index area_versions_boundary on public.area_versions using gist (boundary);

alter table public.areas enable row level security;
alter table public.area_versions enable row level security;
grant select on public.areas to authenticated;
grant select (id, area_id, scope, name, official_code, local_code, boundary_note, valid_from, valid_to, source, is_sample, reason, changed_at)
  on public.area_versions to authenticated;
create policy "staff see areas in their scope and those above it" on public.areas for select to authenticated
  using (scope <@ (select app.visible_scopes())
    or exists (select 1 from app.active_memberships() m where m.role <> 'principal' and m.scope::text <@ app.below(areas.scope)));
create policy "staff see versions of areas in their scope and above it" on public.area_versions for select to authenticated
  using (scope <@ (select app.visible_scopes())
    or exists (select 1 from app.active_memberships() m where m.role <> 'principal' and m.scope::text <@ app.below(area_versions.scope)));

create view public.current_areas with (security_invoker = true) as
  select a.id, a.parent_id, a.scope, a.level, v.name, v.official_code, v.valid_from, v.is_sample, v.local_code
  from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null;
comment on view public.current_areas is 'Areas as they are named today; geometry never crosses REST.';
grant select on public.current_areas to authenticated;

-- The deepest current area that covers a point. On a shared border the lowest scope wins, so the answer is one.
create function app.area_at(longitude double precision, latitude double precision) returns public.areas
  language sql stable security definer set search_path = ''
as $$
  select a from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
  where extensions.st_intersects(v.boundary, extensions.st_setsrid(extensions.st_makepoint(longitude, latitude), 4326))
  order by length(a.scope) desc, a.scope limit 1
$$;

-- Boundaries of what the user may see, as GeoJSON; coordinates to 6 places (about 0.1 m).
create function public.area_boundaries(p_level text) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('type', 'FeatureCollection', 'features', coalesce(jsonb_agg(jsonb_build_object(
    'type', 'Feature', 'id', a.id,
    'properties', jsonb_build_object('id', a.id, 'scope', a.scope, 'name', v.name, 'officialCode', v.official_code, 'localCode', v.local_code),
    'geometry', extensions.st_asgeojson(v.boundary, 6)::jsonb) order by a.scope), '[]'))
  from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
  where a.level = p_level and v.boundary is not null and a.scope <@ (select app.visible_scopes())
$$;
grant execute on function public.area_boundaries(text) to authenticated;

create function app.next_scope(p_parent_scope text) returns text
  language sql volatile security definer set search_path = ''
as $$
  select p_parent_scope || lpad((1 + coalesce(max(right(a.scope, 4)::int), 0))::text, 4, '0')
  from public.areas a
  where a.scope::text <@ app.below(p_parent_scope) and length(a.scope) = length(p_parent_scope) + 4
$$;

create function app.area_rank(level text) returns int
  language sql immutable set search_path = ''
as $$ select array_position(array['district', 'street', 'community', 'grid'], level) $$;

-- The area above a line: named by code (official or local), by name, or found as the one that covers a point of the
-- shape. → the area's id, or null with why: parent_unknown, parent_ambiguous, parent_missing.
create function app.import_parent(line jsonb, shape extensions.geometry, out parent public.areas, out reason text)
  language plpgsql stable security definer set search_path = ''
as $$
declare rank int := app.area_rank(line->>'level'); found uuid[]; point extensions.geometry;
begin
  if line->>'parentCode' is not null or line->>'parentName' is not null then
    select array_agg(a.id) into found from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
    where app.area_rank(a.level) < rank and a.scope <@ (select app.administered_scopes())
      and (line->>'parentCode' is null or line->>'parentCode' in (v.official_code, v.local_code))
      and (line->>'parentName' is null or line->>'parentName' in (v.name, v.local_code));
  elsif coalesce((line->>'parentByPosition')::boolean, false) then
    point := extensions.st_pointonsurface(shape);
    select array_agg(a.id) into found from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
    where app.area_rank(a.level) = rank - 1 and extensions.st_intersects(v.boundary, point);
  elsif rank > 2 then
    reason := 'parent_missing'; return;
  else
    return; -- a district, or a street that stands alone
  end if;
  if found is null then reason := 'parent_unknown';
  elsif cardinality(found) > 1 then reason := 'parent_ambiguous';
  else select a.* into parent from public.areas a where a.id = found[1]; end if;
end $$;

-- A boundary as it can be stored, or null. What was wrong is named; mending may not change the area by more than
-- 1/1000, or it is not the same place any more. (PGlite swallows errors of GEOS, so every step is checked.)
create function app.mended_boundary(line_geometry jsonb, out shape extensions.geometry, out mended text)
  language plpgsql stable security definer set search_path = ''
as $$
declare raw extensions.geometry;
begin
  if line_geometry->>'type' not in ('Polygon', 'MultiPolygon') then return; end if;
  raw := extensions.st_multi(extensions.st_setsrid(extensions.st_geomfromgeojson(line_geometry::text), 4326));
  shape := raw;
  if not extensions.st_isvalid(raw) then
    mended := extensions.st_isvalidreason(raw);
    shape := extensions.st_multi(extensions.st_collectionextract(extensions.st_makevalid(raw), 3));
  end if;
  if shape is null or extensions.st_isempty(shape) or not extensions.st_isvalid(shape)
    or abs(extensions.st_area(shape) - extensions.st_area(raw)) > 0.001 * extensions.st_area(raw) then
    shape := null;
  end if;
end $$;

-- One line {ref, level, name, officialCode? | localCode?, parentCode? | parentName? | parentByPosition?, geometry?, isSample?}.
-- An area is known again by its code, else by level + name under its parent.
create function app.put_area(line jsonb, p_valid_from date, p_source text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  parent record; read_shape record; shape extensions.geometry; mended text; above public.areas;
  known public.areas; version public.area_versions; new_area public.areas;
begin
  if app.area_rank(line->>'level') is null then return jsonb_build_object('verdict', 'level'); end if;
  if coalesce(length(line->>'name'), 0) not between 1 and 60 then return jsonb_build_object('verdict', 'name'); end if;
  if line->>'officialCode' !~ '^[0-9]{2,12}$' then return jsonb_build_object('verdict', 'code'); end if;
  if jsonb_typeof(line->'geometry') = 'object' then
    select * into read_shape from app.mended_boundary(line->'geometry');
    shape := read_shape.shape; mended := read_shape.mended;
    if shape is null then return jsonb_strip_nulls(jsonb_build_object('verdict', 'geometry', 'mended', mended)); end if;
  end if;
  select * into parent from app.import_parent(line, shape);
  if parent.reason is not null then return jsonb_build_object('verdict', parent.reason); end if;
  above := parent.parent;
  if not coalesce(above.scope, '') collate "C" <@ (select app.administered_scopes()) then
    return jsonb_build_object('verdict', 'outside_your_scope');
  end if;
  select a.* into known from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
  where a.level = line->>'level' and (
    v.official_code = line->>'officialCode' or v.local_code = line->>'localCode'
    or (v.name = line->>'name' and a.parent_id is not distinct from above.id
      and (v.official_code is null or line->>'officialCode' is null) and (v.local_code is null or line->>'localCode' is null)))
  order by (v.official_code = line->>'officialCode' or v.local_code = line->>'localCode') desc nulls last limit 1;
  if known.id is null then
    insert into public.areas (parent_id, scope, level) values (above.id, app.next_scope(coalesce(above.scope, '')), line->>'level')
    returning * into new_area;
    insert into public.area_versions (area_id, scope, name, official_code, local_code, boundary, boundary_note, valid_from, source, is_sample)
    values (new_area.id, new_area.scope, line->>'name', line->>'officialCode', line->>'localCode', shape, mended, p_valid_from, p_source,
      coalesce((line->>'isSample')::boolean, false));
    return jsonb_strip_nulls(jsonb_build_object('verdict', 'loaded', 'mended', mended));
  end if;
  -- The scope of an area never changes, so it cannot be given another parent.
  if known.parent_id is distinct from above.id then return jsonb_build_object('verdict', 'parent_changed'); end if;
  select v.* into version from public.area_versions v where v.area_id = known.id and v.valid_to is null;
  if version.name = line->>'name' and coalesce(version.official_code = line->>'officialCode', line->>'officialCode' is null)
    and coalesce(version.local_code = line->>'localCode', line->>'localCode' is null)
    and (shape is null or (version.boundary is not null and extensions.st_equals(version.boundary, shape))) then
    return jsonb_strip_nulls(jsonb_build_object('verdict', 'unchanged', 'mended', mended));
  end if;
  if version.valid_from < p_valid_from then
    update public.area_versions set valid_to = p_valid_from where id = version.id;
    insert into public.area_versions (area_id, scope, name, official_code, local_code, boundary, boundary_note, valid_from, source, is_sample)
    values (known.id, known.scope, line->>'name', coalesce(line->>'officialCode', version.official_code),
      coalesce(line->>'localCode', version.local_code), coalesce(shape, version.boundary),
      case when shape is null then version.boundary_note else mended end, p_valid_from, p_source, coalesce((line->>'isSample')::boolean, false));
  else -- a correction of what is valid from then on, not a change of the place
    update public.area_versions set name = line->>'name', official_code = coalesce(line->>'officialCode', official_code),
      local_code = coalesce(line->>'localCode', local_code), boundary = coalesce(shape, boundary),
      boundary_note = case when shape is null then boundary_note else mended end, source = p_source where id = version.id;
  end if;
  return jsonb_strip_nulls(jsonb_build_object('verdict', 'changed', 'mended', mended));
end $$;

-- The community a scope lies in, by its scope (four digits a level); null outside every community.
create function app.community_of(p_scope text) returns text
  language sql stable security definer set search_path = ''
as $$
  select a.scope::text from generate_series(4, length(p_scope), 4) n join public.areas a on a.scope = left(p_scope, n) collate "C"
  where a.level = 'community' limit 1
$$;

-- What it is called today.
create function app.community_name(p_scope text) returns text
  language sql stable security definer set search_path = ''
as $$
  select v.name from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
  where a.scope = app.community_of(p_scope) collate "C"
$$;
