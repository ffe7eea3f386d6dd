-- What an import asks beforehand, the queue of enterprises outside every area, and the note that a backup was taken.

-- How many of each group of points lie in any area: tells a wrong coordinate system from places that are really new.
-- p_groups: [[[longitude, latitude], …], …], WGS-84, at most 5,000 points. → {areas, inside: [n, …]}
create function public.points_inside_areas(p_groups jsonb) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
begin
  if (select app.administered_scopes()) = '{}'::app.scope_multirange then return app.refusal('permission.role'); end if;
  if (select coalesce(sum(jsonb_array_length(g)), 0) from jsonb_array_elements(p_groups) g) > 5000 then
    return app.refusal('request.too_large');
  end if;
  return app.success(jsonb_build_object(
    'areas', (select count(*) from public.area_versions v where v.valid_to is null and v.boundary is not null),
    'inside', (select coalesce(jsonb_agg(x.inside order by x.place), '[]') from (
      select g.place, (select count(*) from jsonb_array_elements(g.points) q where exists (
        select 1 from public.area_versions v where v.valid_to is null
          and extensions.st_intersects(v.boundary, extensions.st_setsrid(extensions.st_makepoint((q->>0)::float8, (q->>1)::float8), 4326)))) as inside
      from jsonb_array_elements(p_groups) with ordinality g(points, place)) x)));
end $$;
grant execute on function public.points_inside_areas(jsonb) to authenticated;

-- The queue: those whose position now lies in an area (new boundaries were loaded) leave it. → {placed, waiting}
create function public.place_waiting_enterprises() returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  e public.enterprises; home public.areas; placed int := 0; within app.scope_multirange := app.administered_scopes(); changed text[] := '{}';
begin
  if within = '{}'::app.scope_multirange then return app.refusal('permission.role'); end if;
  for e in select * from public.enterprises where area_id is null and location is not null and scope <@ within order by id for update loop
    home := app.area_at(e.longitude, e.latitude);
    if home.level in ('community', 'grid') and home.scope::text <@ within then
      perform app.move_enterprise(e.id, home.scope, home.id);
      placed := placed + 1;
      changed := changed || array[e.scope::text, home.scope::text];
    end if;
  end loop;
  perform app.audit(auth.uid(), 'enterprise.place', null, true, (select min(m.scope) from app.active_memberships() m where m.role = 'administrator'),
    jsonb_build_object('placed', placed));
  perform app.append_register_events(changed);
  return app.success(jsonb_build_object('placed', placed,
    'waiting', (select count(*) from public.enterprises where area_id is null and scope <@ within)));
end $$;
grant execute on function public.place_waiting_enterprises() to authenticated;

-- By hand: an administrator says where an enterprise belongs (its position is missing, or the boundary is wrong).
create function public.assign_enterprise_area(p_enterprise uuid, p_area uuid) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare e public.enterprises; a public.areas; within app.scope_multirange := app.administered_scopes();
begin
  select * into e from public.enterprises where id = p_enterprise for update;
  select * into a from public.areas where id = p_area;
  if e.id is null or not e.scope::text <@ within then return app.refusal('not_found'); end if;
  if a.id is null or not a.scope::text <@ within then return app.refusal('permission.area'); end if;
  if a.level not in ('community', 'grid') then return app.refusal('request.invalid', null, 'area'); end if;
  perform app.move_enterprise(e.id, a.scope, a.id);
  perform app.audit(auth.uid(), 'enterprise.assign', e.id::text, true, a.scope, jsonb_build_object('areaId', a.id));
  perform app.append_register_events(array[e.scope::text, a.scope::text]);
  return app.success('{}');
end $$;
grant execute on function public.assign_enterprise_area(uuid, uuid) to authenticated;

-- A backup holds everything, keys included: only who administers everything takes one, and it is noted.
create function public.note_backup() returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  if not ''::text <@ (select app.administered_scopes()) then
    perform app.audit(auth.uid(), 'backup.take', null, false, '', null);
    return app.refusal('permission.role');
  end if;
  perform app.audit(auth.uid(), 'backup.take', null, true, '', null);
  return app.success('{}');
end $$;
grant execute on function public.note_backup() to authenticated;
