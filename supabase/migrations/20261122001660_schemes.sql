-- Schemes: which rules count for which kind of site, where and from when. Declared for today or later, never for the past;
-- the one before it in the same place ends by date. Administrators declare, leaders read and try, nobody edits a pack.

alter table public.scheme_activations
  add column declared_by uuid,
  add column declared_at timestamptz not null default app.now();
comment on column public.scheme_activations.declared_by is 'null: the default of the first start.';

create function app.reads_schemes() returns boolean
  language sql stable security definer set search_path = ''
as $$ select exists (select 1 from app.active_memberships() m where m.role in ('leader', 'administrator')) $$;

-- Every pack by content, what is declared where the asking user looks after something, and where they may declare or try.
create function public.schemes() returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('today', app.today(),
    'packs', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'sha256', p.sha256, 'version', p.document->>'version', 'name', p.document->>'name',
        'issuer', p.document->>'issuer', 'validFrom', p.document->'valid'->>'from', 'validTo', p.document->'valid'->>'to',
        'subject', p.document->>'subject', 'isSample', p.is_sample, 'installedOn', app.shanghai_date(p.installed_at))
        order by p.id, p.installed_at desc, p.sha256), '[]') from public.scheme_packs p),
    'activations', (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'packId', a.pack_id, 'packSha256', a.pack_sha256, 'scope', a.scope,
        'placeName', app.place_name(a.scope), 'siteType', a.site_type, 'validFrom', a.valid_from, 'validTo', a.valid_to,
        'declaredBy', app.member_name(a.declared_by, a.scope),
        'mayWithdraw', a.valid_from > (select app.today()) and app.is_administered(a.scope)) order by a.scope, a.site_type nulls first, a.valid_from desc), '[]')
      from public.scheme_activations a
      where exists (select 1 from app.active_memberships() m where m.role <> 'principal'
        and (m.scope <@ app.below(a.scope) or a.scope::text <@ app.below(m.scope)))),
    'places', (select coalesce(jsonb_agg(jsonb_build_object('scope', x.scope, 'name', x.name, 'mayDeclare', app.is_administered(x.scope)) order by x.scope), '[]')
      from (select a.scope, app.place_name(a.scope) as name from public.areas a union all select '', null) x
      where (app.membership_for(array['leader', 'administrator'], x.scope)).id is not null))
  where app.reads_schemes()
$$;
grant execute on function public.schemes() to authenticated;

-- Whether a declaration for (p_scope, p_site_type) would count there on that day: none nearer, and none that names the kind, stands before it.
create function app.would_count(e public.enterprises, p_scope text, p_site_type text, p_on date) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select not exists (select 1 from app.declared_scheme(e.scope, e.site_type, p_on) d
    where length(d.scope) > length(p_scope) or (length(d.scope) = length(p_scope) and d.site_type is not null and p_site_type is null))
$$;

-- For a dry run, a chunk at a time in the order of their ids: every operating enterprise that a declaration would reach, the pack
-- that counts for it on that day as things are, and all facts of its account; `factsAfter` only where the pack that is tried
-- takes another subject. `passed` are those for which another declaration stands nearer.
create function public.facts_for_trial(p_scope text, p_site_type text, p_on date, p_subject text, p_after uuid, p_limit int) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare chunk jsonb;
begin
  if p_scope is null or p_on is null then return app.refusal('request.invalid', null, 'scope'); end if;
  if p_on < (select app.today()) then return app.refusal('scheme.past', null, 'from'); end if;
  if (app.membership_for(array['leader', 'administrator'], p_scope)).id is null then
    return app.refusal(case when app.reads_schemes() then 'permission.area' else 'permission.role' end);
  end if;
  with here as materialized (
    select e.* from public.enterprises e
    where app.is_below(e.scope, p_scope) and e.status = 'operating' and (p_site_type is null or e.site_type = p_site_type)
      and (p_after is null or e.id > p_after)
    order by e.id limit greatest(1, least(p_limit, 500))
  ), asked as materialized (select e.id, app.would_count(e, p_scope, p_site_type, p_on) as counts from here h join public.enterprises e on e.id = h.id)
  select jsonb_build_object('last', (select h.id from here h order by h.id desc limit 1), 'passed', (select count(*) from asked where not counts),
    'rows', coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'name', h.name, 'siteType', h.site_type, 'longitude', h.longitude, 'latitude', h.latitude,
      'packSha256', d.pack_sha256, 'facts', app.facts_of(h.id, p.subject),
      'factsAfter', case when p.subject <> p_subject then app.facts_of(h.id, p_subject) end) order by h.id) filter (where a.counts), '[]'))
  into chunk
  from here h join asked a on a.id = h.id left join lateral app.declared_scheme(h.scope, h.site_type, p_on) d on true
  left join public.scheme_packs p on p.id = d.pack_id and p.sha256 = d.pack_sha256;
  return app.success(chunk || jsonb_build_object('total', case when p_after is null then (select count(*) from public.enterprises e
    where app.is_below(e.scope, p_scope) and e.status = 'operating' and (p_site_type is null or e.site_type = p_site_type)) end));
end $$;
grant execute on function public.facts_for_trial(text, text, date, text, uuid, int) to authenticated;

-- What stands in the way of declaring a pack there from a day on; null: nothing.
create function app.activation_refusal(p_document jsonb, p_scope text, p_site_type text, p_from date) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select case
    when p_scope is null or p_from is null then app.refusal('request.invalid', null, 'from')
    when (app.membership_for(array['administrator'], p_scope)).id is null then
      app.refusal(case when exists (select 1 from app.active_memberships() m where m.role = 'administrator') then 'permission.area' else 'permission.role' end)
    when p_scope <> '' and not exists (select 1 from public.areas a where a.scope = p_scope) then app.refusal('not_found', null, 'scope')
    when p_site_type is not null and not exists (select 1 from public.site_types s where s.code = p_site_type) then app.refusal('request.invalid', null, 'siteType')
    when p_from < (select app.today()) then app.refusal('scheme.past', null, 'from')
    when p_document is null then app.refusal('scheme.unknown', null, 'pack')
    when (p_document->'valid'->>'from')::date > p_from or (p_document->'valid'->>'to')::date < p_from then app.refusal('scheme.validity', null, 'from')
  end
$$;

create function app.same_place(a public.scheme_activations, p_scope text, p_site_type text) returns boolean
  language sql immutable set search_path = ''
as $$ select a.scope = p_scope and a.site_type is not distinct from p_site_type $$;

-- Declares a pack for a place and a kind of site (null: every kind) from a day on. What counted there until then ends that
-- day; what is already declared for later stays and ends this one.
create function public.activate_scheme(p_pack text, p_sha256 text, p_scope text, p_site_type text, p_from date) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare refused jsonb; before public.scheme_activations; made uuid; about jsonb;
begin
  refused := app.activation_refusal((select p.document from public.scheme_packs p where p.id = p_pack and p.sha256 = p_sha256), p_scope, p_site_type, p_from);
  about := jsonb_build_object('pack', p_pack, 'sha256', p_sha256, 'siteType', p_site_type, 'from', p_from);
  if refused is not null then
    if refused->'problem'->>'code' like 'permission.%' then perform app.audit(auth.uid(), 'scheme.activate', null, false, coalesce(p_scope, ''), about); end if;
    return refused;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(p_scope || ' ' || coalesce(p_site_type, ''), 5));
  if exists (select 1 from public.scheme_activations a where app.same_place(a, p_scope, p_site_type) and a.valid_from = p_from and a.pack_sha256 <> p_sha256) then
    return app.refusal('scheme.day_taken', null, 'from');
  end if;
  select a.* into before from public.scheme_activations a
  where app.same_place(a, p_scope, p_site_type) and a.valid_from <= p_from and (a.valid_to is null or a.valid_to > p_from);
  if (before.pack_id, before.pack_sha256) = (p_pack, p_sha256) then return app.refusal('scheme.in_force', null, 'pack'); end if;
  update public.scheme_activations set valid_to = p_from where id = before.id;
  insert into public.scheme_activations (pack_id, pack_sha256, scope, site_type, valid_from, valid_to, declared_by)
  values (p_pack, p_sha256, p_scope, p_site_type, p_from,
    (select min(a.valid_from) from public.scheme_activations a where app.same_place(a, p_scope, p_site_type) and a.valid_from > p_from), auth.uid())
  returning id into made;
  perform app.audit(auth.uid(), 'scheme.activate', made::text, true, p_scope, about);
  perform app.append_event('scheme.activated', p_scope, null, about);
  return app.success(jsonb_build_object('id', made, 'hasBegun', p_from <= (select app.today())));
end $$;
grant execute on function public.activate_scheme(text, text, text, text, date) to authenticated;

-- Takes back what has not begun; what it would have ended goes on.
create function public.withdraw_scheme(p_activation uuid) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare a public.scheme_activations; about jsonb;
begin
  select * into a from public.scheme_activations where id = p_activation;
  if a.id is null then return app.refusal('not_found'); end if;
  if not app.is_administered(a.scope) then
    perform app.audit(auth.uid(), 'scheme.withdraw', a.id::text, false, a.scope, null);
    return app.refusal(case when exists (select 1 from app.active_memberships() m where m.role = 'administrator') then 'permission.area' else 'permission.role' end);
  end if;
  perform pg_advisory_xact_lock(hashtextextended(a.scope || ' ' || coalesce(a.site_type, ''), 5));
  select * into a from public.scheme_activations where id = p_activation for update;
  if a.id is null then return app.refusal('not_found'); end if;
  if a.valid_from <= (select app.today()) then return app.refusal('scheme.begun'); end if;
  delete from public.scheme_activations where id = a.id;
  update public.scheme_activations x set valid_to = a.valid_to where app.same_place(x, a.scope, a.site_type) and x.valid_to = a.valid_from;
  about := jsonb_build_object('pack', a.pack_id, 'sha256', a.pack_sha256, 'siteType', a.site_type, 'from', a.valid_from);
  perform app.audit(auth.uid(), 'scheme.withdraw', a.id::text, true, a.scope, about);
  perform app.append_event('scheme.withdrawn', a.scope, null, about);
  return app.success('{}');
end $$;
grant execute on function public.withdraw_scheme(uuid) to authenticated;

-- A pack that an administrator of everything brings. Its content is checked by our server, which knows the format; here
-- it is named by its own text, so that nobody can pass one off as another.
create function app.json_or_null(content text) returns jsonb
  language plpgsql immutable set search_path = ''
as $$
begin
  return content::jsonb;
exception when others then
  return null;
end $$;

create function public.add_pack(p_document_text text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare pack jsonb := app.json_or_null(left(p_document_text, 1000000)); hash text := app.sha256_hex(p_document_text);
begin
  if (app.membership_for(array['administrator'], '')).id is null then
    perform app.audit(auth.uid(), 'scheme.add_pack', null, false, '', null);
    return app.refusal('permission.role');
  end if;
  if pack->>'format' is distinct from 'mingcha.pack/1' or coalesce(pack->>'id', '') !~ '^[a-z][a-z0-9_-]*$'
    or jsonb_typeof(pack->'clauses') is distinct from 'array' or jsonb_typeof(pack->'bands') is distinct from 'array'
    or jsonb_typeof(pack->'is_sample') is distinct from 'boolean' or coalesce(pack->>'subject', '') not in ('enterprise', 'principal') then return app.refusal('request.invalid', null, 'file'); end if;
  if exists (select 1 from public.scheme_packs p where p.id = pack->>'id' and p.sha256 = hash) then return app.refusal('scheme.known', null, 'file'); end if;
  insert into public.scheme_packs (id, sha256, document, is_sample) values (pack->>'id', hash, pack, (pack->>'is_sample')::boolean);
  perform app.audit(auth.uid(), 'scheme.add_pack', pack->>'id', true, '', jsonb_build_object('sha256', hash));
  return app.success(jsonb_build_object('id', pack->>'id', 'sha256', hash));
end $$;
grant execute on function public.add_pack(text) to authenticated;
