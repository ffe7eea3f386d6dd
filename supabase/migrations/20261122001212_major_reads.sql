-- Reading 重大 hazards: the list, one life with all its steps, what stands stopped at an enterprise, and what `verify` derives again.

-- What an enterprise had to stop and may not use yet, for every page that shows the place.
create function app.stops_of(p_enterprise uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('hazardId', c.hazard_id, 'kind', s.says->>'kind', 'what', s.says->>'what', 'since', s.says->>'since',
    'isApplied', c.stop = 'applied') order by s.at), '[]')
  from public.major_cases c join public.hazards h on h.id = c.hazard_id and h.state in ('open', 'rectification_submitted', 'accepted')
  join lateral (select * from public.major_steps x where x.hazard_id = c.hazard_id and x.act = 'order_stop' order by x.number desc limit 1) s on true
  where c.enterprise_id = p_enterprise and c.stop in ('stopped', 'applied')
$$;

-- The same as one word, for a line of a list: production | use; null: nothing is stopped.
create function app.stop_kind(p_enterprise uuid) returns text
  language sql stable security definer set search_path = ''
as $$ select x->>'kind' from jsonb_array_elements(app.stops_of(p_enterprise)) x order by x->>'kind' limit 1 $$;

-- Of one 重大 hazard: production | use while something is stopped because of it.
create function app.hazard_stop(h public.hazards) returns text
  language sql stable security definer set search_path = ''
as $$
  select case when h.severity = 'major' then (select x->>'kind' from jsonb_array_elements(app.stops_of(h.enterprise_id)) x where x->>'hazardId' = h.id::text) end
$$;

create function app.major_line(h public.hazards, e public.enterprises, c public.major_cases) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('hazardId', h.id, 'enterpriseId', h.enterprise_id, 'enterpriseName', e.name, 'community', app.community_name(h.scope),
    'inspectionId', h.inspection_id, 'part', h.part, 'description', h.description, 'state', h.state, 'foundOn', h.found_on, 'deadline', h.deadline,
    'acceptedOn', h.accepted_on, 'closedOn', h.closed_on, 'plan', coalesce(c.plan, 'none'), 'stop', coalesce(c.stop, 'none'), 'listedUntil', c.listed_until,
    'steps', coalesce(c.steps, 0))
$$;

-- One life: steps and transitions in full, in the order in which they happened.
create function app.major_json(p_hazard uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select app.major_line(h, e, c) || jsonb_build_object('today', app.today(), 'legalBasis', h.legal_basis, 'acceptance', h.acceptance, 'orderText', app.order_text(h),
    'photos', (select coalesce(jsonb_agg(u.sha256 order by u.position), '[]') from public.evidence_uses u where u.hazard_id = h.id and u.purpose = 'hazard'),
    'course', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'number', s.number, 'act', s.act, 'at', app.instant_text(s.at), 'byName', s.by_name,
        'means', case when s.delivery_id is not null then 'page' when s.on_paper then 'paper' else 'login' end, 'says', s.says, 'afterTransition', s.after_transition,
        'photos', (select coalesce(jsonb_agg(u.sha256 order by u.position), '[]') from public.evidence_uses u where u.major_step_id = s.id)) order by s.number), '[]')
      from public.major_steps s where s.hazard_id = h.id),
    'transitions', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'at', app.instant_text(t.at), 'day', t.day, 'from', t.from_state, 'to', t.to_state,
        'cause', t.cause_kind, 'deadline', t.deadline, 'note', t.note, 'inspectionId', i.id, 'by', nullif(concat_ws('、', i.inspector_name, i.companion_name), ''),
        'rectification', (select r.note from public.rectifications r where r.id = t.cause_id)) order by t.id), '[]')
      from public.hazard_transitions t left join public.inspections i on i.id = t.cause_id and t.cause_kind = 'inspection' where t.hazard_id = h.id))
  from public.hazards h join public.enterprises e on e.id = h.enterprise_id left join public.major_cases c on c.hazard_id = h.id
  where h.id = p_hazard and h.severity = 'major'
$$;

-- `may`: the acts that the asking user could take, whatever state it stands in. Null: not to be seen.
create function public.read_major(p_hazard uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select app.major_json(h.id) || jsonb_build_object('isOwn', h.enterprise_id = any (app.own_enterprises()),
    'may', (select coalesce(jsonb_agg(a), '[]') from unnest(array['file_plan', 'return_plan', 'accept_plan', 'order_stop', 'apply_resume', 'grant_resume',
      'refuse_resume', 'list', 'extend_listing', 'delist', 'send_back']) a where app.major_actor_obstacle(h, a) is null),
    'isMine', app.accepted_major(h, auth.uid()))
  from public.hazards h where h.id = p_hazard and (h.scope::text <@ (select app.visible_scopes()) or h.enterprise_id = any (app.own_enterprises()))
$$;
grant execute on function public.read_major(uuid) to authenticated;

create function public.read_delivered_major(p_token_sha256 text, p_hazard uuid) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare d public.deliveries := app.delivery_by_token(p_token_sha256);
begin
  if app.delivery_problem(d) is not null then return app.delivery_problem(d); end if;
  if not app.shows_major(d, p_hazard) then return app.refusal('not_found'); end if;
  return app.success(app.major_json(p_hazard) || jsonb_build_object('isOwn', true, 'isMine', false, 'may', jsonb_build_array('file_plan', 'apply_resume')));
end $$;
grant execute on function public.read_delivered_major(text, uuid) to service_role;

-- Of what the asking user may see; what is open first, the oldest first. p_filter: state (open | closed | all), enterprise, q. 50 a page.
create function public.major_rows(p_filter jsonb, p_page int default 1) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with matching as (
    select h, e, c, row_number() over (order by h.closed_on is not null, h.closed_on desc nulls last, h.found_on, h.id) as place
    from public.hazards h join public.enterprises e on e.id = h.enterprise_id left join public.major_cases c on c.hazard_id = h.id
    where h.severity = 'major' and h.state <> 'withdrawn' and (h.scope <@ (select app.visible_scopes()) or h.enterprise_id = any ((select app.own_enterprises())::uuid[]))
      and case coalesce(p_filter->>'state', 'open') when 'all' then true when 'closed' then h.state in ('closed', 'closed_unfixed')
        else h.state in ('reported', 'open', 'rectification_submitted', 'accepted') end
      and (p_filter->>'enterprise' is null or h.enterprise_id = (p_filter->>'enterprise')::uuid)
      and (p_filter->>'q' is null or strpos(h.description, p_filter->>'q') > 0 or strpos(lower(e.name), lower(p_filter->>'q')) > 0)
  )
  select jsonb_build_object('today', app.today(), 'total', (select count(*) from matching),
    'rows', coalesce((select jsonb_agg(app.major_line(m.h, m.e, m.c) order by m.place) from matching m
      where m.place > (greatest(p_page, 1) - 1) * 50 and m.place <= greatest(p_page, 1) * 50), '[]'))
$$;
grant execute on function public.major_rows(jsonb, int) to authenticated;

-- For `verify`: every life as it stands (null: no row) and as steps and transitions say.
create function public.read_major_courses(p_after uuid, p_limit int default 500) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('hazardId', x.id,
    'stands', (select jsonb_build_object('plan', c.plan, 'stop', c.stop, 'listedUntil', c.listed_until, 'steps', c.steps) from public.major_cases c where c.hazard_id = x.id),
    'course', (select coalesce(jsonb_agg(jsonb_build_object('number', s.number, 'act', s.act, 'says', s.says, 'afterTransition', s.after_transition) order by s.number), '[]')
      from public.major_steps s where s.hazard_id = x.id),
    'transitions', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'to', t.to_state, 'cause', t.cause_kind) order by t.id), '[]')
      from public.hazard_transitions t where t.hazard_id = x.id)) order by x.id), '[]')
  from (select y.id from (select c.hazard_id as id from public.major_cases c union select s.hazard_id from public.major_steps s
      union select t.hazard_id from public.hazard_transitions t where t.cause_kind = 'major') y
    where p_after is null or y.id > p_after order by y.id limit least(p_limit, 1000)) x
$$;
grant execute on function public.read_major_courses(uuid, int) to service_role;
