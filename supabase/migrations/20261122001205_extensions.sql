-- 「申请延期」: while a deadline runs the enterprise may ask for another day, with its reasons, for one hazard or several of a page.
-- Whoever may issue such an order grants it, with that day or another one, or refuses with reasons; for a 重大 hazard only a leader.
-- A deadline that was put off is the deadline from then on: in the counters, at the recheck, and for 按期整改, because only what was
-- asked for in time can be granted.

create table public.hazard_extensions (
  id uuid primary key default gen_random_uuid(),
  request_id uuid not null,
  hazard_id uuid not null references public.hazards,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  delivery_id uuid not null references public.deliveries,
  asked_by text not null check (length(asked_by) between 1 and 50),
  asked_at timestamptz not null default app.now(),
  standing_deadline date not null,
  wished date not null,
  reason text not null check (length(reason) between 2 and 500),
  state text not null default 'asked' check (state in ('asked', 'granted', 'refused', 'lapsed')),
  granted_until date,
  note text check (length(note) between 2 and 500),
  decided_by uuid,
  decider_name text,
  decided_at timestamptz,
  unique (request_id, hazard_id),
  constraint asks_for_more check (wished > standing_deadline),
  constraint grants_more check (granted_until > standing_deadline),
  constraint granted_names_the_day check ((state = 'granted') = (granted_until is not null)),
  constraint refused_says_why check (state <> 'refused' or note is not null),
  constraint decided_by_somebody check ((state in ('granted', 'refused')) = (decided_by is not null)
    and (decided_by is null) = (decider_name is null) and (decided_by is null) = (decided_at is null))
);
comment on table public.hazard_extensions is 'One line a hazard; what was asked for together has one request_id. A granted one is a step in hazard_transitions.';
comment on column public.hazard_extensions.state is 'asked → granted | refused; lapsed: sent in or rechecked before anybody decided.';
create unique index hazard_extensions_open on public.hazard_extensions (hazard_id) where state = 'asked';
create index hazard_extensions_hazard on public.hazard_extensions (hazard_id, asked_at);
create index hazard_extensions_enterprise on public.hazard_extensions (enterprise_id, asked_at desc);
create index hazard_extensions_waiting on public.hazard_extensions (scope, asked_at) where state = 'asked';

alter table public.hazard_extensions enable row level security;
grant select on public.hazard_extensions to authenticated;
create policy "staff see their scope, a principal their own" on public.hazard_extensions for select to authenticated
  using (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[]));

-- Whatever moves a hazard on ends the question: the recheck gives its own day, and what was sent in waits for the recheck.
create function app.lapse_extension() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  update public.hazard_extensions set state = 'lapsed' where hazard_id = new.id and state = 'asked';
  return null;
end $$;
create trigger hazards_lapse_extension after update of state, deadline on public.hazards for each row
  when (old.state is distinct from new.state or old.deadline is distinct from new.deadline) execute function app.lapse_extension();

create function app.extension_json(x public.hazard_extensions) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', x.id, 'requestId', x.request_id, 'state', x.state, 'standing', x.standing_deadline, 'wished', x.wished, 'reason', x.reason,
    'askedBy', x.asked_by, 'askedAt', app.instant_text(x.asked_at), 'until', x.granted_until, 'note', x.note, 'decidedBy', x.decider_name,
    'decidedAt', app.instant_text(x.decided_at),
    'photos', (select coalesce(jsonb_agg(u.sha256 order by u.position), '[]') from public.evidence_uses u where u.extension_id = x.id))
$$;

-- Why this hazard's deadline cannot be put off by the enterprise's asking, or null. As extensionObstacle in src/lib/hazard/extension.ts.
create function app.extension_obstacle(h public.hazards) returns text
  language sql stable security definer set search_path = ''
as $$
  select case when h.state <> 'open' or h.deadline is null then 'hazard.state' when h.deadline < app.today() then 'extension.late'
    when exists (select 1 from public.hazard_extensions x where x.hazard_id = h.id and x.state = 'asked') then 'extension.pending' end
$$;

-- p_request: {id, hazards, wished, reason, name, photos}. The id is the page's: sent twice, it is one.
create function public.request_extension(p_token_sha256 text, p_request jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.deliveries := app.delivery_by_token(p_token_sha256); h public.hazards; photos jsonb := coalesce(p_request->'photos', '[]');
  request uuid := (p_request->>'id')::uuid; wished date := (p_request->>'wished')::date; reason text := trim(coalesce(p_request->>'reason', ''));
  name text := trim(coalesce(p_request->>'name', '')); ids uuid[]; found_ids uuid[] := '{}'; obstacle text;
begin
  if app.delivery_problem(d) is not null then return app.delivery_problem(d); end if;
  if exists (select 1 from public.hazard_extensions x where x.request_id = request) then
    if exists (select 1 from public.hazard_extensions x where x.request_id = request and x.delivery_id = d.id) then return app.success('{}'); end if;
    return app.refusal('request.invalid', null, 'id');
  end if;
  select array_agg(distinct x::uuid) into ids from jsonb_array_elements_text(coalesce(p_request->'hazards', '[]')) x;
  if request is null or ids is null then return app.refusal('request.invalid', null, 'hazards'); end if;
  if length(reason) not between 2 and 500 then return app.refusal('request.invalid', null, 'reason'); end if;
  if length(name) not between 1 and 50 then return app.refusal('request.invalid', null, 'name'); end if;
  if jsonb_array_length(photos) > 9 then return app.refusal('request.invalid', null, 'photos'); end if;
  if exists (select 1 from jsonb_array_elements_text(photos) f where not app.has_photo(f, d.id)) then return app.refusal('evidence.not_found'); end if;
  -- Those that this page shows, as for a rectification.
  for h in select * from public.hazards x where x.id = any (ids) and (x.inspection_id = d.inspection_id
      or exists (select 1 from public.hazard_transitions t where t.hazard_id = x.id and t.cause_id = d.inspection_id)) order by x.id for update loop
    obstacle := app.extension_obstacle(h);
    if obstacle is not null then return app.refusal(obstacle); end if;
    if wished is null or wished <= h.deadline or wished > app.today() + 366 then return app.refusal('extension.day', jsonb_build_object('expected', h.deadline), 'wished'); end if;
    found_ids := found_ids || h.id;
  end loop;
  if cardinality(found_ids) <> cardinality(ids) then return app.refusal('not_found'); end if;
  insert into public.hazard_extensions (request_id, hazard_id, scope, enterprise_id, delivery_id, asked_by, standing_deadline, wished, reason)
  select request, x.id, x.scope, x.enterprise_id, d.id, name, x.deadline, wished, reason from public.hazards x where x.id = any (ids);
  insert into public.evidence_uses (sha256, scope, enterprise_id, hazard_id, extension_id, purpose, taken_at, position)
  select f, x.scope, x.enterprise_id, x.hazard_id, x.id, 'extension', app.now(), n::int
  from public.hazard_extensions x, jsonb_array_elements_text(photos) with ordinality as p(f, n) where x.request_id = request;
  insert into public.delivery_events (delivery_id, scope, enterprise_id, kind, by_name, note) values (d.id, d.scope, d.enterprise_id, 'extension_asked', name, request::text);
  perform app.append_event('extension.asked', d.scope, d.enterprise_id, jsonb_build_object('request', request, 'hazards', cardinality(ids)));
  return app.success('{}');
end $$;
grant execute on function public.request_extension(text, jsonb) to service_role;

-- Why the asking user may not decide about it, or null: an inspector of the agency whose order it is (on track A with a valid 执法证), or a
-- leader of the place; of a 重大 hazard only a leader, because whoever found it has already said how long it may take.
create function app.extension_decider_obstacle(h public.hazards) returns text
  language sql stable security definer set search_path = ''
as $$
  select case when (app.membership_for(array['leader'], h.scope)).id is not null then null
    when h.severity = 'major' then 'extension.leader'
    when m.id is null then 'extension.agency'
    when o.track = 'A' and not app.is_licensed(m, app.today()) then 'permission.licence' end
  from (select 1) one
  left join lateral (select d.agency_id, d.track from public.documents d where d.inspection_id = h.inspection_id and d.kind = 'rectification_order'
    order by d.record_position limit 1) o on true
  left join lateral (select * from app.active_memberships() x where x.role = 'inspector' and x.agency_id = o.agency_id and h.scope <@ app.below(x.scope)
    order by x.licence_valid_until desc nulls last limit 1) m on true
$$;

-- p_decision: {extensions, outcome: granted | refused, until, note}; several at once when they were asked for together.
create function public.decide_extensions(p_decision jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare ids uuid[]; x public.hazard_extensions; h public.hazards; outcome text := p_decision->>'outcome'; until date := (p_decision->>'until')::date;
  remark text := nullif(trim(coalesce(p_decision->>'note', '')), ''); deadlines app.deadline_change[] := '{}'; obstacle text; who uuid := auth.uid(); said text;
begin
  select array_agg(distinct e::uuid) into ids from jsonb_array_elements_text(coalesce(p_decision->'extensions', '[]')) e;
  if ids is null or coalesce(outcome, '') not in ('granted', 'refused') then return app.refusal('request.invalid', null, 'extensions'); end if;
  select * into x from public.hazard_extensions e where e.id = any (ids) and e.scope <@ (select app.visible_scopes()) limit 1;
  if x.id is null or (select count(*) from public.hazard_extensions e where e.id = any (ids) and e.request_id = x.request_id) <> cardinality(ids) then
    return app.refusal('not_found');
  end if;
  perform pg_advisory_xact_lock(hashtextextended(x.enterprise_id::text, 2));
  perform 1 from public.hazards where id in (select e.hazard_id from public.hazard_extensions e where e.id = any (ids)) order by id for update;
  -- Said again, the first answer stands.
  if not exists (select 1 from public.hazard_extensions e where e.id = any (ids)
      and (e.state, e.decided_by) is distinct from (outcome, who)) then return app.success('{}'); end if;
  for h in select * from public.hazards where id in (select e.hazard_id from public.hazard_extensions e where e.id = any (ids)) loop
    obstacle := app.extension_decider_obstacle(h);
    if obstacle is not null then
      perform app.audit(who, 'extension.decide', x.request_id::text, false, h.scope, jsonb_build_object('why', obstacle));
      return app.refusal(obstacle);
    end if;
    if outcome = 'granted' and (until is null or until <= h.deadline or until not between app.today() and app.today() + 366) then
      return app.refusal('extension.day', jsonb_build_object('expected', h.deadline), 'until');
    end if;
  end loop;
  if exists (select 1 from public.hazard_extensions e where e.id = any (ids) and e.state <> 'asked') then return app.refusal('extension.state'); end if;
  if length(remark) not between 2 and 500 or (outcome = 'refused' and remark is null) then return app.refusal('request.invalid', null, 'note'); end if;
  said := coalesce(app.member_name(who, x.scope), '');
  update public.hazard_extensions set state = outcome, granted_until = case when outcome = 'granted' then until end, note = remark,
    decided_by = who, decider_name = said, decided_at = app.now() where id = any (ids);
  if outcome = 'granted' then
    for x in select * from public.hazard_extensions e where e.id = any (ids) order by e.hazard_id loop
      select * into h from public.hazards where id = x.hazard_id;
      update public.hazards set deadline = until, extended = extended + 1 where id = h.id;
      insert into public.hazard_transitions (hazard_id, scope, enterprise_id, at, day, from_state, to_state, cause_kind, cause_id, deadline)
      values (h.id, h.scope, h.enterprise_id, app.now(), app.today(), h.state, h.state, 'extension', x.id, until);
      deadlines := deadlines || row(h.scope, h.site_type, h.severity, h.deadline, -1)::app.deadline_change
        || row(h.scope, h.site_type, h.severity, until, 1)::app.deadline_change;
    end loop;
    perform app.tally('{}', deadlines);
    perform app.tally_enterprise(x.enterprise_id);
  end if;
  perform app.append_event('extension.' || outcome, x.scope, x.enterprise_id, jsonb_build_object('request', x.request_id, 'hazards', cardinality(ids)));
  return app.success('{}');
end $$;
grant execute on function public.decide_extensions(jsonb) to authenticated;

-- Requests for staff, what waits first. p_filter: state (asked | all), enterprise. 50 a page.
create function public.extension_rows(p_filter jsonb, p_page int default 1) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with requests as (
    select x.request_id, x.enterprise_id, x.scope, min(x.asked_at) as asked_at, bool_or(x.state = 'asked') as waits, min(x.standing_deadline) as first_deadline
    from public.hazard_extensions x
    where x.scope <@ (select app.visible_scopes()) and (p_filter->>'enterprise' is null or x.enterprise_id = (p_filter->>'enterprise')::uuid)
    group by 1, 2, 3
  ), matching as (
    select r.*, row_number() over (order by r.waits desc, case when r.waits then r.first_deadline end, r.asked_at desc, r.request_id) as place
    from requests r where r.waits or p_filter->>'state' = 'all'
  )
  select jsonb_build_object('today', app.today(), 'total', (select count(*) from matching), 'waiting', (select count(*) from requests where waits),
    'rows', coalesce((select jsonb_agg(jsonb_build_object('requestId', m.request_id, 'enterpriseId', e.id, 'enterpriseName', e.name,
      'community', app.community_name(m.scope), 'waits', m.waits,
      'hazards', (select jsonb_agg(jsonb_build_object('hazardId', h.id, 'inspectionId', h.inspection_id, 'description', h.description, 'part', h.part,
          'severity', h.severity, 'obstacle', case when x.state = 'asked' then app.extension_decider_obstacle(h) end, 'extension', app.extension_json(x))
          order by h.found_on, h.position)
        from public.hazard_extensions x join public.hazards h on h.id = x.hazard_id where x.request_id = m.request_id)) order by m.place)
      from matching m join public.enterprises e on e.id = m.enterprise_id
      where m.place > (greatest(p_page, 1) - 1) * 50 and m.place <= greatest(p_page, 1) * 50), '[]'))
$$;
grant execute on function public.extension_rows(jsonb, int) to authenticated;
