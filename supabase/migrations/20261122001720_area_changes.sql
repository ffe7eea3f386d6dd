-- Areas changed by people: boundaries drawn anew, areas added, renamed, ended, or loaded from a file. What would change is
-- told before it is done, by doing it and undoing it; enterprises follow their positions in the same transaction.

-- ── Where positions say that enterprises lie ───────────────────────────────────────────────────────
create type app.enterprise_home as (enterprise_id uuid, area_id uuid, scope text);

-- By position alone, as app.area_at says it of one point: the deepest area, on a shared border the lowest scope. area_id null: in
-- no community; scope null: outside every area. Of those in p_region (null: everywhere) and those that p_areas now have.
create function app.homes_in(p_region extensions.geometry, p_areas uuid[], within app.scope_multirange) returns setof app.enterprise_home
  language sql stable security definer set search_path = ''
as $$
  select distinct on (e.id) e.id, case when a.level in ('community', 'grid') then a.id end, a.scope::text
  from public.enterprises e left join (
    select x.id, x.level, x.scope, v.boundary from public.areas x join public.area_versions v on v.area_id = x.id and v.valid_to is null
  ) a on extensions.st_intersects(a.boundary, e.location)
  where e.location is not null and e.scope <@ within
    and (p_region is null or e.area_id = any (p_areas) or extensions.st_intersects(p_region, e.location))
  order by e.id, length(a.scope) desc nulls last, a.scope
$$;

-- The queue for those in no community: that of the nearest street (or district) which still stands.
create function app.queue_scope(p_scope text) returns text
  language sql stable security definer set search_path = ''
as $$
  select coalesce((select a.scope from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
    where a.level in ('district', 'street') and p_scope collate "C" <@ app.below(a.scope) order by length(a.scope) desc limit 1), left(p_scope, 4))
$$;

-- Who has to move, now that areas lie differently. Who stood where their position said follows it; who was assigned by hand stays,
-- unless their area has ended. Nobody moves into what the asking user does not administer: they wait in their own street.
create function app.moves_since(p_before app.enterprise_home[], p_region extensions.geometry, p_areas uuid[], p_ended uuid[], within app.scope_multirange)
  returns setof app.enterprise_move language sql stable security definer set search_path = ''
as $$
  with wanted as (
    select e.id, e.scope::text as old_scope, e.area_id as old_area,
      case when h.scope is null or not h.scope collate "C" <@ within then null else h.scope end as scope,
      case when h.scope collate "C" <@ within then h.area_id end as area_id
    from unnest(p_before) b join app.homes_in(p_region, p_areas, within) h on h.enterprise_id = b.enterprise_id
    join public.enterprises e on e.id = b.enterprise_id
    where e.area_id = any (p_ended) or ((b.area_id, b.scope) is distinct from (h.area_id, h.scope) and e.area_id is not distinct from b.area_id)
    union all
    select e.id, e.scope, e.area_id, p.scope, p.id
    from public.enterprises e join public.areas a on a.id = e.area_id
    left join lateral (select x.* from public.areas x join public.area_versions v on v.area_id = x.id and v.valid_to is null
      where x.id = a.parent_id and x.level = 'community') p on true
    where e.location is null and e.area_id = any (p_ended) and e.scope <@ within
  ), placed as (
    select w.id, w.old_scope, w.old_area, coalesce(w.scope, case when app.queue_scope(w.old_scope) collate "C" <@ within
      then app.queue_scope(w.old_scope) else w.old_scope end) as scope, w.area_id from wanted w
  )
  select p.id, p.scope, p.area_id from placed p where (p.scope, p.area_id) is distinct from (p.old_scope, p.old_area) order by p.id
$$;

-- 示例北社区, or 示例北社区 · 第三网格; the last name of an area that has ended.
create function app.area_label(p_area uuid) returns text
  language sql stable security definer set search_path = ''
as $$
  select concat_ws(' · ', (select v.name from public.area_versions v where a.level = 'grid' and v.area_id = a.parent_id order by v.valid_from desc limit 1),
    (select v.name from public.area_versions v where v.area_id = a.id order by v.valid_from desc limit 1))
  from public.areas a where a.id = p_area
$$;

-- Moves as people read them: how many from where to where, and who (the first 500).
create function app.moves_json(p_moves app.enterprise_move[]) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with moves as (
    select e.id, e.name, e.area_id as from_area, m.area_id as to_area from unnest(p_moves) m join public.enterprises e on e.id = m.enterprise_id
  ), flows as (
    select m.from_area, m.to_area, app.area_label(m.from_area) as from_name, app.area_label(m.to_area) as to_name, count(*) as n
    from moves m group by 1, 2
  )
  select jsonb_build_object('moved', (select count(*) from moves),
    'flows', (select coalesce(jsonb_agg(jsonb_build_object('from', f.from_name, 'to', f.to_name, 'count', f.n) order by f.n desc, f.from_name, f.to_name), '[]') from flows f),
    'moves', (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name, 'from', f.from_name, 'to', f.to_name) order by f.n desc, f.from_name, f.to_name, x.name, x.id), '[]')
      from (select * from moves order by name, id limit 500) x join flows f on f.from_area is not distinct from x.from_area and f.to_area is not distinct from x.to_area))
$$;

-- Does it: rows locked in the order of their ids, then one event for each scope that lost or gained.
create function app.follow_positions(p_moves app.enterprise_move[]) returns text[]
  language plpgsql volatile security definer set search_path = ''
as $$
declare changed text[];
begin
  perform 1 from public.enterprises e where e.id in (select m.enterprise_id from unnest(p_moves) m) order by e.id for update;
  select coalesce(array_agg(s), '{}') into changed from (
    select e.scope::text as s from public.enterprises e join unnest(p_moves) m on m.enterprise_id = e.id
    union all select m.scope from unnest(p_moves) m) x;
  perform app.move_enterprises(p_moves);
  return changed;
end $$;

-- ── What is wrong with a boundary, besides its own shape ───────────────────────────────────────────
create function app.square_metres(shape extensions.geometry) returns bigint
  language sql immutable set search_path = ''
as $$ select coalesce(round(extensions.st_area(shape::extensions.geography)), 0)::bigint $$;

-- Less than this is how finely coordinates are written, not where a border lies.
create function app.sliver_square_metres() returns int language sql immutable set search_path = '' as $$ select 2 $$;

-- Of one changed area as it lies now: who it overlaps, what it leaves to nobody, what sticks out. p_old: its boundary before.
create function app.boundary_faults(p_area uuid, p_old extensions.geometry) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with own as (select a.*, v.boundary from public.areas a left join public.area_versions v on v.area_id = a.id and v.valid_to is null where a.id = p_area),
  current as (select a.id, a.parent_id, a.level, v.name, v.boundary from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
    where v.boundary is not null),
  beside as (select c.*, app.square_metres(extensions.st_intersection(c.boundary, own.boundary)) as n from current c, own
    where c.level = own.level and c.id <> own.id and c.boundary operator(extensions.&&) own.boundary),
  below as (select c.*, app.square_metres(extensions.st_difference(c.boundary, own.boundary)) as n from current c, own
    where c.parent_id = own.id and own.boundary is not null),
  above as (select c.*, app.square_metres(extensions.st_difference(own.boundary, c.boundary)) as n from current c, own where c.id = own.parent_id and own.boundary is not null),
  left_over as (select extensions.st_difference(p_old, extensions.st_union(c.boundary)) as shape from current c, own
    where c.level = own.level and c.boundary operator(extensions.&&) p_old),
  gap as (select app.square_metres(case when p.boundary is null then l.shape else extensions.st_intersection(l.shape, p.boundary) end) as n
    from left_over l left join (select c.boundary from current c, own where c.id = own.parent_id) p on true)
  select jsonb_build_object(
    'overlaps', (select coalesce(jsonb_agg(jsonb_build_object('name', b.name, 'squareMetres', b.n) order by b.n desc, b.name), '[]') from beside b where b.n > app.sliver_square_metres()),
    'gapSquareMetres', coalesce((select g.n from gap g where g.n > app.sliver_square_metres()),
      case when p_old is not null and not exists (select 1 from left_over l where l.shape is not null) then app.square_metres(p_old) else 0 end),
    'outsideParent', coalesce((select jsonb_build_object('name', a.name, 'squareMetres', a.n) from above a where a.n > app.sliver_square_metres()), 'null'),
    'childrenOutside', (select coalesce(jsonb_agg(jsonb_build_object('name', c.name, 'squareMetres', c.n) order by c.n desc, c.name), '[]') from below c where c.n > app.sliver_square_metres()))
$$;

-- ── One change ─────────────────────────────────────────────────────────────────────────────────────
-- {kind: revise, area, name?, officialCode?, localCode?, geometry?} | {kind: add, parent, level, name, …, geometry?} | {kind: end, area}
-- → {area: uuid, kind} or {problem: {code, details}}.
create function app.change_area(p_change jsonb, p_valid_from date, p_reason text, p_is_correction boolean, within app.scope_multirange) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  a public.areas; above public.areas; version public.area_versions; read_shape record; shape extensions.geometry;
  code text := nullif(p_change->>'officialCode', ''); local text := nullif(p_change->>'localCode', ''); named text := trim(p_change->>'name');
begin
  if named is not null and length(named) not between 1 and 60 then return app.refusal('request.invalid', null, 'name'); end if;
  if code !~ '^[0-9]{2,12}$' or length(local) > 40 then return app.refusal('request.invalid', null, 'code'); end if;
  if jsonb_typeof(p_change->'geometry') = 'object' then
    select * into read_shape from app.mended_boundary(p_change->'geometry');
    shape := read_shape.shape;
    -- A line that crosses itself is for the hand that draws it to mend, never for the database to guess.
    if shape is null or read_shape.mended is not null then
      return app.refusal('area.invalid_geometry', jsonb_strip_nulls(jsonb_build_object('name', coalesce(named, app.area_label((p_change->>'area')::uuid)), 'got', read_shape.mended)));
    end if;
  end if;
  if exists (select 1 from public.area_versions v where v.valid_to is null and v.area_id is distinct from (p_change->>'area')::uuid
    and (v.official_code = code or v.local_code = local)) then
    return app.refusal('area.code_duplicate', jsonb_build_object('got', coalesce(code, local)));
  end if;
  if p_change->>'kind' = 'add' then
    select x.* into above from public.areas x join public.area_versions v on v.area_id = x.id and v.valid_to is null where x.id = (p_change->>'parent')::uuid;
    if (p_change->>'parent' is not null and above.id is null) or not coalesce(above.scope, '') collate "C" <@ within then return app.refusal('permission.area'); end if;
    if coalesce(app.area_rank(p_change->>'level') <= app.area_rank(above.level), app.area_rank(p_change->>'level') > 2, true) then
      return app.refusal('request.invalid', null, 'level');
    end if;
    if named is null or exists (select 1 from public.areas x join public.area_versions v on v.area_id = x.id and v.valid_to is null
      where x.parent_id is not distinct from above.id and x.level = p_change->>'level' and v.name = named) then
      return app.refusal('area.name_taken', jsonb_build_object('name', coalesce(named, '')), 'name');
    end if;
    insert into public.areas (parent_id, scope, level) values (above.id, app.next_scope(coalesce(above.scope, '')), p_change->>'level') returning * into a;
    insert into public.area_versions (area_id, scope, name, official_code, local_code, boundary, valid_from, source, is_sample, reason, changed_by, changed_at)
    values (a.id, a.scope, named, code, local, shape, p_valid_from, '本机构设定', false, p_reason, auth.uid(), app.now());
    return app.success(jsonb_build_object('area', a.id));
  end if;
  select x.* into a from public.areas x where x.id = (p_change->>'area')::uuid;
  if a.id is null or not a.scope::text <@ within then return app.refusal('permission.area'); end if;
  select v.* into version from public.area_versions v where v.area_id = a.id and v.valid_to is null for update;
  if version.id is null then return app.refusal('area.ended', jsonb_build_object('name', app.area_label(a.id))); end if;
  if p_valid_from < version.valid_from and not (p_is_correction and p_change->>'kind' = 'revise') then
    return app.refusal('area.day', jsonb_build_object('name', version.name, 'date', version.valid_from), 'validFrom');
  end if;
  if p_change->>'kind' = 'end' then
    if exists (select 1 from public.areas x join public.area_versions v on v.area_id = x.id and v.valid_to is null where x.parent_id = a.id) then
      return app.refusal('area.has_children', jsonb_build_object('name', version.name));
    end if;
    if p_valid_from <= version.valid_from then return app.refusal('area.day', jsonb_build_object('name', version.name, 'date', version.valid_from), 'validFrom'); end if;
    update public.area_versions set valid_to = p_valid_from where id = version.id;
    return app.success(jsonb_build_object('area', a.id));
  end if;
  if p_change->>'kind' <> 'revise' then return app.refusal('request.invalid', null, 'kind'); end if;
  if version.valid_from < p_valid_from and not p_is_correction then
    update public.area_versions set valid_to = p_valid_from where id = version.id;
    insert into public.area_versions (area_id, scope, name, official_code, local_code, boundary, valid_from, source, is_sample, reason, changed_by, changed_at)
    values (a.id, a.scope, coalesce(named, version.name), coalesce(code, version.official_code), coalesce(local, version.local_code),
      coalesce(shape, version.boundary), p_valid_from, '本机构设定', false, p_reason, auth.uid(), app.now());
  else
    update public.area_versions set name = coalesce(named, name), official_code = coalesce(code, official_code), local_code = coalesce(local, local_code),
      boundary = coalesce(shape, boundary), boundary_note = case when shape is null then boundary_note end, reason = p_reason,
      changed_by = auth.uid(), changed_at = app.now() where id = version.id;
  end if;
  return app.success(jsonb_build_object('area', a.id));
end $$;

-- Many changes at once: a border that two areas share moves in both, or there is a gap between them. p_mode: preview | save.
-- A save carries the digest of the preview that was read: if anything of it has changed meanwhile, nothing is written.
create function public.change_areas(p_changes jsonb, p_valid_from date, p_reason text, p_is_correction boolean, p_mode text, p_digest text default null,
  p_accept_faults boolean default false) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  within app.scope_multirange := app.administered_scopes(); change jsonb; answer jsonb; said jsonb; touched uuid[] := '{}'; ended uuid[];
  known uuid[]; before app.enterprise_home[]; moves app.enterprise_move[]; olds jsonb := '{}'; region extensions.geometry;
  lines jsonb := '[]'; digest text; changed text[]; faulty boolean; refused jsonb; each uuid;
begin
  if within = '{}'::app.scope_multirange then return app.refusal('permission.role'); end if;
  if p_mode not in ('preview', 'save') or jsonb_typeof(p_changes) <> 'array' or jsonb_array_length(p_changes) not between 1 and 200 then
    return app.refusal('request.invalid', null, 'changes');
  end if;
  if coalesce(length(trim(p_reason)), 0) not between 2 and 200 then return app.refusal('request.invalid', null, 'reason'); end if;
  -- What is in force is read everywhere, and nothing is written at midnight: a boundary counts from today or earlier.
  if p_valid_from > (select app.today()) then return app.refusal('area.future', jsonb_build_object('date', app.today()), 'validFrom'); end if;
  perform pg_advisory_xact_lock(20261122);
  select coalesce(array_agg((q->>'area')::uuid), '{}') into known from jsonb_array_elements(p_changes) q where q->>'area' is not null;
  select coalesce(array_agg((q->>'area')::uuid), '{}') into ended from jsonb_array_elements(p_changes) q where q->>'kind' = 'end';
  select extensions.st_collect(x.shape) into region from (
    select v.boundary as shape from public.area_versions v where v.area_id = any (known) and v.valid_to is null
    union all
    select app.safe_geometry(q->'geometry') from jsonb_array_elements(p_changes) q where jsonb_typeof(q->'geometry') = 'object') x where x.shape is not null;
  region := coalesce(extensions.st_buffer(extensions.st_envelope(region), 0.0001), extensions.st_geomfromtext('POLYGON EMPTY', 4326));
  select coalesce(jsonb_object_agg(v.area_id, extensions.st_ashexewkb(v.boundary)), '{}') into olds
  from public.area_versions v where v.area_id = any (known) and v.valid_to is null and v.boundary is not null;
  before := array(select row(h.*)::app.enterprise_home from app.homes_in(region, known, within) h);
  begin
    for change in select value from jsonb_array_elements(p_changes) loop
      said := app.change_area(change, p_valid_from, trim(p_reason), coalesce(p_is_correction, false), within);
      if not (said->>'ok')::boolean then refused := said; raise exception using errcode = 'MC001', message = 'undo'; end if;
      touched := touched || (said->'value'->>'area')::uuid;
    end loop;
    moves := array(select row(m.*)::app.enterprise_move from app.moves_since(before, region, known, ended, within) m);
    for each in select distinct x from unnest(touched) x order by 1 loop
      lines := lines || jsonb_build_array(jsonb_build_object('id', each, 'name', app.area_label(each), 'isEnded', each = any (ended),
        'squareMetres', (select app.square_metres(v.boundary) from public.area_versions v where v.area_id = each and v.valid_to is null),
        'squareMetresBefore', app.square_metres((olds->>each::text)::extensions.geometry),
        'people', case when each = any (ended) then (select count(*) from public.memberships m where m.ended_at is null and m.enterprise_id is null
          and m.scope = (select x.scope from public.areas x where x.id = each)) else 0 end)
        || app.boundary_faults(each, (olds->>each::text)::extensions.geometry));
    end loop;
    answer := jsonb_build_object('areas', lines,
      'keptByHand', (select count(*) from unnest(before) b join public.enterprises e on e.id = b.enterprise_id
        where e.area_id = any (known) and not e.area_id = any (ended) and e.area_id is distinct from b.area_id)) || app.moves_json(moves);
    -- Ids of areas that are added are new each time; names stand for them.
    digest := app.sha256_hex((answer || jsonb_build_object('areas', (select coalesce(jsonb_agg(l - 'id' order by l->>'name'), '[]') from jsonb_array_elements(lines) l),
      'from', p_valid_from, 'changes', p_changes))::text);
    faulty := exists (select 1 from jsonb_array_elements(lines) l where jsonb_array_length(l->'overlaps') > 0 or (l->>'gapSquareMetres')::bigint > 0
      or jsonb_typeof(l->'outsideParent') = 'object' or jsonb_array_length(l->'childrenOutside') > 0);
    answer := answer || jsonb_build_object('digest', digest, 'hasFaults', faulty, 'kept', p_mode = 'save');
    if p_mode = 'save' and digest is distinct from p_digest then refused := app.refusal('area.changed_meanwhile');
    elsif p_mode = 'save' and faulty and not coalesce(p_accept_faults, false) then refused := app.refusal('area.faults'); end if;
    if p_mode = 'preview' or refused is not null then raise exception using errcode = 'MC001', message = 'undo'; end if;
    changed := app.follow_positions(moves);
    perform app.audit(auth.uid(), 'area.change', null, true, (select min(x.scope) from public.areas x where x.id = any (touched)),
      jsonb_build_object('areas', to_jsonb(touched), 'moved', coalesce(cardinality(moves), 0), 'reason', trim(p_reason), 'isCorrection', p_is_correction));
    perform app.append_area_events(touched, coalesce(cardinality(moves), 0));
    perform app.append_register_events(changed);
  exception when sqlstate 'MC001' then null; -- what was said stays, what was written does not
  end;
  return coalesce(refused, app.success(answer));
end $$;
comment on function public.change_areas is
  'preview | save of one change of areas. Refusals: permission.role, permission.area, request.invalid (changes, reason, name, code, level, kind), area.future, area.day, area.ended, area.has_children, area.name_taken, area.code_duplicate, area.invalid_geometry, area.faults (overlaps, gaps, parts outside that nobody accepted), area.changed_meanwhile.';

-- A geometry, or null where it cannot be read: only used to say which region to look at.
create function app.safe_geometry(p_geometry jsonb) returns extensions.geometry
  language plpgsql stable set search_path = ''
as $$
begin
  if p_geometry->>'type' not in ('Polygon', 'MultiPolygon') then return null; end if;
  return extensions.st_setsrid(extensions.st_geomfromgeojson(p_geometry::text), 4326);
end $$;

create function app.append_area_events(p_areas uuid[], p_moved int) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare here record;
begin
  for here in select distinct a.id, a.scope from public.areas a where a.id = any (p_areas) order by a.scope loop
    perform app.append_event('area.changed', here.scope, null, jsonb_build_object('area', here.id, 'moved', p_moved));
  end loop;
end $$;
grant execute on function public.change_areas(jsonb, date, text, boolean, text, text, boolean) to authenticated;

-- ── Import ─────────────────────────────────────────────────────────────────────────────────────────
-- The whole file in one transaction, in the order of its lines; then enterprises follow their positions. A dry run tells both.
create function public.import_areas(p_lines jsonb, p_valid_from date, p_source text, p_mode text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  line jsonb; answer jsonb; verdicts jsonb[] := '{}'; refused int := 0; within app.scope_multirange := app.administered_scopes(); kept boolean;
  before app.enterprise_home[]; moves app.enterprise_move[]; told jsonb := '{}'; changed text[];
begin
  if within = '{}'::app.scope_multirange then return app.refusal('permission.role'); end if;
  if p_mode not in ('dry_run', 'all_or_nothing', 'skip_bad') then return app.refusal('request.invalid', null, 'mode'); end if;
  if p_valid_from > (select app.today()) then return app.refusal('area.future', jsonb_build_object('date', app.today()), 'validFrom'); end if;
  perform pg_advisory_xact_lock(20261122);
  before := array(select row(h.*)::app.enterprise_home from app.homes_in(null, '{}', within) h);
  begin
    for line in select value from jsonb_array_elements(p_lines) loop
      answer := app.put_area(line, p_valid_from, p_source);
      if answer->>'verdict' not in ('loaded', 'changed', 'unchanged') then refused := refused + 1; end if;
      verdicts := verdicts || (answer || jsonb_strip_nulls(jsonb_build_object('ref', line->'ref')));
    end loop;
    moves := array(select row(m.*)::app.enterprise_move from app.moves_since(before, null, '{}', '{}', within) m);
    told := app.moves_json(moves);
    kept := p_mode <> 'dry_run' and (p_mode = 'skip_bad' or refused = 0);
    if not kept then raise exception using errcode = 'MC001', message = 'undo'; end if;
    changed := app.follow_positions(moves);
    perform app.append_register_events(changed);
  exception when sqlstate 'MC001' then null; -- the verdicts stay, what was written does not
  end;
  return app.success(told || jsonb_build_object('verdicts', to_jsonb(verdicts), 'refused', refused, 'kept', kept));
end $$;
comment on function public.import_areas is
  'Per-line verdicts: loaded, changed, unchanged (with `mended`: what was wrong with the boundary), or refused: level, name, code, geometry, parent_unknown, parent_ambiguous, parent_missing, parent_changed, outside_your_scope. Refused lines change nothing. Beside them moved, flows, moves: which enterprises follow.';
grant execute on function public.import_areas(jsonb, date, text, text) to authenticated;

-- ── Reassigning many ───────────────────────────────────────────────────────────────────────────────
-- Those whose position says another community than they have (elsewhere), those in none (waiting). 50 a page.
create function public.misplaced_enterprises(p_kind text, p_page int default 1) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare within app.scope_multirange := app.administered_scopes();
begin
  if within = '{}'::app.scope_multirange then return app.refusal('permission.role'); end if;
  return app.success((
    with found as materialized (
      select e.id, e.name, e.address, e.longitude, e.latitude, e.area_id, h.area_id as by_position
      from public.enterprises e left join app.homes_in(null, '{}', within) h on h.enterprise_id = e.id
      where e.scope <@ within and e.status = 'operating'
        and case p_kind when 'waiting' then e.area_id is null else e.area_id is not null and e.location is not null and h.area_id is distinct from e.area_id end
    )
    select jsonb_build_object('total', (select count(*) from found), 'rows', coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'address', f.address,
      'longitude', f.longitude, 'latitude', f.latitude, 'areaId', f.area_id, 'area', app.area_label(f.area_id),
      'positionAreaId', f.by_position, 'positionArea', app.area_label(f.by_position)) order by f.place)
    from (select x.*, row_number() over (order by x.area_id, x.by_position, x.name, x.id) as place from found x) f
    where f.place > (greatest(p_page, 1) - 1) * 50 and f.place <= greatest(p_page, 1) * 50), '[]'))));
end $$;
grant execute on function public.misplaced_enterprises(text, int) to authenticated;

-- Many at once, all or none. p_lines: [{enterprise, area: uuid | null (where its position says), from: uuid | null (what was read)}].
create function public.reassign_enterprises(p_lines jsonb, p_reason text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare within app.scope_multirange := app.administered_scopes(); moves app.enterprise_move[] := '{}'; line record; changed text[]; told jsonb;
begin
  if within = '{}'::app.scope_multirange then return app.refusal('permission.role'); end if;
  if jsonb_typeof(p_lines) <> 'array' or jsonb_array_length(p_lines) not between 1 and 1000 then return app.refusal('request.invalid', null, 'enterprises'); end if;
  if coalesce(length(trim(p_reason)), 0) not between 2 and 200 then return app.refusal('request.invalid', null, 'reason'); end if;
  perform 1 from public.enterprises e where e.id in (select (q->>'enterprise')::uuid from jsonb_array_elements(p_lines) q) order by e.id for update;
  for line in
    select q, e.id, e.name, e.scope, e.area_id, a.id as to_area, a.scope as to_scope, a.level
    from (select distinct on (value->>'enterprise') value as q from jsonb_array_elements(p_lines)) x
    left join public.enterprises e on e.id = (q->>'enterprise')::uuid
    left join lateral (select y.* from public.areas y join public.area_versions v on v.area_id = y.id and v.valid_to is null
      where y.id = coalesce((q->>'area')::uuid, (app.area_at(e.longitude, e.latitude)).id)) a on true
    order by e.id
  loop
    if line.id is null or not line.scope::text <@ within then return app.refusal('not_found'); end if;
    if line.to_area is null or line.level not in ('community', 'grid') then
      return app.refusal('enterprise.outside_areas', jsonb_build_object('name', line.name));
    end if;
    if not line.to_scope::text <@ within then return app.refusal('permission.area'); end if;
    if line.area_id is distinct from (line.q->>'from')::uuid then return app.refusal('area.changed_meanwhile', jsonb_build_object('name', line.name)); end if;
    if line.area_id is distinct from line.to_area then moves := moves || row(line.id, line.to_scope, line.to_area)::app.enterprise_move; end if;
  end loop;
  told := app.moves_json(moves);
  changed := app.follow_positions(moves);
  perform app.audit(auth.uid(), 'enterprise.reassign', null, true, (select min(m.scope) from app.active_memberships() m where m.role = 'administrator'),
    jsonb_build_object('moved', cardinality(moves), 'reason', trim(p_reason), 'enterprises', (select coalesce(jsonb_agg(m.enterprise_id), '[]') from unnest(moves) m)));
  perform app.append_register_events(changed);
  return app.success(told);
end $$;
grant execute on function public.reassign_enterprises(jsonb, text) to authenticated;

-- ── Reading ────────────────────────────────────────────────────────────────────────────────────────
-- The tree as it is now and what has ended, with how many enterprises each holds, in order of scope.
create function public.area_tree() returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with mine as (select app.visible_scopes() as within), counted as (
    select e.scope, count(*) as n from public.enterprises e, mine where e.scope <@ mine.within and e.status = 'operating' group by 1
  ), latest as (
    select distinct on (v.area_id) v.* from public.area_versions v, mine where v.scope <@ mine.within order by v.area_id, v.valid_from desc
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'parentId', a.parent_id, 'scope', a.scope, 'level', a.level, 'name', v.name,
    'officialCode', v.official_code, 'localCode', v.local_code, 'validFrom', v.valid_from, 'endedOn', v.valid_to, 'hasBoundary', v.boundary is not null,
    'isSample', v.is_sample, 'isAdministered', app.is_administered(a.scope),
    'enterprises', (select coalesce(sum(c.n), 0) from counted c where c.scope >= a.scope and c.scope < (a.scope || '~') collate "C")) order by a.scope), '[]')
  from public.areas a join latest v on v.area_id = a.id
$$;
grant execute on function public.area_tree() to authenticated;

-- What an editor needs: boundaries as exact as they are kept (6 places would open gaps along shared borders) of the areas of one level
-- under a parent, of those of that level that touch them, and of what lies above and below them: a border is often that of a grid,
-- its community and its street at once, and moves in all.
create function public.area_surroundings(p_parent uuid, p_level text) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with current as (
    select a.id, a.parent_id, a.scope, a.level, v.name, v.boundary, v.valid_from from public.areas a
    join public.area_versions v on v.area_id = a.id and v.valid_to is null where a.scope <@ (select app.visible_scopes())
  ), own as (select * from current c where c.parent_id is not distinct from p_parent and c.level = p_level),
  span as (select extensions.st_setsrid(extensions.st_expand(extensions.st_extent(o.boundary)::extensions.geometry, 0.0005), 4326) as box from own o),
  beside as (
    select o.* from own o
    union
    select c.* from current c, span where c.level = p_level and c.boundary operator(extensions.&&) span.box),
  shown as (
    select * from beside
    union
    select c.* from current c join beside b on b.scope::text <@ app.below(c.scope) or c.scope::text <@ app.below(b.scope))
  select jsonb_build_object('areas', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'scope', s.scope, 'level', s.level, 'name', s.name,
      'isAdministered', app.is_administered(s.scope), 'geometry', extensions.st_asgeojson(s.boundary, 15)::jsonb) order by s.scope), '[]') from shown s),
    'parent', (select jsonb_build_object('id', c.id, 'name', c.name, 'geometry', extensions.st_asgeojson(c.boundary, 15)::jsonb) from current c where c.id = p_parent))
$$;
grant execute on function public.area_surroundings(uuid, text) to authenticated;

-- One area's names and boundaries through time, the newest first.
create function public.area_history(p_area uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'name', v.name, 'officialCode', v.official_code, 'localCode', v.local_code, 'validFrom', v.valid_from,
    'validTo', v.valid_to, 'reason', v.reason, 'source', v.source, 'isSample', v.is_sample, 'note', v.boundary_note,
    'by', (select m.display_name from public.memberships m where m.user_id = v.changed_by order by m.created_at limit 1),
    'geometry', extensions.st_asgeojson(v.boundary, 6)::jsonb) order by v.valid_from desc), '[]')
  from public.area_versions v where v.area_id = p_area and v.scope <@ (select app.visible_scopes())
$$;
grant execute on function public.area_history(uuid) to authenticated;

-- ── One place and what lies below it ───────────────────────────────────────────────────────────────
-- Figures of an area and of each of its children, as of today, of what the user may see; '' is everything. null: no such place for them.
create function public.area_figures(p_scope text) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with mine as (select app.visible_scopes() as within), seen as (
    select a.id, a.parent_id, a.scope::text as scope, a.level, v.name, v.boundary from public.areas a
    join public.area_versions v on v.area_id = a.id and v.valid_to is null, mine
    where a.scope <@ mine.within or exists (select 1 from app.active_memberships() m where m.role <> 'principal' and m.scope::text <@ app.below(a.scope))
  ), here as (select s.* from seen s where s.scope = p_scope),
  children as (select s.* from seen s where s.parent_id = (select h.id from here h) or (p_scope = '' and s.parent_id is null)),
  keys as (select p_scope as scope union select c.scope from children c),
  sites as (
    select e.scope::text as scope, count(*) as n, count(*) filter (where t.last_inspected_on >= date_trunc('year', app.today()::timestamp)::date) as inspected,
      count(*) filter (where t.next_deadline < (select app.today())) as overdue_sites
    from public.enterprises e left join public.enterprise_tallies t on t.enterprise_id = e.id, mine
    where e.status = 'operating' and e.scope >= p_scope collate "C" and e.scope < (p_scope || '~') collate "C" and e.scope <@ mine.within group by 1
  ), hazards as (
    select d.scope::text as scope, sum(d.open) as open, sum(d.open) filter (where d.severity = 'major') as major, sum(d.open) filter (where d.deadline < (select app.today())) as overdue
    from public.tally_deadlines d, mine
    where d.open <> 0 and d.scope >= p_scope collate "C" and d.scope < (p_scope || '~') collate "C" and d.scope <@ mine.within group by 1
  ), figures as (
    select k.scope, jsonb_build_object(
      'enterprises', coalesce((select sum(s.n) from sites s where s.scope >= k.scope collate "C" and s.scope < (k.scope || '~') collate "C"), 0),
      'inspectedThisYear', coalesce((select sum(s.inspected) from sites s where s.scope >= k.scope collate "C" and s.scope < (k.scope || '~') collate "C"), 0),
      'overdueSites', coalesce((select sum(s.overdue_sites) from sites s where s.scope >= k.scope collate "C" and s.scope < (k.scope || '~') collate "C"), 0),
      'open', coalesce((select sum(h.open) from hazards h where h.scope >= k.scope collate "C" and h.scope < (k.scope || '~') collate "C"), 0),
      'openMajor', coalesce((select sum(h.major) from hazards h where h.scope >= k.scope collate "C" and h.scope < (k.scope || '~') collate "C"), 0),
      'overdue', coalesce((select sum(h.overdue) from hazards h where h.scope >= k.scope collate "C" and h.scope < (k.scope || '~') collate "C"), 0)) as f
    from keys k
  )
  select jsonb_build_object('today', app.today(),
    'area', (select jsonb_build_object('id', h.id, 'scope', h.scope, 'name', h.name, 'level', h.level) from here h),
    'path', (select coalesce(jsonb_agg(jsonb_build_object('scope', s.scope, 'name', s.name) order by s.scope), '[]') from seen s
      where s.scope <> p_scope and p_scope collate "C" <@ app.below(s.scope)),
    'figures', (select f.f from figures f where f.scope = p_scope),
    'children', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'scope', c.scope, 'name', c.name, 'level', c.level,
      'geometry', extensions.st_asgeojson(c.boundary, 5)::jsonb, 'figures', f.f) order by c.scope), '[]') from children c join figures f on f.scope = c.scope))
  from mine where mine.within <> '{}'::app.scope_multirange and (p_scope = '' or exists (select 1 from here))
$$;
grant execute on function public.area_figures(text) to authenticated;
