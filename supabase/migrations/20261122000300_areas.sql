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
  boundary extensions.geometry(MultiPolygon, 4326),
  boundary_note text,
  valid_from date not null,
  valid_to date,
  source text not null default '示例',
  is_sample boolean not null default true,
  constraint dates_in_order check (valid_to is null or valid_to > valid_from),
  constraint boundary_is_valid check (boundary is null or extensions.st_isvalid(boundary))
);
comment on column public.area_versions.official_code is '统计用区划代码 (12 digits) or its beginning; null for an area without an official code.';
comment on column public.area_versions.boundary_note is 'What was mended at import, if anything.';
create unique index area_versions_current on public.area_versions (area_id) where valid_to is null;
create index area_versions_code on public.area_versions (official_code) where valid_to is null;
create index area_versions_boundary on public.area_versions using gist (boundary);

alter table public.areas enable row level security;
alter table public.area_versions enable row level security;
grant select on public.areas to authenticated;
grant select (id, area_id, scope, name, official_code, boundary_note, valid_from, valid_to, source, is_sample)
  on public.area_versions to authenticated;
create policy "staff see areas in their scope and those above it" on public.areas for select to authenticated
  using (scope <@ (select app.visible_scopes())
    or exists (select 1 from app.active_memberships() m where m.role <> 'principal' and m.scope::text <@ app.below(scope)));
create policy "staff see versions of areas in their scope and above it" on public.area_versions for select to authenticated
  using (scope <@ (select app.visible_scopes())
    or exists (select 1 from app.active_memberships() m where m.role <> 'principal' and m.scope::text <@ app.below(scope)));

create view public.current_areas with (security_invoker = true) as
  select a.id, a.parent_id, a.scope, a.level, v.name, v.official_code, v.valid_from, v.is_sample
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
    'properties', jsonb_build_object('id', a.id, 'scope', a.scope, 'name', v.name, 'officialCode', v.official_code),
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

-- Import: the whole file in one transaction. A line is {ref, level, name, officialCode?, parentCode? | parentRef?, geometry?}.
-- An area is known again by its official code, else by level + name under its parent: loading twice changes nothing.
create function public.import_areas(p_lines jsonb, p_valid_from date, p_source text, p_mode text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  line jsonb; verdicts jsonb := '[]'; verdict text; mended text;
  refused int := 0; parent public.areas; known public.areas; version public.area_versions;
  shape extensions.geometry; raw extensions.geometry; new_area public.areas; parent_scope text;
begin
  if (select app.administered_scopes()) = '{}'::app.scope_multirange then return app.refusal('permission.role'); end if;
  if p_mode not in ('dry_run', 'all_or_nothing', 'skip_bad') then return app.refusal('request.invalid', null, 'mode'); end if;
  perform pg_advisory_xact_lock(20261122);
  begin
  for line in select value from jsonb_array_elements(p_lines) loop
    parent := null; known := null; version := null; shape := null; mended := null; verdict := null;
    if line->>'parentCode' is not null then
      select a.* into parent from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
      where v.official_code = line->>'parentCode' limit 1;
      if parent.id is null then verdict := 'parent_unknown'; end if;
    elsif line->>'parentName' is not null then
      select a.* into parent from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
      where v.name = line->>'parentName' order by length(a.scope) desc limit 1;
      if parent.id is null then verdict := 'parent_unknown'; end if;
    end if;
    parent_scope := coalesce(parent.scope, '');
    if verdict is null and not parent_scope collate "C" <@ (select app.administered_scopes()) then verdict := 'outside_your_scope'; end if;
    if verdict is null and line->'geometry' is not null and line->'geometry' <> 'null' then
      raw := extensions.st_setsrid(extensions.st_geomfromgeojson((line->'geometry')::text), 4326);
      shape := extensions.st_multi(raw);
      if not extensions.st_isvalid(shape) then
        mended := extensions.st_isvalidreason(shape);
        shape := extensions.st_multi(extensions.st_collectionextract(extensions.st_makevalid(shape), 3));
        if shape is null or extensions.st_isempty(shape)
          or abs(extensions.st_area(shape) - abs(extensions.st_area(raw))) > 0.001 * abs(extensions.st_area(raw)) then
          verdict := 'geometry'; shape := null;
        end if;
      end if;
    end if;
    if verdict is null then
      select a.* into known from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
      where a.level = line->>'level' and (
        (line->>'officialCode' is not null and v.official_code = line->>'officialCode')
        or (v.name = line->>'name' and a.parent_id is not distinct from parent.id
          and (line->>'officialCode' is null or v.official_code is null))) limit 1;
      if known.id is null then
        verdict := 'loaded';
        insert into public.areas (parent_id, scope, level) values (parent.id, app.next_scope(parent_scope), line->>'level')
        returning * into new_area;
        insert into public.area_versions (area_id, scope, name, official_code, boundary, boundary_note, valid_from, source, is_sample)
        values (new_area.id, new_area.scope, line->>'name', line->>'officialCode', shape, mended, p_valid_from, p_source,
          coalesce((line->>'isSample')::boolean, false));
      else
        select v.* into version from public.area_versions v where v.area_id = known.id and v.valid_to is null;
        if version.name = line->>'name' and version.official_code is not distinct from line->>'officialCode'
          and (shape is null or (version.boundary is not null and extensions.st_equals(version.boundary, shape))) then
          verdict := 'unchanged';
        else
          verdict := 'changed';
          if version.valid_from >= p_valid_from then
              update public.area_versions set name = line->>'name', official_code = line->>'officialCode',
                boundary = coalesce(shape, boundary), boundary_note = mended, source = p_source where id = version.id;
            else
              update public.area_versions set valid_to = p_valid_from where id = version.id;
              insert into public.area_versions (area_id, scope, name, official_code, boundary, boundary_note, valid_from, source, is_sample)
              values (known.id, known.scope, line->>'name', line->>'officialCode', coalesce(shape, version.boundary), mended,
                p_valid_from, p_source, coalesce((line->>'isSample')::boolean, false));
            end if;
        end if;
      end if;
    end if;
    if verdict not in ('loaded', 'changed', 'unchanged') then refused := refused + 1; end if;
    verdicts := verdicts || jsonb_strip_nulls(jsonb_build_object('ref', line->'ref', 'verdict', verdict, 'mended', mended));
  end loop;
  if p_mode = 'dry_run' or (p_mode = 'all_or_nothing' and refused > 0) then
    raise exception using errcode = 'MC001', message = 'undo';
  end if;
  exception when sqlstate 'MC001' then null; -- the verdicts stay, what was written does not
  end;
  return app.success(jsonb_build_object('verdicts', verdicts, 'refused', refused,
    'kept', p_mode <> 'dry_run' and (p_mode = 'skip_bad' or refused = 0)));
end $$;
comment on function public.import_areas is
  'Per-line verdicts: loaded, changed, unchanged, or refused (parent_unknown, outside_your_scope, geometry). Refused lines change nothing.';
grant execute on function public.import_areas(jsonb, date, text, text) to authenticated;
