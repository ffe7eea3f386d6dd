-- What an administrator looks at: members, open invitations, places to invite for, and how complete all of it is.
-- Pure readers, each within the scopes the asking user administers.

-- What the last start installed of the shipped content (folder → sha-256 of its files), so that the next one need not.
create table app.shipped_content (folder text primary key, sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'));
create function public.shipped_content() returns jsonb
  language sql stable security definer set search_path = ''
as $$ select coalesce(jsonb_object_agg(folder, sha256), '{}') from app.shipped_content $$;
grant execute on function public.shipped_content() to service_role;
create function public.note_shipped_content(p_folder text, p_sha256 text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  insert into app.shipped_content (folder, sha256) values (p_folder, p_sha256)
  on conflict (folder) do update set sha256 = excluded.sha256;
  return app.success('{}');
end $$;
grant execute on function public.note_shipped_content(text, text) to service_role;

create function app.is_administered(at_scope text) returns boolean
  language sql stable security definer set search_path = ''
as $$ select at_scope collate "C" <@ (select app.administered_scopes()) $$;

-- The area's name today; null for everything ('').
create function app.place_name(at_scope text) returns text
  language sql stable security definer set search_path = ''
as $$ select v.name from public.area_versions v where v.scope = at_scope and v.valid_to is null $$;

-- Current areas that one may invite for or found an agency in, as a flat tree in order of their scope.
create function public.administered_areas() returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('scope', a.scope, 'level', a.level, 'name', v.name,
    'hasAgency', exists (select 1 from public.agencies g where g.scope = a.scope)) order by a.scope), '[]')
  from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
  where app.is_administered(a.scope)
$$;
grant execute on function public.administered_areas() to authenticated;

create function public.administered_members(p_role text, p_text text, p_offset int, p_limit int) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with found as materialized (
    select m.id, m.role, m.scope, m.display_name, m.email, m.licence_number, m.licence_valid_until, m.created_at, m.agency_id,
      m.user_id, e.name as enterprise_name
    from public.memberships m left join public.enterprises e on e.id = m.enterprise_id
    where m.ended_at is null and app.is_administered(m.scope) and (p_role is null or m.role = p_role)
      and (p_text is null or strpos(lower(concat_ws(' ', m.display_name, m.email, m.licence_number, e.name)), lower(trim(p_text))) > 0))
  select jsonb_build_object('total', (select count(*) from found), 'rows', coalesce((
    select jsonb_agg(jsonb_build_object('id', f.id, 'role', f.role, 'displayName', f.display_name, 'email', f.email,
      'placeName', coalesce(f.enterprise_name, app.place_name(f.scope)), 'agencyName', g.name,
      'licenceNumber', f.licence_number, 'licenceValidUntil', f.licence_valid_until, 'since', app.shanghai_date(f.created_at),
      'isOwn', f.user_id = auth.uid()) order by f.rank, f.display_name collate "C", f.id)
    from (select found.*, array_position(array['administrator', 'leader', 'inspector', 'community_worker', 'principal'], role) as rank
      from found order by rank, display_name collate "C", id offset greatest(p_offset, 0) limit least(p_limit, 200)) f
    left join public.agencies g on g.id = f.agency_id), '[]'))
$$;
grant execute on function public.administered_members(text, text, int, int) to authenticated;

create function public.administered_member(p_id uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', m.id, 'role', m.role, 'displayName', m.display_name, 'email', m.email,
    'placeName', coalesce(e.name, app.place_name(m.scope)), 'agencyName', g.name, 'enterpriseId', m.enterprise_id,
    'licenceNumber', m.licence_number, 'licenceValidUntil', m.licence_valid_until, 'today', app.today(),
    'since', app.shanghai_date(m.created_at), 'endedOn', app.shanghai_date(m.ended_at), 'isOwn', m.user_id = auth.uid())
  from public.memberships m left join public.enterprises e on e.id = m.enterprise_id left join public.agencies g on g.id = m.agency_id
  where m.id = p_id and app.is_administered(m.scope)
$$;
grant execute on function public.administered_member(uuid) to authenticated;

-- Links that still open something, and those that ended unused within the last month.
create function public.administered_invitations() returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'role', i.role, 'displayName', i.display_name,
    'placeName', coalesce(e.name, app.place_name(i.scope)), 'createdOn', app.shanghai_date(i.created_at),
    'expiresOn', app.shanghai_date(i.expires_at), 'isExpired', i.expires_at <= app.now(),
    'createdBy', (select m.display_name from public.memberships m where m.user_id = i.created_by order by m.created_at limit 1))
    order by i.created_at desc), '[]')
  from (select * from public.invitations x where x.accepted_at is null and x.revoked_at is null
      and x.expires_at > app.now() - interval '30 days' and app.is_administered(x.scope)
    order by x.created_at desc limit 200) i
  left join public.enterprises e on e.id = i.enterprise_id
$$;
grant execute on function public.administered_invitations() to authenticated;

-- Enterprises by name, initials or credit code, to invite their person in charge.
create function public.administered_enterprises(p_text text) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'name', e.name, 'address', e.address, 'creditCode', e.credit_code) order by e.name), '[]')
  from (select * from public.enterprises x
    where trim(p_text) <> '' and app.is_administered(x.scope)
      and (strpos(x.name, trim(p_text)) > 0 or strpos(x.name_initials, lower(trim(p_text))) = 1 or x.credit_code = upper(trim(p_text))
        or x.id::text = trim(p_text))
    order by x.name limit 12) e
$$;
grant execute on function public.administered_enterprises(text) to authenticated;

create function public.administration_summary() returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'members', (select count(*) from public.memberships m where m.ended_at is null and app.is_administered(m.scope)),
    'openInvitations', (select count(*) from public.invitations i where i.accepted_at is null and i.revoked_at is null
      and i.expires_at > app.now() and app.is_administered(i.scope)),
    'endingLicences', (select count(*) from public.memberships m where m.ended_at is null and app.is_administered(m.scope)
      and m.licence_valid_until < (select app.today()) + 30),
    'areas', (select count(*) from public.areas a where app.is_administered(a.scope)),
    'enterprises', (select count(*) from public.enterprises e where app.is_administered(e.scope)),
    'outsideAreas', (select count(*) from public.enterprises e where e.area_id is null and app.is_administered(e.scope)),
    'sampleAgencies', (select count(*) from public.agencies g where app.is_administered(g.scope)
      and coalesce((g.template->>'isSample')::boolean, true)))
$$;
grant execute on function public.administration_summary() to authenticated;
