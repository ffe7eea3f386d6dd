-- The risk register (安全风险辨识): risk points by LEC or LS. The level is computed here again: a client may not choose it.

create function app.rated_risk(p_method text, p_factors jsonb, out rating numeric, out level text)
  language plpgsql immutable set search_path = ''
as $$
declare l numeric := (p_factors->>'likelihood')::numeric; e numeric := (p_factors->>'exposure')::numeric;
  c numeric := (p_factors->>'consequence')::numeric; s numeric := (p_factors->>'severity')::numeric; cuts numeric[];
begin
  if p_method = 'lec' and l = any ('{10,6,3,1,0.5,0.2,0.1}') and e = any ('{10,6,3,2,1,0.5}') and c = any ('{100,40,15,7,3,1}') then
    rating := trim_scale(l * e * c); cuts := '{320,160,70}';
  elsif p_method = 'ls' and l = any ('{1,2,3,4,5}') and s = any ('{1,2,3,4,5}') then
    rating := l * s; cuts := '{17,11,5}';
  else return;
  end if;
  level := case when rating >= cuts[1] then 'major' when rating >= cuts[2] then 'considerable' when rating >= cuts[3] then 'general' else 'low' end;
end $$;
comment on function app.rated_risk is 'LEC: D = L×E×C, 320/160/70; LS: R = L×S, 17/11/5 (scoring/risk). No row of the scale: both null.';

-- Who may keep the register: inspectors and administrators of the place, and the enterprise's own principal.
create function app.may_keep_register(e public.enterprises) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select (app.membership_for(array['inspector', 'administrator'], e.scope)).id is not null
    or e.id = any ((select app.own_enterprises())::uuid[])
$$;

create function app.keep_risk_level(e public.enterprises) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare now_level text := app.risk_of(e.id);
begin
  if now_level is not distinct from e.risk_level then return; end if;
  update public.enterprises set risk_level = now_level, updated_at = app.now() where id = e.id;
  perform app.append_register_events(array[e.scope::text]);
end $$;

-- {id, enterpriseId, name, place, accidentKind, method, factors, measures, department, responsible}: a new point, or
-- the same one assessed anew. The id is the form's: posted twice, it is one point. → {id, rating, level}
create function public.save_risk_point(p_point jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare e public.enterprises; known public.risk_points; rated record; field text;
begin
  select * into e from public.enterprises where id = (p_point->>'enterpriseId')::uuid for update;
  if e.id is null or not (e.scope::text <@ (select app.visible_scopes()) or e.id = any ((select app.own_enterprises())::uuid[])) then
    return app.refusal('not_found');
  end if;
  if not app.may_keep_register(e) then return app.refusal('permission.role'); end if;
  foreach field in array array['name', 'place', 'measures', 'responsible'] loop
    if coalesce(length(trim(p_point->>field)), 0) not between 1 and 500 then return app.refusal('request.invalid', null, field); end if;
  end loop;
  select * into rated from app.rated_risk(p_point->>'method', p_point->'factors');
  if rated.level is null then return app.refusal('request.invalid', null, 'factors'); end if;
  select * into known from public.risk_points where id = (p_point->>'id')::uuid;
  if known.id is not null and (known.enterprise_id <> e.id or known.closed_on is not null) then return app.refusal('risk_point.state'); end if;
  insert into public.risk_points (id, enterprise_id, scope, name, place, accident_kind, level, method, factors, rating, assessed_on, measures, department, responsible)
  values ((p_point->>'id')::uuid, e.id, e.scope, trim(p_point->>'name'), trim(p_point->>'place'), nullif(trim(p_point->>'accidentKind'), ''), rated.level,
    p_point->>'method', p_point->'factors', rated.rating, app.today(), trim(p_point->>'measures'), nullif(trim(p_point->>'department'), ''),
    trim(p_point->>'responsible'))
  on conflict (id) do update set name = excluded.name, place = excluded.place, accident_kind = excluded.accident_kind, level = excluded.level,
    method = excluded.method, factors = excluded.factors, rating = excluded.rating, assessed_on = excluded.assessed_on, measures = excluded.measures,
    department = excluded.department, responsible = excluded.responsible;
  perform app.audit(auth.uid(), 'risk_point.save', p_point->>'id', true, e.scope, jsonb_build_object('level', rated.level, 'before', known.level));
  perform app.keep_risk_level(e);
  return app.success(jsonb_build_object('id', p_point->>'id', 'rating', rated.rating, 'level', rated.level));
end $$;
grant execute on function public.save_risk_point(jsonb) to authenticated;

-- A point that is no more (removed, moved out): it stays in the register, closed.
create function public.close_risk_point(p_point uuid, p_reason text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare e public.enterprises; known public.risk_points;
begin
  select e1.* into e from public.enterprises e1 join public.risk_points q on q.enterprise_id = e1.id where q.id = p_point for update of e1;
  if e.id is null or not (e.scope::text <@ (select app.visible_scopes()) or e.id = any ((select app.own_enterprises())::uuid[])) then
    return app.refusal('not_found');
  end if;
  if not app.may_keep_register(e) then return app.refusal('permission.role'); end if;
  if coalesce(length(trim(p_reason)), 0) not between 1 and 500 then return app.refusal('request.invalid', null, 'reason'); end if;
  select * into known from public.risk_points where id = p_point;
  if known.closed_on is not null then return app.refusal('risk_point.state'); end if;
  update public.risk_points set closed_on = app.today(), closed_reason = trim(p_reason) where id = p_point;
  perform app.audit(auth.uid(), 'risk_point.close', p_point::text, true, e.scope, jsonb_build_object('level', known.level));
  perform app.keep_risk_level(e);
  return app.success('{}');
end $$;
grant execute on function public.close_risk_point(uuid, text) to authenticated;
