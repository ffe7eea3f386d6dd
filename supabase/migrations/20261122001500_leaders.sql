-- What leaders read beside the map: flows by day, what needs them, the rows behind every figure, one enterprise's
-- history and its account. Security definer because they join over several tables; each names its own filter.

-- By day first: who sees a whole city asks for a month of it, and places (a multirange) are never looked up in an index.
create index hazards_found_on on public.hazards (found_on);
create index hazards_closed_on on public.hazards (closed_on) where closed_on is not null;
create index hazards_due on public.hazards (deadline, scope) include (in_time) where measure = 'deadline' and state not in ('reported', 'withdrawn');

-- 按期整改率: of the hazards that fell due in a period, those rectified in time at the first look.
-- A hazard that was reopened was not; one that is reported (track C) has no deadline yet.
create function app.rectified_in_time(p_from date, p_to date, within app.scope_multirange) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('due', count(*), 'inTime', count(*) filter (where h.in_time))
  from public.hazards h
  where h.measure = 'deadline' and h.state not in ('reported', 'withdrawn') and h.deadline between p_from and least(p_to, (select app.today()) - 1) and h.scope <@ within
$$;

-- The first line of the leader's screen, from tallies. `previous*` is the period of the same length before.
create function public.overview(p_from date, p_to date) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with mine as (select app.visible_scopes() as within), standing as (
    select coalesce(sum(d.open), 0) as open, coalesce(sum(d.open) filter (where d.severity = 'major'), 0) as major,
      coalesce(sum(d.open) filter (where d.deadline < (select app.today())), 0) as overdue,
      min(d.deadline) filter (where d.open > 0 and d.deadline < (select app.today())) as oldest
    from public.tally_deadlines d where d.scope <@ (select m.within from mine m)
  ), flows as (
    select coalesce(sum(f.found), 0) as found, coalesce(sum(f.closed), 0) as closed
    from public.tally_flows f where f.day between p_from and p_to and f.scope <@ (select m.within from mine m)
  ), checks as (
    select coalesce(sum(t.inspections), 0) as inspections, coalesce(sum(t.inspections) filter (where t.previous_day < p_from), 0) as sites
    from public.tally_visits t where t.day between p_from and p_to and t.scope <@ (select m.within from mine m)
  ), sites as (
    select count(*) filter (where t.next_deadline < (select app.today())) as overdue,
      count(*) filter (where t.last_inspected_on >= date_trunc('year', (select app.today())::timestamp)::date
        and t.enterprise_id not in (select e.id from public.enterprises e where e.status <> 'operating')) as this_year
    from public.enterprise_tallies t where t.scope <@ (select m.within from mine m)
  )
  select jsonb_build_object('from', p_from, 'to', p_to, 'today', app.today(), 'at', app.instant_text(app.now()),
    'openMajor', s.major, 'open', s.open, 'overdue', s.overdue, 'oldestDeadline', s.oldest, 'overdueSites', t.overdue,
    'found', f.found, 'closed', f.closed, 'inspections', c.inspections, 'inspectedSites', c.sites,
    'rectified', app.rectified_in_time(p_from, p_to, m.within),
    'previousRectified', app.rectified_in_time(p_from - (p_to - p_from + 1), p_from - 1, m.within),
    'enterprises', (select count(*) from public.enterprises e where e.status = 'operating' and e.scope <@ m.within),
    'inspectedThisYear', t.this_year,
    'outside', (select count(*) from public.enterprises e where e.area_id is null and e.status = 'operating' and e.scope <@ m.within),
    'reports', (select count(distinct h.inspection_id) from public.hazards h where h.state = 'reported' and h.scope <@ m.within))
  from mine m, standing s, flows f, checks c, sites t where m.within <> '{}'::app.scope_multirange
$$;
grant execute on function public.overview(date, date) to authenticated;

-- 新增 / 销号 by day, and what was open at the end of each day, counted back from what is open now.
create function public.daily_flows(p_from date, p_to date) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with flows as (
    select f.day, sum(f.found) found, sum(f.closed) closed from public.tally_flows f
    where f.day >= p_from and f.scope <@ (select app.visible_scopes()) group by 1
  ), checks as (
    select t.day, sum(t.inspections) n from public.tally_visits t where t.day between p_from and p_to and t.scope <@ (select app.visible_scopes()) group by 1
  ), standing as (
    select coalesce(sum(d.open), 0) as open from public.tally_deadlines d where d.scope <@ (select app.visible_scopes())
  )
  select coalesce(jsonb_agg(jsonb_build_object('day', d.day::date, 'found', coalesce(f.found, 0), 'closed', coalesce(f.closed, 0),
    'inspections', coalesce(c.n, 0),
    'open', s.open - coalesce((select sum(l.found - l.closed) from flows l where l.day > d.day::date), 0)) order by d.day), '[]')
  from generate_series(p_from::timestamp, least(p_to, app.today())::timestamp, interval '1 day') d(day) cross join standing s
  left join flows f on f.day = d.day::date left join checks c on c.day = d.day::date
$$;
grant execute on function public.daily_flows(date, date) to authenticated;

-- What a list of hazards shows. p_filter: state (open | major | overdue | submitted | reported | closed | all), from, to
-- (found, for closed: closed), severity, cause, item (code), community (scope), siteType, enterprise, q. Of what the asker may see.
-- Neither rights nor a search path of its own, so that the planner looks through it.
create function app.listed_hazards(p_filter jsonb) returns setof public.hazards
  language sql stable
as $$
  select h.* from public.hazards h
  where (h.scope <@ (select app.visible_scopes()) or h.enterprise_id = any ((select app.own_enterprises())::uuid[]))
    and case coalesce(p_filter->>'state', 'open') when 'all' then true when 'closed' then h.state in ('closed', 'closed_unfixed')
      when 'overdue' then h.state in ('open', 'rectification_submitted') and h.deadline < (select app.today())
      when 'submitted' then h.state = 'rectification_submitted' when 'reported' then h.state = 'reported'
      when 'major' then h.severity = 'major' and h.state in ('reported', 'open', 'rectification_submitted', 'accepted')
      else h.state in ('reported', 'open', 'rectification_submitted', 'accepted') end
    and (p_filter->>'severity' is null or h.severity = p_filter->>'severity')
    and (p_filter->>'cause' is null or h.cause = p_filter->>'cause')
    and (p_filter->>'item' is null or h.item_code = p_filter->>'item')
    and (p_filter->>'siteType' is null or h.site_type = any (string_to_array(p_filter->>'siteType', ',')))
    and (p_filter->>'enterprise' is null or h.enterprise_id = (p_filter->>'enterprise')::uuid)
    and (p_filter->>'community' is null or app.is_below(h.scope, p_filter->>'community'))
    and (p_filter->>'from' is null or case when p_filter->>'state' = 'closed' then h.closed_on else h.found_on end >= (p_filter->>'from')::date)
    and (p_filter->>'to' is null or case when p_filter->>'state' = 'closed' then h.closed_on else h.found_on end <= (p_filter->>'to')::date)
    and (p_filter->>'q' is null or strpos(h.description, p_filter->>'q') > 0
      or exists (select 1 from public.enterprises e where e.id = h.enterprise_id and strpos(lower(e.name), lower(p_filter->>'q')) > 0))
$$;

-- The rows behind the figures, worst first, 50 a page; and of all of them the pace: 按期整改率 as in app.dashboard_pace, and the
-- median of days from finding to closing of those not put right on the spot.
create function public.hazard_rows(p_filter jsonb, p_page int default 1) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with matching as (
    select h.*, (h.state in ('open', 'rectification_submitted') and h.deadline < (select app.today())) as is_overdue
    from app.listed_hazards(p_filter) h
  ), pace as (
    select count(*) as total, count(*) filter (where m.measure = 'deadline' and m.state not in ('reported', 'withdrawn') and m.deadline < (select app.today())) as due,
      count(*) filter (where m.measure = 'deadline' and m.state <> 'reported' and m.deadline < (select app.today()) and m.in_time) as in_time,
      percentile_cont(0.5) within group (order by (m.closed_on - m.found_on)::float8)
        filter (where m.measure = 'deadline' and m.state = 'closed') as median_days
    from matching m
  )
  select jsonb_build_object('today', app.today(), 'total', c.total, 'pace', jsonb_build_object('due', c.due, 'inTime', c.in_time, 'medianDays', c.median_days),
    'rows', coalesce((select jsonb_agg(jsonb_build_object(
    'id', m.id, 'enterpriseId', m.enterprise_id, 'enterpriseName', e.name, 'community', app.community_name(m.scope), 'siteType', m.site_type,
    'part', m.part, 'severity', m.severity, 'description', m.description, 'state', m.state, 'measure', m.measure, 'deadline', m.deadline,
    'foundOn', m.found_on, 'closedOn', m.closed_on, 'inspectionId', m.inspection_id, 'isOverdue', m.is_overdue, 'stopped', app.hazard_stop(h)) order by m.place)
  from (select x.*, row_number() over (order by (x.state in ('closed', 'closed_unfixed')), x.severity = 'major' desc, x.closed_on desc nulls last,
      x.deadline nulls last, x.found_on desc, x.id) as place from matching x) m
  join public.enterprises e on e.id = m.enterprise_id join public.hazards h on h.id = m.id
  where m.place > (greatest(p_page, 1) - 1) * 50 and m.place <= greatest(p_page, 1) * 50), '[]')) from pace c
$$;
grant execute on function public.hazard_rows(jsonb, int) to authenticated;

create function app.may_read_enterprise(e public.enterprises) returns boolean
  language sql stable security definer set search_path = ''
as $$ select coalesce(e.scope::text <@ app.visible_scopes() or e.id = any (app.own_enterprises()), false) $$;

-- One enterprise: its checks with their documents and delivery, and its hazards with photos, newest first.
create function public.enterprise_history(p_enterprise uuid, p_limit int default 60) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('today', app.today(),
    'inspections', (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'outcome', i.outcome, 'notCheckedKind', i.not_checked_kind,
        'track', i.track, 'adopted', i.adopted_by is not null, 'inspectedOn', i.inspected_on, 'inspectorName', i.inspector_name, 'companionName', i.companion_name,
        'hazards', (select count(*) from public.hazards h where h.inspection_id = i.id and h.state <> 'withdrawn'),
        'documents', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'track', d.track, 'numberText', d.number_text, 'state', d.state,
            'isRendered', d.pdf_sha256 is not null) order by d.record_position, d.kind), '[]') from public.documents d where d.inspection_id = i.id),
        'openedAt', app.instant_text(d.opened_at), 'receivedAt', app.instant_text(d.received_at)) order by i.inspected_on desc, i.sealed_at desc), '[]')
      from (select * from public.inspections x where x.enterprise_id = e.id order by x.inspected_on desc, x.sealed_at desc limit least(p_limit, 500)) i
      left join public.deliveries d on d.inspection_id = i.id),
    'openHazards', (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'inspectionId', h.inspection_id, 'part', h.part, 'severity', h.severity,
        'description', h.description, 'legalBasis', h.legal_basis, 'acceptance', h.acceptance, 'state', h.state, 'deadline', h.deadline, 'foundOn', h.found_on,
        'isOverdue', coalesce(h.state in ('open', 'rectification_submitted') and h.deadline < (select app.today()), false), 'orderText', app.order_text(h),
        'photos', (select coalesce(jsonb_agg(u.sha256 order by u.position), '[]') from public.evidence_uses u where u.hazard_id = h.id and u.purpose = 'hazard'))
        order by h.severity = 'major' desc, h.deadline, h.position), '[]')
      from public.hazards h where h.enterprise_id = e.id and h.state in ('reported', 'open', 'rectification_submitted', 'accepted')))
  from public.enterprises e where e.id = p_enterprise and app.may_read_enterprise(e)
$$;
grant execute on function public.enterprise_history(uuid, int) to authenticated;

-- Where a fact of an account is written, as far as the asking user may read that enterprise. `elsewhere`: at another enterprise
-- of the same person.
create function app.fact_source(f public.facts, p_enterprise uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('inspectionId', f.inspection_id, 'inspectedOn', i.inspected_on, 'inspectionKind', i.kind,
    'foundByMe', coalesce(auth.uid() in (i.inspector_id, i.companion_id, i.adopted_by), false) or app.is_said_by_me(f.id), 'appeal', app.appeal_window(f),
    'event', app.event_of_fact(f.id),
    'elsewhere', case when e.id <> p_enterprise then jsonb_build_object('id', e.id, 'name', e.name) end,
    'hazard', case when h.id is not null then jsonb_build_object('id', h.id, 'part', h.part, 'severity', h.severity, 'description', h.description, 'state', h.state,
      'photos', (select coalesce(jsonb_agg(u.sha256 order by u.position), '[]') from public.evidence_uses u where u.hazard_id = h.id and u.purpose = 'hazard')) end,
    'documents', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'track', d.track, 'numberText', d.number_text) order by d.record_position), '[]')
      from public.documents d where d.inspection_id = f.inspection_id))
  from public.enterprises e left join public.inspections i on i.id = f.inspection_id left join public.hazards h on h.id = f.hazard_id
  where e.id = f.enterprise_id and app.may_read_enterprise(e)
$$;

-- Who leads the enterprise, and what else they lead as far as the asking user may read it.
create function app.principal_json(p_enterprise uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('name', p.name, 'others', (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'name', e.name) order by e.name), '[]')
      from public.enterprise_principals ep join public.enterprises e on e.id = ep.enterprise_id
      where ep.principal_id = p.id and e.id <> p_enterprise and app.principal_of(e.id) = p.id and app.may_read_enterprise(e)))
  from public.principals p where p.id = app.principal_of(p_enterprise)
$$;

-- One account, derived again where it is shown: the declared scheme, every fact, where each fact is written, and who
-- decided what.
create function public.enterprise_account(p_enterprise uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('today', app.today(), 'scheme', public.declared_scheme_of(e.id), 'facts', app.facts_of(e.id, whose.subject), 'steps', app.steps_of(e.id),
    'principal', case when whose.subject = 'principal' then app.principal_json(e.id) end,
    'bandSince', (select a.band_since from public.score_accounts a where a.enterprise_id = e.id),
    'sources', (select coalesce(jsonb_object_agg(f.id, source) filter (where source is not null), '{}')
      from app.subject_facts(e.id, whose.subject) f, lateral app.fact_source(f, e.id) source where f.kind !~ '^(decision|review|measure)\.'))
  from public.enterprises e, lateral app.declared_subject(e.id) whose (subject) where e.id = p_enterprise and app.may_read_enterprise(e)
$$;
grant execute on function public.enterprise_account(uuid) to authenticated;

-- Enterprises of one scheme, the worst off first; those with equal points share a place. For who oversees only: a ranking of
-- enterprises is not public. Who was never looked at (未评估) has no place and is counted apart.
-- p_filter: pack, community (scope), siteType, q.
create function public.enterprise_ranking(p_filter jsonb, p_page int default 1) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare within app.scope_multirange := app.visible_scopes(); pack text := p_filter->>'pack'; goes_up boolean; answer jsonb;
begin
  if not exists (select 1 from app.active_memberships() m where m.role in ('leader', 'administrator')) then return app.refusal('permission.role'); end if;
  select p.document->>'direction' = 'up' into goes_up from public.scheme_packs p where p.id = pack order by p.installed_at desc limit 1;
  if goes_up is null then return app.refusal('scheme.unknown', null, 'pack'); end if;
  with accounts as (
    select a.*, e.name, e.site_type from public.score_accounts a join public.enterprises e on e.id = a.enterprise_id
    where e.scope <@ within and a.pack_id = pack and e.status = 'operating'
      and (p_filter->>'community' is null or app.is_below(e.scope, p_filter->>'community'))
      and (p_filter->>'siteType' is null or e.site_type = p_filter->>'siteType')
  ), placed as (
    select a.*, rank() over (order by case when goes_up then -a.points else a.points end) as place from accounts a where a.band is not null
  ), matching as (
    select p.*, row_number() over (order by p.place, p.pending_points * case when goes_up then -1 else 1 end, p.name, p.enterprise_id) as line from placed p
    where p_filter->>'q' is null or strpos(lower(p.name), lower(p_filter->>'q')) > 0
  )
  select jsonb_build_object('today', app.today(), 'total', (select count(*) from matching), 'notEvaluated', (select count(*) from accounts where band is null),
    'rows', coalesce((select jsonb_agg(jsonb_build_object('enterpriseId', m.enterprise_id, 'name', m.name, 'community', app.community_name(m.scope),
      'siteType', m.site_type, 'place', m.place, 'points', m.points, 'pendingPoints', m.pending_points, 'band', app.band_json(m.band_level, m.band_name),
      'bandSince', m.band_since, 'lastInspectedOn', t.last_inspected_on) order by m.line)
    from matching m left join public.enterprise_tallies t on t.enterprise_id = m.enterprise_id
    where m.line > (greatest(p_page, 1) - 1) * 50 and m.line <= greatest(p_page, 1) * 50), '[]'))
  into answer;
  return app.success(answer);
end $$;
grant execute on function public.enterprise_ranking(jsonb, int) to authenticated;

-- The schemes that count somewhere in what the user may see: what the colours of their map stand on.
create function public.declared_schemes() returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('packId', x.id, 'name', x.name, 'isSample', x.is_sample) order by x.id), '[]') from (
    select distinct p.id, p.document->>'name' as name, p.is_sample
    from public.scheme_activations a join public.scheme_packs p on p.id = a.pack_id and p.sha256 = a.pack_sha256
    where a.valid_from <= (select app.today()) and (a.valid_to is null or a.valid_to > (select app.today()))
      and exists (select 1 from app.active_memberships() m where m.scope <@ app.below(a.scope) or a.scope::text <@ app.below(m.scope))) x
$$;
grant execute on function public.declared_schemes() to authenticated;
