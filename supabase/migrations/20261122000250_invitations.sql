-- Invitations: the only way into a membership. The first one is made by the server at first start.

create function app.invitation_row(p_token_sha256 text) returns public.invitations
  language sql stable security definer set search_path = ''
as $$ select i from public.invitations i where i.token_sha256 = p_token_sha256 $$;

create function app.invitation_problem(i public.invitations) returns jsonb
  language sql stable set search_path = ''
as $$
  select case
    when (i).id is null or (i).revoked_at is not null then app.refusal('invitation.unknown')
    when (i).accepted_at is not null then app.refusal('invitation.used')
    when (i).expires_at <= app.now() then app.refusal('invitation.expired')
  end
$$;

-- At first start, with the secret key: an administrator of everything, as long as nobody is one.
create function public.bootstrap_administrator(p_token_sha256 text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  if exists (select 1 from public.memberships where role = 'administrator' and ended_at is null) then
    return app.success(jsonb_build_object('needed', false));
  end if;
  delete from public.invitations where scope = '' and role = 'administrator' and accepted_at is null;
  insert into public.invitations (token_sha256, role, scope, expires_at)
  values (p_token_sha256, 'administrator', '', app.now() + interval '7 days');
  return app.success(jsonb_build_object('needed', true));
end $$;
grant execute on function public.bootstrap_administrator(text) to service_role;

-- What the page of a link shows before anyone has signed up (server only: anonymous visitors have no grant).
create function public.read_invitation(p_token_sha256 text) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare i public.invitations := app.invitation_row(p_token_sha256);
begin
  if app.invitation_problem(i) is not null then return app.invitation_problem(i); end if;
  return app.success(jsonb_build_object('role', i.role, 'displayName', i.display_name, 'expiresAt', i.expires_at,
    'agencyName', (select a.name from public.agencies a where a.id = i.agency_id),
    'placeName', coalesce((select e.name from public.enterprises e where e.id = i.enterprise_id), app.place_name(i.scope)),
    'isFirst', i.scope = '' and i.role = 'administrator' and not exists (select 1 from public.agencies)));
end $$;
grant execute on function public.read_invitation(text) to service_role;

create function public.create_invitation(p_token_sha256 text, p_invitation jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  invited_role text := p_invitation->>'role';
  at_scope text := p_invitation->>'scope';
  enterprise uuid := (p_invitation->>'enterpriseId')::uuid;
  licence text := nullif(trim(p_invitation->>'licenceNumber'), '');
  licence_until date := nullif(p_invitation->>'licenceValidUntil', '')::date;
  agency uuid;
  new_id uuid;
begin
  if invited_role is null or invited_role not in ('administrator', 'leader', 'inspector', 'community_worker', 'principal') then
    return app.refusal('request.invalid', null, 'role');
  end if;
  if (invited_role = 'principal') <> (enterprise is not null) then
    return app.refusal('request.invalid', null, 'enterpriseId');
  end if;
  if enterprise is not null then
    select e.scope into at_scope from public.enterprises e where e.id = enterprise;
  end if;
  -- Asked before anything else about the place: who may not invite there learns nothing of it.
  if at_scope is null or (app.membership_for(array['administrator'], at_scope)).id is null then
    perform app.audit(auth.uid(), 'invitation.create', null, false, coalesce(at_scope, ''), jsonb_build_object('role', invited_role));
    return app.refusal(case when exists (select 1 from app.active_memberships() m where m.role = 'administrator')
      then 'permission.area' else 'permission.role' end);
  end if;
  if at_scope <> '' and enterprise is null and not exists (select 1 from public.areas x where x.scope = at_scope) then
    return app.refusal('request.invalid', null, 'scope');
  end if;
  if (licence is null) <> (licence_until is null) then return app.refusal('request.invalid', null, 'licenceValidUntil'); end if;
  if licence is not null and (invited_role <> 'inspector' or length(licence) not between 3 and 40) then
    return app.refusal('request.invalid', null, 'licenceNumber');
  end if;
  if length(trim(p_invitation->>'displayName')) > 50 then return app.refusal('request.invalid', null, 'displayName'); end if;
  select a.id into agency from public.agencies a
  where at_scope collate "C" <@ app.below(a.scope) or a.scope::text <@ app.below(at_scope)
  order by at_scope collate "C" <@ app.below(a.scope) desc, length(a.scope) desc limit 1;
  insert into public.invitations (token_sha256, role, agency_id, scope, enterprise_id, display_name, licence_number,
    licence_valid_until, created_by, expires_at)
  values (p_token_sha256, invited_role, case when enterprise is null then agency end, at_scope, enterprise,
    nullif(trim(p_invitation->>'displayName'), ''), licence, licence_until, auth.uid(), app.now() + interval '14 days')
  returning id into new_id;
  perform app.audit(auth.uid(), 'invitation.create', new_id::text, true, at_scope, jsonb_build_object('role', invited_role));
  return app.success(jsonb_build_object('id', new_id));
end $$;
grant execute on function public.create_invitation(text, jsonb) to authenticated;

-- What an agency is called, checked alike wherever one is made or changed.
create function app.agency_problem(p_agency jsonb) returns jsonb
  language sql immutable set search_path = ''
as $$
  select case
    when length(trim(p_agency->>'name')) between 2 and 60 is not true then app.refusal('request.invalid', null, 'name')
    when length(trim(p_agency->>'shortName')) between 1 and 20 is not true then app.refusal('request.invalid', null, 'shortName')
    when jsonb_typeof(coalesce(p_agency->'template', '{}')) <> 'object' then app.refusal('request.invalid', null, 'template')
  end
$$;

create function public.accept_invitation(p_token_sha256 text, p_display_name text, p_agency jsonb default null) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  i public.invitations;
  agency uuid;
  membership uuid;
  own_name text;
begin
  if auth.uid() is null then return app.refusal('session.missing'); end if;
  select * into i from public.invitations where token_sha256 = p_token_sha256 for update;
  if i.accepted_by = auth.uid() then return app.success(jsonb_build_object('role', i.role)); end if;
  if app.invitation_problem(i) is not null then return app.invitation_problem(i); end if;
  own_name := coalesce(nullif(trim(p_display_name), ''), i.display_name);
  if own_name is null or length(own_name) > 50 then return app.refusal('request.invalid', null, 'displayName'); end if;
  if exists (select 1 from app.active_memberships() m where m.role = i.role and m.scope = i.scope
    and m.enterprise_id is not distinct from i.enterprise_id) then
    update public.invitations set accepted_at = app.now(), accepted_by = auth.uid() where id = i.id;
    return app.success(jsonb_build_object('role', i.role));
  end if;
  agency := i.agency_id;
  if i.scope = '' and i.role = 'administrator' and not exists (select 1 from public.agencies) then
    if app.agency_problem(p_agency) is not null then return app.agency_problem(p_agency); end if;
    insert into public.agencies (scope, name, short_name, template)
    values ('', trim(p_agency->>'name'), trim(p_agency->>'shortName'), coalesce(p_agency->'template', '{}'))
    returning id into agency;
  end if;
  insert into public.memberships (user_id, role, agency_id, scope, enterprise_id, display_name, email, licence_number, licence_valid_until)
  values (auth.uid(), i.role, agency, i.scope, i.enterprise_id, own_name, auth.jwt()->>'email',
    i.licence_number, i.licence_valid_until)
  returning id into membership;
  update public.invitations set accepted_at = app.now(), accepted_by = auth.uid() where id = i.id;
  perform app.audit(auth.uid(), 'invitation.accept', membership::text, true, i.scope, jsonb_build_object('role', i.role));
  return app.success(jsonb_build_object('role', i.role));
end $$;
grant execute on function public.accept_invitation(text, text, jsonb) to authenticated;

create function public.revoke_invitation(p_id uuid) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare i public.invitations;
begin
  select * into i from public.invitations where id = p_id for update;
  if i.id is null or (app.membership_for(array['administrator'], i.scope)).id is null then return app.refusal('not_found'); end if;
  if i.accepted_at is not null then return app.refusal('invitation.used'); end if;
  update public.invitations set revoked_at = coalesce(revoked_at, app.now()) where id = p_id;
  perform app.audit(auth.uid(), 'invitation.revoke', p_id::text, true, i.scope, null);
  return app.success('{}');
end $$;
grant execute on function public.revoke_invitation(uuid) to authenticated;

create function public.end_membership(p_id uuid) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare m public.memberships;
begin
  select * into m from public.memberships where id = p_id for update;
  if m.id is null or (app.membership_for(array['administrator'], m.scope)).id is null then return app.refusal('not_found'); end if;
  if m.role = 'administrator' and m.user_id = auth.uid() then return app.refusal('permission.denied'); end if;
  update public.memberships set ended_at = coalesce(ended_at, app.now()) where id = p_id;
  perform app.audit(auth.uid(), 'membership.end', p_id::text, true, m.scope, null);
  return app.success('{}');
end $$;
grant execute on function public.end_membership(uuid) to authenticated;

-- 执法证 changes: number and expiry of an inspector, by an administrator.
create function public.set_licence(p_membership uuid, p_number text, p_valid_until date) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare m public.memberships;
begin
  select * into m from public.memberships where id = p_membership for update;
  if m.id is null or (app.membership_for(array['administrator'], m.scope)).id is null then return app.refusal('not_found'); end if;
  if m.role <> 'inspector' then return app.refusal('permission.licence'); end if;
  if (nullif(trim(p_number), '') is null) <> (p_valid_until is null) then return app.refusal('request.invalid', null, 'licenceValidUntil'); end if;
  if length(nullif(trim(p_number), '')) not between 3 and 40 then return app.refusal('request.invalid', null, 'licenceNumber'); end if;
  update public.memberships set licence_number = nullif(trim(p_number), ''), licence_valid_until = p_valid_until where id = p_membership;
  perform app.audit(auth.uid(), 'membership.licence', p_membership::text, true, m.scope, null);
  return app.success('{}');
end $$;
grant execute on function public.set_licence(uuid, text, date) to authenticated;

create function public.save_agency(p_id uuid, p_agency jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare a public.agencies;
begin
  select * into a from public.agencies where id = p_id for update;
  if a.id is null or (app.membership_for(array['administrator'], a.scope)).id is null then return app.refusal('not_found'); end if;
  if app.agency_problem(jsonb_build_object('name', a.name, 'shortName', a.short_name) || p_agency) is not null then
    return app.agency_problem(jsonb_build_object('name', a.name, 'shortName', a.short_name) || p_agency);
  end if;
  update public.agencies set name = coalesce(trim(p_agency->>'name'), name), short_name = coalesce(trim(p_agency->>'shortName'), short_name),
    is_sample = coalesce((p_agency->'template'->>'isSample')::boolean, is_sample), may_enforce = coalesce((p_agency->>'mayEnforce')::boolean, may_enforce), template = coalesce(p_agency->'template', template)
  where id = p_id;
  perform app.audit(auth.uid(), 'agency.save', p_id::text, true, a.scope, null);
  return app.success('{}');
end $$;
grant execute on function public.save_agency(uuid, jsonb) to authenticated;

-- At most five whole numbers.
create function app.are_days(p_value jsonb, p_from int, p_to int) returns boolean
  language sql immutable set search_path = ''
as $$
  select coalesce(jsonb_typeof(p_value) = 'array' and (
    select count(*) between 1 and 5 and bool_and(x #>> '{}' ~ '^[0-9]{1,3}$' and jsonb_typeof(x) = 'number' and case when x #>> '{}' ~ '^[0-9]{1,3}$'
      then (x #>> '{}')::int between p_from and p_to end)
    from jsonb_array_elements(case when jsonb_typeof(p_value) = 'array' then p_value else '[]' end) x), false)
$$;

-- Each key has its own shape; a value that the rules cannot use is never stored.
create function app.setting_is_valid(p_key text, p_value jsonb) returns boolean
  language sql immutable set search_path = ''
as $$
  select coalesce(case p_key
    when 'check_in.limits' then
      (select count(*) = 4 and bool_and(jsonb_typeof(value) = 'number' and (value #>> '{}')::numeric between 1 and 100000)
         and bool_and(key in ('softAccuracyMetres', 'hardAccuracyMetres', 'softDistanceMetres', 'hardDistanceMetres'))
       from jsonb_each(case when jsonb_typeof(p_value) = 'object' then p_value else '{}' end))
      and (p_value->>'softAccuracyMetres')::numeric <= (p_value->>'hardAccuracyMetres')::numeric
      and (p_value->>'softDistanceMetres')::numeric <= (p_value->>'hardDistanceMetres')::numeric
    when 'delivery.valid_days' then jsonb_typeof(p_value) = 'number' and p_value #>> '{}' ~ '^[0-9]{1,4}$' and (p_value #>> '{}')::int between 7 and 3650
    when 'recheck.days' then jsonb_typeof(p_value) = 'number' and p_value #>> '{}' ~ '^[0-9]{1,4}$' and (p_value #>> '{}')::int between 1 and 60
    when 'reminder.days' then app.are_days(p_value->'before', 0, 60) and app.are_days(p_value->'over', 1, 90)
    when 'ladder.days' then app.are_days(p_value, 1, 365) and jsonb_array_length(p_value) = 3 and (p_value->>0)::int < (p_value->>1)::int and (p_value->>1)::int < (p_value->>2)::int
    when 'appeal.days' then jsonb_typeof(p_value) = 'number' and p_value #>> '{}' ~ '^[0-9]{1,3}$' and (p_value #>> '{}')::int between 1 and 365
    when 'rating.days' then jsonb_typeof(p_value) = 'number' and p_value #>> '{}' ~ '^[0-9]{1,3}$' and (p_value #>> '{}')::int between 1 and 365
    else true end, false)
$$;

create function public.save_setting(p_scope text, p_key text, p_value jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  if (app.membership_for(array['administrator'], p_scope)).id is null then return app.refusal('permission.role'); end if;
  if not exists (select 1 from public.settings where scope = '' and key = p_key) then return app.refusal('not_found'); end if;
  if not app.setting_is_valid(p_key, p_value) then return app.refusal('request.invalid', null, p_key); end if;
  insert into public.settings (scope, key, value, source, is_sample, changed_by)
  values (p_scope, p_key, p_value, '本机构设定', false, auth.uid())
  on conflict (scope, key) do update set value = excluded.value, source = excluded.source, is_sample = false,
    changed_by = excluded.changed_by, changed_at = app.now();
  perform app.audit(auth.uid(), 'setting.save', p_key, true, p_scope, null);
  return app.success('{}');
end $$;
grant execute on function public.save_setting(text, text, jsonb) to authenticated;

-- A further office below: a street's own agency, by an administrator of the area above it.
create function public.add_agency(p_scope text, p_agency jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare new_id uuid;
begin
  if (app.membership_for(array['administrator'], p_scope)).id is null then return app.refusal('permission.role'); end if;
  if app.agency_problem(p_agency) is not null then return app.agency_problem(p_agency); end if;
  if not exists (select 1 from public.areas x where x.scope = p_scope)
    or exists (select 1 from public.agencies a where a.scope = p_scope) then return app.refusal('request.invalid', null, 'scope'); end if;
  insert into public.agencies (id, scope, name, short_name, may_enforce, template, is_sample)
  values (coalesce((p_agency->>'id')::uuid, gen_random_uuid()), p_scope, p_agency->>'name', p_agency->>'shortName',
    coalesce((p_agency->>'mayEnforce')::boolean, false), coalesce(p_agency->'template', '{}'), coalesce((p_agency->>'isSample')::boolean, false))
  returning id into new_id;
  perform app.audit(auth.uid(), 'agency.add', new_id::text, true, p_scope, null);
  return app.success(jsonb_build_object('id', new_id));
end $$;
grant execute on function public.add_agency(text, jsonb) to authenticated;
