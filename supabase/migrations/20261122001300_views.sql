-- Reading: the map, the card, the overview, the rankings, the round. Security definer only where rows are summed
-- over tables whose policies say the same; each function names its scope filter itself.

-- How an enterprise stands, in words too: what a list, a card and a message about a change say of it.
-- [id, ordinal, longitude, latitude, name, initials, credit code, site type, level, pending level, open hazards, open major, last inspected,
--  overdue, scope, address, risk level, points in 1/100, the band's name, the pending band's name, what is stopped]
create function app.enterprise_line(e public.enterprises) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_array(
    e.id, e.ordinal, round(e.longitude::numeric, 6), round(e.latitude::numeric, 6), e.name, e.name_initials, e.credit_code, e.site_type,
    a.band_level, a.pending_level, coalesce(t.open_hazards, 0), coalesce(t.open_major, 0), t.last_inspected_on,
    coalesce(t.next_deadline < (select app.today()), false), e.scope, e.address, e.risk_level, a.points, a.band_name, a.pending_name, case when t.open_major > 0 then app.stop_kind(e.id) end)
  from (select 1) one
  left join public.score_accounts a on a.enterprise_id = e.id
  left join public.enterprise_tallies t on t.enterprise_id = e.id
$$;

-- Lines by their ordinals, in the order asked for; those that the user may not see are left out.
create function public.enterprise_lines(p_ordinals jsonb) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(app.enterprise_line(e) order by x.place), '[]')
  from jsonb_array_elements_text(p_ordinals) with ordinality x(ordinal, place) join public.enterprises e on e.ordinal = x.ordinal::bigint
  where e.scope <@ (select app.visible_scopes()) or e.id = any ((select app.own_enterprises())::uuid[])
$$;
grant execute on function public.enterprise_lines(jsonb) to authenticated;

-- The same for one enterprise by its id.
create function public.map_enterprise(p_enterprise uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select app.enterprise_line(e) from public.enterprises e
  where e.id = p_enterprise and (e.scope <@ (select app.visible_scopes()) or e.id = any ((select app.own_enterprises())::uuid[]))
$$;
grant execute on function public.map_enterprise(uuid) to authenticated;

-- Words of name, address, credit code or initials, every one of which must be found: ordinals of operating enterprises, at most so many.
create function public.search_enterprises(p_words jsonb, p_limit int) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(x.ordinal), '[]') from (
    select e.ordinal from public.enterprises e
    where e.status = 'operating' and e.scope <@ (select app.visible_scopes())
      and not exists (select 1 from jsonb_array_elements_text(p_words) w where strpos(lower(e.name), lower(w)) = 0 and strpos(lower(e.address), lower(w)) = 0
        and strpos(coalesce(e.credit_code, ''), upper(w)) = 0 and strpos(e.name_initials, lower(w)) = 0)
    order by e.ordinal limit least(p_limit, 5001)) x
$$;
grant execute on function public.search_enterprises(jsonb, int) to authenticated;

create function public.enterprise_card(p_enterprise uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', e.id, 'scope', e.scope, 'name', e.name, 'creditCode', e.credit_code, 'creditCodeAbsence', e.credit_code_absence,
    'address', e.address, 'siteType', e.site_type, 'siteTypeName', jsonb_build_object('zh-CN', s.name_zh, 'en', s.name_en),
    'riskLevel', e.risk_level, 'tags', e.tags, 'status', e.status, 'isSample', e.is_sample, 'contactName', e.contact_name, 'contactPhone', e.contact_phone,
    'supervisingDepartment', e.supervising_department, 'longitude', e.longitude, 'latitude', e.latitude, 'locationSource', e.location_source,
    'community', (select v.name from public.area_versions v join public.areas x on x.id = v.area_id
      where v.valid_to is null and e.scope::text <@ app.below(x.scope) and x.level = 'community' limit 1),
    'principal', (select jsonb_build_object('name', p.name, 'phone', p.phone) from public.enterprise_principals ep join public.principals p on p.id = ep.principal_id
      where ep.enterprise_id = e.id and ep.valid_to is null limit 1),
    'account', (select jsonb_build_object('packId', a.pack_id, 'points', a.points, 'pendingPoints', a.pending_points, 'band', app.band_json(a.band_level, a.band_name),
      'pendingBand', app.band_json(a.pending_level, a.pending_name), 'asOf', a.as_of) from public.score_accounts a where a.enterprise_id = e.id),
    'stops', app.stops_of(e.id),
    'openHazards', coalesce(t.open_hazards, 0), 'openMajor', coalesce(t.open_major, 0), 'inspections', coalesce(t.inspections, 0),
    'lastInspectedOn', t.last_inspected_on, 'nextDeadline', t.next_deadline, 'isOverdue', coalesce(t.next_deadline < (select app.today()), false),
    'checksThisYear', (select count(*) from public.inspections i where i.enterprise_id = e.id and i.outcome = 'checked' and i.track in ('A', 'B')
      and i.kind <> 'recheck' and date_trunc('year', i.inspected_on) = date_trunc('year', app.today())),
    'specialEquipment', (select coalesce(jsonb_agg(jsonb_build_object('kind', q.kind, 'place', q.place, 'nextTestOn', q.next_test_on) order by q.next_test_on), '[]')
      from public.special_equipment q where q.enterprise_id = e.id),
    'riskPoints', (select coalesce(jsonb_agg(jsonb_build_object('name', q.name, 'place', q.place, 'level', q.level) order by q.name), '[]')
      from public.risk_points q where q.enterprise_id = e.id and q.closed_on is null))
  from public.enterprises e join public.site_types s on s.code = e.site_type
  left join public.enterprise_tallies t on t.enterprise_id = e.id
  where e.id = p_enterprise and (e.scope <@ (select app.visible_scopes()) or e.id = any ((select app.own_enterprises())::uuid[]))
$$;
grant execute on function public.enterprise_card(uuid) to authenticated;

-- What one visit needs, all of it, so that nothing is asked of the server between check-in and seal.
create function public.visit_bundle(p_enterprise uuid) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare e public.enterprises; m public.memberships; a public.agencies;
begin
  select * into e from public.enterprises where id = p_enterprise;
  if e.id is null or not e.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  m := app.membership_for(array['inspector', 'community_worker'], e.scope);
  if m.id is null then return app.refusal('permission.role'); end if;
  select * into a from public.agencies where id = m.agency_id;
  return app.success(jsonb_build_object(
    'serverAt', app.instant_text(app.now()), 'today', app.today(),
    'enterprise', public.enterprise_card(e.id),
    'inspector', jsonb_build_object('userId', m.user_id, 'name', m.display_name, 'role', m.role, 'licence', m.licence_number,
      'licenceValidUntil', m.licence_valid_until),
    'agency', jsonb_build_object('id', a.id, 'name', a.name, 'shortName', a.short_name, 'mayEnforce', a.may_enforce, 'isSample', a.is_sample),
    'companions', (select coalesce(jsonb_agg(jsonb_build_object('userId', x.user_id, 'name', x.display_name, 'licence', x.licence_number,
        'licenceValidUntil', x.licence_valid_until) order by x.display_name), '[]') from public.memberships x
      where x.role = 'inspector' and x.ended_at is null and x.user_id <> m.user_id and m.role = 'inspector' and e.scope::text <@ app.below(x.scope)),
    'limits', app.setting(e.scope, 'check_in.limits'),
    'checklists', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'code', c.code, 'kind', c.kind, 'siteType', c.site_type, 'riskTag', c.risk_tag,
        'nameZh', c.name_zh, 'nameEn', c.name_en, 'versionId', v.id, 'version', v.version, 'isSample', v.is_sample, 'source', v.source,
        'items', (select jsonb_agg(jsonb_build_object('id', q.id, 'code', q.code, 'part', q.part, 'content', q.question, 'hazard', q.hazard,
          'acceptance', q.acceptance, 'cause', q.cause, 'severity', q.severity, 'majorHint', q.major_hint, 'daysToRectify', q.days_to_rectify,
          'legalBasis', q.legal_basis) order by q.position) from public.checklist_items q where q.version_id = v.id)) order by c.kind, c.code), '[]')
      from public.checklists c join lateral (select * from public.checklist_versions v where v.checklist_id = c.id and v.valid_from <= (select app.today())
        order by v.version desc limit 1) v on true
      where c.kind = 'common' or c.site_type = e.site_type or c.risk_tag = any (e.tags)),
    'failedBefore', (select coalesce(jsonb_agg(distinct h.item_code), '[]') from public.hazards h where h.enterprise_id = e.id and h.item_code is not null
      and h.state <> 'withdrawn' and h.found_on > (select app.today()) - 730),
    'closedBefore', (select coalesce(jsonb_agg(distinct h.item_code), '[]') from public.hazards h where h.enterprise_id = e.id and h.item_code is not null
      and h.state in ('closed', 'accepted') and h.measure = 'deadline'),
    'openHazards', (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'inspectionId', h.inspection_id, 'part', h.part, 'severity', h.severity,
        'description', h.description, 'legalBasis', h.legal_basis, 'acceptance', h.acceptance, 'state', h.state, 'deadline', h.deadline, 'foundOn', h.found_on,
        'photos', (select coalesce(jsonb_agg(u.sha256 order by u.position), '[]') from public.evidence_uses u where u.hazard_id = h.id and u.purpose = 'hazard'),
        'rectifications', (select coalesce(jsonb_agg(jsonb_build_object('note', r.note, 'submittedAt', app.instant_text(r.submitted_at),
          'photos', (select coalesce(jsonb_agg(u.sha256 order by u.position), '[]') from public.evidence_uses u where u.rectification_id = r.id)) order by r.submitted_at), '[]')
          from public.rectifications r where r.hazard_id = h.id)) order by h.deadline, h.position), '[]')
      from public.hazards h where h.enterprise_id = e.id and h.state in ('open', 'rectification_submitted')),
    -- Approved plans for these days: a visit may name one as its 任务来源.
    'plans', (select coalesce(jsonb_agg(d.number_text order by d.record_position desc), '[]') from public.documents d
      join public.records r on r.position = d.record_position
      where d.enterprise_id = e.id and d.kind = 'inspection_plan' and d.state = 'issued'
        and (r.canonical_text::jsonb #>> '{body,day}')::date between (select app.today()) - 30 and (select app.today()) + 30),
    'scheme', public.declared_scheme_of(e.id),
    'facts', app.facts_of(e.id, app.declared_subject(e.id))));
end $$;
grant execute on function public.visit_bundle(uuid) to authenticated;
