-- Sealing: one transaction turns a signed visit into rows, numbers, documents, facts, tallies, a chain link and an
-- event. Every row is derived from the record's text. If anything fails, nothing is there.
-- The steps are small functions in `app`, called in the fixed lock order: enterprise → counters → record head → event head.

create function app.membership_of(p_user uuid, roles text[], at_scope text) returns public.memberships
  language sql stable security definer set search_path = ''
as $$
  select m from public.memberships m
  where m.user_id = p_user and m.ended_at is null and m.role = any (roles) and at_scope collate "C" <@ app.below(m.scope)
  order by length(m.scope) desc, m.created_at limit 1
$$;

-- 执法证 valid on the day.
create function app.is_licensed(m public.memberships, p_on date) returns boolean
  language sql immutable set search_path = ''
as $$ select m.id is not null and m.licence_number is not null and m.licence_valid_until >= p_on $$;

-- Track by who signed: A two licensed officers, an authorised agency and consent to e-delivery (行政处罚法第四十二、六十一条);
-- C community workers; B everyone else.
create function app.decide_track(a public.agencies, first public.memberships, second public.memberships, p_consent boolean, p_on date) returns text
  language sql immutable set search_path = ''
as $$
  select case when first.role = 'community_worker' then 'C'
    when a.may_enforce and p_consent and app.is_licensed(first, p_on) and app.is_licensed(second, p_on) then 'A'
    else 'B' end
$$;

create function app.referenced_files(content jsonb) returns setof text
  language sql immutable set search_path = ''
as $$
  select distinct f from (
    select jsonb_array_elements_text(h->'photos') f from jsonb_array_elements(content->'hazards') h
    union all select jsonb_array_elements_text(h->'proof') from jsonb_array_elements(content->'hazards') h
    union all select jsonb_array_elements_text(v->'photos') from jsonb_array_elements(content->'verdicts') v
    union all select jsonb_array_elements_text(coalesce(nullif(content->'notChecked', 'null')->'photos', '[]'))
    union all select jsonb_array_elements_text(coalesce(nullif(content->'onSite', 'null')->'photos', '[]'))) x
$$;

-- The day of the check: the phone's, unless its clock runs ahead of the server's by more than ten minutes.
create function app.clock_is_ahead(content jsonb, p_at timestamptz) returns boolean
  language sql immutable set search_path = ''
as $$
  select greatest((content->'device'->>'endedAt')::timestamptz, (content->'checkIn'->>'at')::timestamptz) > p_at + interval '10 minutes'
$$;

create function app.inspected_on(content jsonb, p_at timestamptz) returns date
  language sql immutable set search_path = ''
as $$
  select case when app.clock_is_ahead(content, p_at) then app.shanghai_date(p_at)
    else app.shanghai_date((content->'checkIn'->>'at')::timestamptz) end
$$;

-- ── What must hold before anything is written ──────────────────────────────────────────────────────
create function app.signature_problem(content jsonb, inspector public.memberships, cosignature jsonb, companion public.memberships) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare on_site jsonb := nullif(content->'onSite', 'null');
begin
  if content->'inspector'->>'name' is distinct from inspector.display_name
    or content->'inspector'->>'licence' is distinct from inspector.licence_number then
    return app.refusal('signature.not_yours', null, 'inspector');
  end if;
  if app.signature_is_empty(content->'inspector'->'signature') then return app.refusal('signature.empty', null, 'inspector'); end if;
  if content->>'companionId' is not null and (cosignature is null or companion.id is null) then
    return app.refusal('signature.cosigner', null, 'companionId');
  end if;
  if nullif(content->'notChecked', 'null') is not null then return null; end if;
  if coalesce(on_site->>'outcome', '') not in ('signed', 'refused')
    or (on_site->>'outcome' = 'signed' and length(trim(coalesce(on_site->>'name', ''))) = 0) then
    return app.refusal('signature.missing', null, 'onSite');
  end if;
  if on_site->>'outcome' = 'signed' and app.signature_is_empty(on_site->'signature') then
    return app.refusal('signature.empty', null, 'onSite');
  end if;
  if on_site->>'outcome' = 'refused' and (length(trim(coalesce(on_site->'witness'->>'name', ''))) = 0
    or length(trim(coalesce(on_site->>'reason', ''))) < 2) then
    return app.refusal('signature.witness_missing', null, 'onSite');
  end if;
  return null;
end $$;

-- The scheme whose 拟记 was read before the signature: the phone's copy, whatever was declared meanwhile
-- (docs/decisions/cited-clause.md).
create function app.read_scheme(content jsonb) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select p.document from public.scheme_packs p
  where p.id = content->'provisional'->>'pack' and p.sha256 = content->'provisional'->>'packSha256'
$$;

-- 引用条款: a charge of that scheme which hazards choose by their attribute `clause`. One that leaves its points to a
-- person is none: the fact would not say them, and the account could not be derived any more. Whether it is in force on the day,
-- or gives way to another one, is for the engine to say.
create function app.is_citable(scheme jsonb, p_clause text) returns boolean
  language sql immutable set search_path = ''
as $$
  select exists (select 1 from jsonb_array_elements(scheme->'clauses') c, jsonb_array_elements(c->'matches') m
    where c->>'code' = p_clause and coalesce(c->>'kind', 'charge') = 'charge' and m->>'kind' = 'hazard.found'
      and (jsonb_typeof(c->'points') = 'number' or c->'points'->'min' = c->'points'->'max')
      and m->'where'->'clause' @> to_jsonb(p_clause))
$$;

-- What the paper will print of clauses is what the scheme says: the phone's lines quote it word for word.
create function app.quotes_scheme(content jsonb, scheme jsonb) returns boolean
  language sql immutable set search_path = ''
as $$
  select not exists (select 1 from jsonb_array_elements(coalesce(content->'provisional'->'entries', '[]')) l
    where not exists (select 1 from jsonb_array_elements(scheme->'clauses') c where c->>'code' = l->>'clause' and btrim(c->>'text', E' \t\r\n') = l->>'text')
      or (l->>'hazardId' is not null and not exists (select 1 from jsonb_array_elements(content->'hazards') h where h->>'id' = l->>'hazardId')
        and not exists (select 1 from jsonb_array_elements(content->'verdicts') v where v->>'hazardId' = l->>'hazardId')))
$$;

create function app.finding_problem(content jsonb, e public.enterprises, p_on date, p_track text) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare h jsonb; v jsonb; known public.hazards; scheme jsonb := app.read_scheme(content);
begin
  -- The enterprise's own work is not an authority's to seal.
  if content->>'kind' = 'self_check' then return app.refusal('inspection.state', null, 'kind'); end if;
  -- Who was not let in has found nothing and closes nothing.
  if nullif(content->'notChecked', 'null') is not null and exists (select 1 from unnest(array['answers', 'hazards', 'verdicts']) k
    where coalesce(content->k, '[]') <> '[]') then
    return app.refusal('inspection.state', null, 'notChecked');
  end if;
  if exists (select 1 from jsonb_array_elements(content->'answers') a
    left join public.checklist_items i on i.id = (a->>'itemId')::uuid
    where i.id is null or i.code is distinct from a->>'itemCode' or not to_jsonb(i.version_id::text) <@ (content->'checklistVersionIds')) then
    return app.refusal('inspection.checklist_version');
  end if;
  if exists (select 1 from jsonb_array_elements(content->'answers') a where a->>'answer' = 'fail'
    and not exists (select 1 from jsonb_array_elements(content->'hazards') x where x->>'itemId' = a->>'itemId')) then
    return app.refusal('inspection.unanswered');
  end if;
  for h in select value from jsonb_array_elements(content->'hazards') loop
    -- What is charged to an item failed there: the code decides whether it counts as a recurrence.
    if (h->>'itemId' is null and h->>'itemCode' is not null) or (h->>'itemId' is not null and not exists (
      select 1 from jsonb_array_elements(content->'answers') a where a->>'itemId' = h->>'itemId' and a->>'answer' = 'fail'
        and a->>'itemCode' = h->>'itemCode')) then
      return app.refusal('inspection.checklist_version', null, 'hazards');
    end if;
    if h->>'measure' = 'deadline' and ((h->>'deadline') is null or (h->>'deadline')::date < p_on or (h->>'deadline')::date > p_on + 366) then
      return app.refusal('hazard.deadline', null, 'hazards');
    end if;
    if h->>'severity' = 'major' and (h->>'measure' = 'on_spot' or h->>'legalBasis' is null) then
      return app.refusal('hazard.state', null, 'hazards');
    end if;
    -- A community worker's report gives no points, so there is nothing to cite.
    if h->>'clause' is not null and (p_track = 'C' or scheme is null or not app.is_citable(scheme, h->>'clause')) then
      return app.refusal('hazard.clause', jsonb_build_object('clause', h->>'clause'), 'hazards');
    end if;
    if exists (select 1 from public.hazards x where x.id = (h->>'id')::uuid) then return app.refusal('hazard.state', null, 'hazards'); end if;
  end loop;
  if not app.quotes_scheme(content, scheme) then return app.refusal('request.invalid', null, 'provisional'); end if;
  if (content->>'kind' = 'recheck') <> (content->>'rechecks' is not null) then return app.refusal('inspection.state', null, 'rechecks'); end if;
  if content->>'kind' <> 'recheck' and jsonb_array_length(content->'verdicts') > 0 then return app.refusal('inspection.state', null, 'verdicts'); end if;
  if content->>'kind' = 'recheck' then
    if p_track = 'C' then return app.refusal('permission.track'); end if;
    if not exists (select 1 from public.inspections i where i.id = (content->>'rechecks')::uuid and i.enterprise_id = e.id) then
      return app.refusal('inspection.state', null, 'rechecks');
    end if;
    if nullif(content->'notChecked', 'null') is null and coalesce(content->'verdicts', '[]') = '[]' then
      return app.refusal('hazard.state', null, 'verdicts');
    end if;
    if (select count(distinct x->>'hazardId') <> count(*) from jsonb_array_elements(content->'verdicts') x) then
      return app.refusal('hazard.state', null, 'verdicts');
    end if;
    for v in select value from jsonb_array_elements(content->'verdicts') loop
      select * into known from public.hazards x where x.id = (v->>'hazardId')::uuid and x.enterprise_id = e.id;
      if known.id is null or known.state not in ('open', 'rectification_submitted') then return app.refusal('hazard.state', null, 'verdicts'); end if;
      -- 复查不早于整改期限，企业已提交整改的除外
      if known.deadline > p_on and known.state <> 'rectification_submitted' then
        return app.refusal('hazard.deadline', jsonb_build_object('deadline', known.deadline), 'verdicts');
      end if;
      if (v->>'passed')::boolean is not true
        and coalesce((v->>'newDeadline')::date between p_on and p_on + 366 and v->>'passed' is not null, false) is false then
        return app.refusal('hazard.deadline', null, 'verdicts');
      end if;
    end loop;
  end if;
  return null;
end $$;

-- The fix of the check-in, as the phone judged it (judgeCheckIn in src/lib/inspection/inspection.ts): poor, far or absent
-- needs its reason; certainly elsewhere is no check at this place. By the distance the phone saw: a door that was
-- corrected since must not hold a signed visit back.
create function app.check_in_problem(content jsonb, limits jsonb) returns jsonb
  language plpgsql immutable set search_path = ''
as $$
declare
  distance float8 := (content->'checkIn'->>'distanceMetres')::float8;
  accuracy float8 := coalesce((nullif(content->'checkIn'->'position', 'null')->>'accuracyMetres')::float8, (limits->>'softAccuracyMetres')::float8 + 1);
  has_fix boolean := nullif(content->'checkIn'->'position', 'null') is not null and distance is not null
    and accuracy <= (limits->>'hardAccuracyMetres')::float8;
begin
  if has_fix and nullif(content->'notChecked', 'null') is null and distance - accuracy > (limits->>'hardDistanceMetres')::float8 then
    return app.refusal('inspection.position_reason', jsonb_build_object('distanceMetres', round(distance)), 'checkIn');
  end if;
  if content->'checkIn'->>'reason' is null and (not has_fix or distance > (limits->>'softDistanceMetres')::float8
    or accuracy > (limits->>'softAccuracyMetres')::float8) then
    return app.refusal('inspection.position_reason', case when has_fix then jsonb_build_object('distanceMetres', round(distance)) end, 'checkIn.reason');
  end if;
  return null;
end $$;

-- How many questions of the pinned versions have no answer; a code that stands in two of them is asked once.
create function app.unanswered(content jsonb) returns bigint
  language sql stable security definer set search_path = ''
as $$
  select count(distinct i.code) from public.checklist_items i
  where i.version_id in (select v::uuid from jsonb_array_elements_text(content->'checklistVersionIds') v)
    and not exists (select 1 from jsonb_array_elements(content->'answers') a where a->>'itemCode' = i.code)
$$;

-- A check goes through at least one list of its place. (Not through each that stands today: one that came after the
-- phone loaded its bundle must not hold a signed visit back.)
create function app.goes_through_a_list(content jsonb, e public.enterprises) returns boolean
  language sql stable security definer set search_path = ''
as $$
  with fitting as (
    select v.id from public.checklist_versions v join public.checklists c on c.id = v.checklist_id
    where c.kind = 'common' or c.site_type = e.site_type or c.risk_tag = any (e.tags))
  select content->>'kind' = 'recheck' or not exists (select 1 from fitting)
    or exists (select 1 from fitting f where to_jsonb(f.id::text) <@ (content->'checklistVersionIds'))
$$;

-- ── What is written ────────────────────────────────────────────────────────────────────────────────
create function app.insert_inspection(content jsonb, e public.enterprises, p_agency uuid, p_track text, p_on date, p_companion public.memberships, p_at timestamptz)
  returns public.inspections language plpgsql volatile security definer set search_path = ''
as $$
declare i public.inspections; not_checked jsonb := nullif(content->'notChecked', 'null'); on_site jsonb := nullif(content->'onSite', 'null');
begin
  i.id := (content->>'id')::uuid; i.scope := e.scope; i.enterprise_id := e.id; i.agency_id := p_agency; i.site_type := e.site_type;
  i.kind := content->>'kind'; i.outcome := case when not_checked is null then 'checked' else 'not_checked' end;
  i.not_checked_kind := not_checked->>'kind'; i.track := p_track; i.rechecks := (content->>'rechecks')::uuid;
  i.inspector_id := (content->'inspector'->>'userId')::uuid; i.inspector_name := content->'inspector'->>'name';
  i.companion_id := (content->>'companionId')::uuid; i.companion_name := p_companion.display_name;
  i.inspected_on := p_on; i.checked_in_at := (content->'checkIn'->>'at')::timestamptz;
  i.ended_at := greatest((content->'device'->>'endedAt')::timestamptz, i.checked_in_at);
  i.clock_suspect := app.clock_is_ahead(content, p_at);
  i.accuracy_metres := (content->'checkIn'->'position'->>'accuracyMetres')::float8;
  i.distance_metres := (content->'checkIn'->>'distanceMetres')::float8; i.position_reason := content->'checkIn'->>'reason';
  i.on_site_outcome := on_site->>'outcome'; i.electronic_delivery := (content->>'electronicDelivery')::boolean;
  i.provisional_points := (nullif(content->'provisional', 'null')->>'points')::int; i.sealed_at := p_at;
  select 1 + count(*) into i.nth_of_year from public.inspections x
  where x.enterprise_id = e.id and x.outcome = 'checked' and x.track in ('A', 'B') and x.kind <> 'recheck'
    and date_trunc('year', x.inspected_on) = date_trunc('year', p_on);
  insert into public.inspections select i.*;
  insert into public.answers (inspection_id, item_id, scope, enterprise_id, item_code, part, answer)
  select i.id, (a->>'itemId')::uuid, e.scope, e.id, a->>'itemCode', a->>'part', a->>'answer' from jsonb_array_elements(content->'answers') a;
  perform 1 from public.checklist_versions v where v.first_used_at is null
    and v.id in (select x::uuid from jsonb_array_elements_text(content->'checklistVersionIds') x) order by v.id for update;
  update public.checklist_versions set first_used_at = p_at
  where first_used_at is null and id in (select v::uuid from jsonb_array_elements_text(content->'checklistVersionIds') v);
  return i;
end $$;

create function app.insert_signatures(content jsonb, i public.inspections, cosignature jsonb) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare on_site jsonb := nullif(content->'onSite', 'null');
begin
  insert into public.signatures (inspection_id, role, scope, enterprise_id, name, user_id, licence, strokes, signed_at)
  select i.id, x.role, i.scope, i.enterprise_id, x.body->>'name', (x.body->>'userId')::uuid, x.body->>'licence', x.body->'signature', x.at
  from (values
    ('inspector', content->'inspector', (content->'inspector'->>'at')::timestamptz),
    ('companion', cosignature, (cosignature->>'at')::timestamptz),
    ('on_site', case when on_site->>'outcome' = 'signed' then on_site end, (on_site->>'at')::timestamptz),
    ('witness', case when on_site->>'outcome' = 'refused' then on_site->'witness' end, (on_site->>'at')::timestamptz)
  ) as x(role, body, at)
  where x.body is not null and x.body <> 'null' and jsonb_typeof(x.body->'signature') = 'object';
end $$;

create function app.insert_uses(content jsonb, i public.inspections) returns void
  language sql volatile security definer set search_path = ''
as $$
  insert into public.evidence_uses (sha256, scope, enterprise_id, inspection_id, hazard_id, purpose, taken_at, longitude, latitude, position)
  select u.sha256, i.scope, i.enterprise_id, i.id, u.hazard_id, u.purpose, (f->>'takenAt')::timestamptz,
    (nullif(f->'position', 'null')->>'longitude')::float8, (nullif(f->'position', 'null')->>'latitude')::float8, u.n::int
  from (
    select p as sha256, (h->>'id')::uuid as hazard_id, 'hazard' as purpose, n from jsonb_array_elements(content->'hazards') h,
      jsonb_array_elements_text(h->'photos') with ordinality as x(p, n)
    union all select p, (h->>'id')::uuid, 'proof', n from jsonb_array_elements(content->'hazards') h,
      jsonb_array_elements_text(h->'proof') with ordinality as x(p, n)
    union all select p, (v->>'hazardId')::uuid, 'recheck', n from jsonb_array_elements(content->'verdicts') v,
      jsonb_array_elements_text(v->'photos') with ordinality as x(p, n)
    union all select p, null, 'not_checked', n from jsonb_array_elements_text(coalesce(nullif(content->'notChecked', 'null')->'photos', '[]')) with ordinality as x(p, n)
    union all select p, null, 'refusal', n from jsonb_array_elements_text(coalesce(nullif(content->'onSite', 'null')->'photos', '[]')) with ordinality as x(p, n)
  ) u left join lateral (select f from jsonb_array_elements(content->'evidence') f where f->>'sha256' = u.sha256 limit 1) y(f) on true
$$;

-- What both of the following change in the counters. They are counted together, in one sorted pass: counted one after the
-- other, two rechecks in one community can wait for each other in a circle.
create type app.tally_changes as (flows app.flow_change[], deadlines app.deadline_change[]);

-- New hazards → rows, first transitions and facts (facts on tracks A and B only: C is no finding of an authority).
create function app.insert_hazards(content jsonb, i public.inspections, p_at timestamptz) returns app.tally_changes
  language plpgsql volatile security definer set search_path = ''
as $$
declare h jsonb; n bigint; row public.hazards; flows app.flow_change[] := '{}'; deadlines app.deadline_change[] := '{}';
begin
  for h, n in select value, ordinality from jsonb_array_elements(content->'hazards') with ordinality loop
    row := null;
    row.id := (h->>'id')::uuid; row.scope := i.scope; row.enterprise_id := i.enterprise_id; row.inspection_id := i.id; row.site_type := i.site_type;
    row.position := n; row.item_id := (h->>'itemId')::uuid; row.item_code := h->>'itemCode'; row.part := h->>'part';
    row.severity := h->>'severity'; row.cause := h->>'cause'; row.description := h->>'description'; row.legal_basis := h->>'legalBasis'; row.clause := h->>'clause';
    row.acceptance := h->>'acceptance'; row.measure := h->>'measure'; row.deadline := (h->>'deadline')::date; row.found_on := i.inspected_on;
    row.state := case when row.measure = 'on_spot' then 'closed' when i.track = 'C' then 'reported' else 'open' end;
    row.closed_on := case when row.measure = 'on_spot' then i.inspected_on end;
    row.recurrence := row.item_code is not null and exists (select 1 from public.hazards x where x.enterprise_id = i.enterprise_id
      and x.item_code = row.item_code and x.state in ('closed', 'accepted') and x.measure = 'deadline' and x.inspection_id <> i.id);
    row.reopened := 0;
    row.in_time := false;
    row.extended := 0;
    row.longitude := (nullif(h->'position', 'null')->>'longitude')::float8; row.latitude := (nullif(h->'position', 'null')->>'latitude')::float8;
    insert into public.hazards select row.*;
    insert into public.hazard_transitions (hazard_id, scope, enterprise_id, at, day, from_state, to_state, cause_kind, cause_id, deadline)
    values (row.id, i.scope, i.enterprise_id, p_at, i.inspected_on, null, row.state, 'inspection', i.id, row.deadline);
    flows := flows || row(i.scope, i.site_type, row.severity, i.inspected_on, 1, (row.measure = 'on_spot')::int, (row.measure = 'on_spot')::int, 0)::app.flow_change;
    if row.measure = 'deadline' then
      deadlines := deadlines || row(i.scope, i.site_type, row.severity, case when i.track <> 'C' then row.deadline end, 1)::app.deadline_change;
    end if;
    if i.track <> 'C' then
      perform app.add_fact(i.enterprise_id, i.scope, 'hazard.found', i.inspected_on, i.id, row.id, i.inspector_id, jsonb_build_object(
        'hazardId', row.id, 'severity', row.severity, 'cause', row.cause, 'itemCode', row.item_code, 'measure', row.measure, 'recurrence', row.recurrence)
        || case when row.clause is null then '{}' else jsonb_build_object('clause', row.clause, 'scheme', content->'provisional'->'pack') end, p_at);
      if row.measure = 'on_spot' then
        perform app.add_fact(i.enterprise_id, i.scope, 'hazard.corrected_on_spot', i.inspected_on, i.id, row.id, i.inspector_id,
          jsonb_build_object('hazardId', row.id, 'severity', row.severity, 'itemCode', row.item_code), p_at);
      end if;
    end if;
  end loop;
  return (flows, deadlines);
end $$;

-- Verdicts of a recheck: closed, or reopened with a new deadline. A 重大 hazard that passed is accepted (验收合格) and open until its 销号.
create function app.apply_verdicts(content jsonb, i public.inspections, p_at timestamptz) returns app.tally_changes
  language plpgsql volatile security definer set search_path = ''
as $$
declare v jsonb; h public.hazards; passed boolean; becomes text; on_time boolean; flows app.flow_change[] := '{}'; deadlines app.deadline_change[] := '{}';
begin
  for v in select value from jsonb_array_elements(content->'verdicts') order by value->>'hazardId' loop
    select * into h from public.hazards where id = (v->>'hazardId')::uuid for update;
    passed := (v->>'passed')::boolean;
    becomes := case when not passed then 'open' when h.severity = 'major' then 'accepted' else 'closed' end;
    select coalesce(min(app.shanghai_date(r.submitted_at)), i.inspected_on) <= h.deadline into on_time
      from public.rectifications r where r.hazard_id = h.id and app.shanghai_date(r.submitted_at) <= i.inspected_on;
    update public.hazards set state = becomes, closed_on = case when becomes = 'closed' then i.inspected_on end, accepted_on = case when becomes = 'accepted' then i.inspected_on end,
      deadline = case when passed then deadline else (v->>'newDeadline')::date end, reopened = reopened + (not passed)::int,
      in_time = passed and h.reopened = 0 and on_time where id = h.id;
    insert into public.hazard_transitions (hazard_id, scope, enterprise_id, at, day, from_state, to_state, cause_kind, cause_id, deadline, note)
    values (h.id, h.scope, h.enterprise_id, p_at, i.inspected_on, h.state, becomes, 'inspection', i.id,
      case when passed then h.deadline else (v->>'newDeadline')::date end, v->>'note');
    flows := flows || row(h.scope, h.site_type, h.severity, i.inspected_on, 0, 0, (becomes = 'closed')::int, (not passed)::int)::app.flow_change;
    deadlines := deadlines || row(h.scope, h.site_type, h.severity, h.deadline, -1)::app.deadline_change;
    if becomes <> 'closed' then deadlines := deadlines || row(h.scope, h.site_type, h.severity, (v->>'newDeadline')::date, 1)::app.deadline_change; end if;
    perform app.add_fact(i.enterprise_id, i.scope, case when passed then 'hazard.rectified' else 'hazard.failed_recheck' end, i.inspected_on, i.id, h.id,
      i.inspector_id, jsonb_strip_nulls(jsonb_build_object('hazardId', h.id, 'severity', h.severity, 'itemCode', h.item_code, 'onTime', case when passed then on_time end)), p_at);
  end loop;
  return (flows, deadlines);
end $$;

create function app.document_kinds(i public.inspections, content jsonb) returns text[]
  language sql stable security definer set search_path = ''
as $$
  select case
    -- As documentsFor in src/lib/document/document.ts: 企业自查 is the enterprise's own work.
    when i.outcome = 'not_checked' or i.kind = 'self_check' then '{}'::text[]
    when i.track = 'C' then case when exists (select 1 from public.hazards h where h.inspection_id = i.id and h.state <> 'withdrawn') then array['hazard_report'] else '{}'::text[] end
    else array_remove(array['inspection_record',
      case when exists (select 1 from public.hazards h where h.inspection_id = i.id and h.measure = 'deadline' and h.state <> 'withdrawn') then 'rectification_order' end,
      case when exists (select 1 from public.hazard_transitions t where t.cause_id = i.id and t.from_state is not null) then 'recheck_opinion' end,
      -- 记分表 (CM-5): beside the record where 拟记 was read before the signature.
      case when jsonb_array_length(coalesce(nullif(content->'provisional', 'null')->'entries', '[]')) > 0 then 'score_sheet' end], null) end
$$;

create function app.issue_documents(i public.inspections, a public.agencies, p_kinds text[], p_track text, numbers jsonb, p_position bigint, p_delivery uuid, p_year int, p_at timestamptz)
  returns void language sql volatile security definer set search_path = ''
as $$
  insert into public.documents (record_position, inspection_id, delivery_id, scope, enterprise_id, agency_id, kind, track, year, number, number_text, agency, issued_at)
  select p_position, i.id, p_delivery, i.scope, i.enterprise_id, a.id, k, p_track, p_year, (numbers->k->>'number')::int, numbers->k->>'text',
    jsonb_build_object('id', a.id, 'name', a.name, 'shortName', a.short_name, 'template', a.template, 'isSample', a.is_sample), p_at
  from unnest(p_kinds) k
$$;

create function app.sealed_result(p_inspection uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select app.success(jsonb_build_object('state', 'sealed', 'inspectionId', i.id, 'enterpriseId', i.enterprise_id, 'track', i.track,
    'sealedAt', app.instant_text(r.sealed_at), 'inspectedOn', i.inspected_on, 'clockSuspect', i.clock_suspect,
    'record', jsonb_build_object('position', r.position, 'sha256', r.sha256, 'link', r.link),
    'deliveryId', (select d.id from public.deliveries d where d.inspection_id = i.id),
    'deliverySerial', (select d.serial from public.deliveries d where d.inspection_id = i.id),
    'documents', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'track', d.track, 'numberText', d.number_text)
      order by d.kind), '[]') from public.documents d where d.record_position = r.position)))
  from public.inspections i join public.records r on r.subject_id = i.id where i.id = p_inspection
$$;

-- The transaction. p_at is null except when the sample history is loaded.
create function app.seal(p_content_text text, p_record_text text, p_signature text, p_key_id text, p_delivery jsonb, p_actor uuid, p_at timestamptz)
  returns jsonb language plpgsql volatile security definer set search_path = ''
as $$
declare
  content jsonb := p_content_text::jsonb;
  inspection uuid := (content->>'id')::uuid;
  content_hash text := app.sha256_hex(p_content_text);
  cosigned public.cosignatures; cosignature jsonb; standing public.records; e public.enterprises; a public.agencies;
  inspector public.memberships; companion public.memberships; problem jsonb; missing jsonb; i public.inspections; r public.records;
  newly app.tally_changes; rechecked app.tally_changes; on_day date; track text; numbers jsonb; kinds text[]; year int; at timestamptz := coalesce(p_at, app.now());
begin
  perform pg_advisory_xact_lock(hashtextextended(inspection::text, 1));
  select * into standing from public.records where subject_id = inspection;
  if standing.position is not null then
    if standing.content_sha256 <> content_hash then return app.refusal('inspection.already_sealed'); end if;
    return app.sealed_result(inspection);
  end if;
  if content->>'format' is distinct from 'mingcha.inspection/1' then return app.refusal('request.invalid', null, 'format'); end if;
  if (content->'inspector'->>'userId')::uuid is distinct from p_actor then return app.refusal('signature.not_yours'); end if;
  select * into e from public.enterprises where id = (content->'enterprise'->>'id')::uuid;
  if e.id is null then return app.refusal('not_found', null, 'enterprise'); end if;
  inspector := app.membership_of(p_actor, array['inspector', 'community_worker'], e.scope);
  if inspector.id is null then
    perform app.audit(p_actor, 'inspection.seal', inspection::text, false, e.scope, '{"why":"permission.area"}');
    return app.refusal('permission.area');
  end if;
  select * into a from public.agencies where id = inspector.agency_id;
  if a.id is distinct from (content->>'agencyId')::uuid then return app.refusal('request.invalid', null, 'agencyId'); end if;
  -- 更正 is no second visit: it has a door of its own (correct_inspection).
  if content->>'supersedes' is not null or content->>'correction' is not null then return app.refusal('inspection.state', null, 'supersedes'); end if;

  select * into cosigned from public.cosignatures c where c.inspection_id = inspection and c.content_sha256 = content_hash
    and c.user_id = (content->>'companionId')::uuid;
  cosignature := cosigned.cosignature_text::jsonb;
  if content->>'companionId' is not null then
    if cosigned.inspection_id is null then return app.success(jsonb_build_object('state', 'awaiting_cosignature')); end if;
    companion := app.membership_of(cosigned.user_id, array['inspector'], e.scope);
  end if;
  -- The record's text must be the content and the co-signature, byte for byte, and nothing else.
  if p_record_text <> '{"content":' || p_content_text || ',"contentSha256":"' || content_hash || '","cosignature":'
    || coalesce(cosigned.cosignature_text, 'null') || ',"format":"mingcha.record/1"}' then
    raise exception 'seal: got a record text that is not its content and co-signature, expected canonical text';
  end if;

  select jsonb_agg(f order by f) into missing from app.referenced_files(content) f
  where not app.has_photo(f, p_actor);
  if missing is not null then return app.success(jsonb_build_object('state', 'missing', 'missing', missing)); end if;

  on_day := app.inspected_on(content, at);
  track := app.decide_track(a, inspector, companion, (content->>'electronicDelivery')::boolean, on_day);
  problem := coalesce(app.signature_problem(content, inspector, cosignature, companion), app.finding_problem(content, e, on_day, track));
  if problem is null then problem := app.check_in_problem(content, app.setting(e.scope, 'check_in.limits')); end if;
  -- Sample histories answer a part of their lists only.
  if problem is null and p_at is null and nullif(content->'notChecked', 'null') is null and app.unanswered(content) > 0 then
    problem := app.refusal('inspection.unanswered', jsonb_build_object('number', app.unanswered(content)), 'answers');
  end if;
  if problem is null and p_at is null and nullif(content->'notChecked', 'null') is null and not app.goes_through_a_list(content, e) then
    problem := app.refusal('inspection.unanswered', null, 'checklistVersionIds');
  end if;
  if problem is not null then return problem; end if;
  if p_delivery->>'id' is distinct from content->>'deliveryId' or exists (select 1 from public.deliveries d where d.id = (p_delivery->>'id')::uuid) then
    return app.refusal('request.invalid', null, 'deliveryId');
  end if;

  perform pg_advisory_xact_lock(hashtextextended(e.id::text, 2));
  i := app.insert_inspection(content, e, a.id, track, on_day, companion, at);
  perform app.insert_signatures(content, i, cosignature);
  newly := app.insert_hazards(content, i, at);
  rechecked := app.apply_verdicts(content, i, at);
  perform app.tally(newly.flows || rechecked.flows, newly.deadlines || rechecked.deadlines);
  perform app.insert_uses(content, i);
  if i.outcome = 'checked' then
    perform app.tally_visit(e.id, e.scope, e.site_type, on_day);
    perform app.check_alarms(i);
    perform app.check_tipoffs(i);
    perform app.check_opinions(i);
    if track <> 'C' then
      perform app.add_fact(e.id, e.scope, 'inspection.completed', on_day, i.id, null, i.inspector_id, jsonb_build_object('kind', i.kind), at);
    end if;
  elsif i.not_checked_kind = 'entry_refused' and track <> 'C' then
    perform app.add_fact(e.id, e.scope, 'entry.refused', on_day, i.id, null, i.inspector_id, '{}', at);
  end if;
  perform app.tally_enterprise(e.id);
  kinds := app.document_kinds(i, content);
  year := extract(year from app.shanghai_date(at));
  numbers := app.take_numbers(a, track, kinds, year);
  insert into public.deliveries (id, inspection_id, scope, enterprise_id, screen_token_sha256, paper_token_sha256, code_sha256, expires_at)
  values ((p_delivery->>'id')::uuid, i.id, e.scope, e.id, p_delivery->>'screenTokenSha256', p_delivery->>'paperTokenSha256',
    p_delivery->>'codeSha256', at + coalesce((app.setting(e.scope, 'delivery.valid_days') #>> '{}')::int, 180) * interval '1 day');
  r := app.append_record('inspection', i.id, e.scope, e.id, p_record_text, content_hash, p_signature, p_key_id, numbers, p_at);
  perform app.issue_documents(i, a, kinds, track, numbers, r.position, (p_delivery->>'id')::uuid, year, r.sealed_at);
  if p_at is null then
    perform app.append_event('inspection.sealed', e.scope, e.id, jsonb_build_object('inspectionId', i.id, 'kind', i.kind, 'outcome', i.outcome,
      'openHazards', (select t.open_hazards from public.enterprise_tallies t where t.enterprise_id = e.id),
      'openMajor', (select t.open_major from public.enterprise_tallies t where t.enterprise_id = e.id),
      'lastInspectedOn', (select t.last_inspected_on from public.enterprise_tallies t where t.enterprise_id = e.id)));
  else
    -- A history is loaded before anybody follows the feed.
    perform app.take_tally_changes();
  end if;
  return app.sealed_result(i.id);
end $$;

-- Security definer throughout: the tables have no write grants, this is their only door, and it checks the caller.
create function public.seal_inspection(p_content_text text, p_record_text text, p_signature text, p_key_id text, p_delivery jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  if auth.uid() is null then return app.refusal('session.missing'); end if;
  return app.seal(p_content_text, p_record_text, p_signature, p_key_id, p_delivery, auth.uid(), null);
end $$;
grant execute on function public.seal_inspection(text, text, text, text, jsonb) to authenticated;

-- The co-signature that the server has to put into the record, if it stands.
create function public.cosignature_of(p_inspection uuid, p_content_sha256 text) returns text
  language sql stable security invoker set search_path = ''
as $$ select c.cosignature_text from public.cosignatures c where c.inspection_id = p_inspection and c.content_sha256 = p_content_sha256 $$;
grant execute on function public.cosignature_of(uuid, text) to authenticated;

-- Loading the sample history: the same seal with a past time, only before anything was sealed for real.
create function public.load_history(p_seals jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare s jsonb; answer jsonb; done int := 0; content jsonb;
begin
  if exists (select 1 from public.events where kind = 'inspection.sealed') then return app.refusal('folder.kind'); end if;
  for s in select value from jsonb_array_elements(p_seals) loop
    content := (s->>'contentText')::jsonb;
    if s->>'cosignatureText' is not null then
      insert into public.cosignatures (inspection_id, content_sha256, user_id, scope, cosignature_text, at)
      select (content->>'id')::uuid, app.sha256_hex(s->>'contentText'), (content->>'companionId')::uuid, e.scope, s->>'cosignatureText', (s->>'sealedAt')::timestamptz
      from public.enterprises e where e.id = (content->'enterprise'->>'id')::uuid;
    end if;
    answer := app.seal(s->>'contentText', s->>'recordText', s->>'signature', s->>'keyId', s->'delivery',
      (content->'inspector'->>'userId')::uuid, (s->>'sealedAt')::timestamptz);
    if answer->'value'->>'state' is distinct from 'sealed' then
      raise exception 'load_history: got % for %, expected a seal', answer, content->>'id';
    end if;
    done := done + 1;
  end loop;
  return app.success(jsonb_build_object('sealed', done));
end $$;
grant execute on function public.load_history(jsonb) to service_role;

-- 「采纳并出具」: a street inspector adopts a track-C report; its hazards open with deadlines, and the same QR shows the order.
create function public.adopt_report(p_text text, p_signature text, p_key_id text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  adoption jsonb := p_text::jsonb; standing public.records; i public.inspections; m public.memberships; a public.agencies; h public.hazards; x jsonb;
  deadlines app.deadline_change[] := '{}'; numbers jsonb; r public.records; year int; on_day date := app.today(); delivery uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended(adoption->>'inspectionId', 1));
  select * into standing from public.records where subject_id = (adoption->>'id')::uuid;
  if standing.position is not null then
    -- The server writes the time anew each time it is asked; everything else must be what was signed.
    return case when (standing.canonical_text::jsonb - 'at') #- '{inspector,at}' = (adoption - 'at') #- '{inspector,at}'
      then app.success(jsonb_build_object('inspectionId', adoption->>'inspectionId', 'enterpriseId', standing.enterprise_id))
      else app.refusal('inspection.already_sealed') end;
  end if;
  select * into i from public.inspections where id = (adoption->>'inspectionId')::uuid for update;
  if i.id is null or not i.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  m := app.membership_for(array['inspector'], i.scope);
  if m.id is null then return app.refusal('permission.track'); end if;
  if i.track <> 'C' or i.adopted_by is not null then return app.refusal('inspection.state'); end if;
  if (adoption->'inspector'->>'userId')::uuid is distinct from auth.uid() or adoption->'inspector'->>'name' is distinct from m.display_name
    or adoption->'inspector'->>'licence' is distinct from m.licence_number then return app.refusal('signature.not_yours'); end if;
  if app.signature_is_empty(adoption->'inspector'->'signature') then return app.refusal('signature.empty'); end if;
  if adoption->>'format' is distinct from 'mingcha.adoption/1' then return app.refusal('request.invalid', null, 'format'); end if;
  if coalesce(jsonb_array_length(adoption->'hazards'), 0) = 0
    or (select count(distinct y->>'id') <> count(*) from jsonb_array_elements(adoption->'hazards') y) then
    return app.refusal('request.invalid', null, 'hazards');
  end if;
  for x in select value from jsonb_array_elements(adoption->'hazards') loop
    select * into h from public.hazards where id = (x->>'id')::uuid and inspection_id = i.id;
    if h.id is null or h.state <> 'reported' then return app.refusal('hazard.state'); end if;
    if coalesce((x->>'deadline')::date between on_day and on_day + 366, false) is false then return app.refusal('hazard.deadline'); end if;
  end loop;
  select * into a from public.agencies where id = m.agency_id;
  perform pg_advisory_xact_lock(hashtextextended(i.enterprise_id::text, 2));
  for x in select value from jsonb_array_elements(adoption->'hazards') order by value->>'id' loop
    update public.hazards set state = 'open', deadline = (x->>'deadline')::date where id = (x->>'id')::uuid returning * into h;
    insert into public.hazard_transitions (hazard_id, scope, enterprise_id, at, day, from_state, to_state, cause_kind, cause_id, deadline)
    values (h.id, h.scope, h.enterprise_id, app.now(), on_day, 'reported', 'open', 'adoption', (adoption->>'id')::uuid, h.deadline);
    deadlines := deadlines || row(h.scope, h.site_type, h.severity, null, -1)::app.deadline_change
      || row(h.scope, h.site_type, h.severity, h.deadline, 1)::app.deadline_change;
    perform app.add_fact(h.enterprise_id, h.scope, 'hazard.found', h.found_on, i.id, h.id, auth.uid(), jsonb_build_object(
      'hazardId', h.id, 'severity', h.severity, 'cause', h.cause, 'itemCode', h.item_code, 'measure', h.measure, 'recurrence', h.recurrence));
  end loop;
  perform app.tally('{}', deadlines);
  perform app.tally_enterprise(i.enterprise_id);
  update public.inspections set adopted_by = auth.uid() where id = i.id;
  year := extract(year from on_day);
  numbers := app.take_numbers(a, 'B', array['rectification_order'], year);
  select d.id into delivery from public.deliveries d where d.inspection_id = i.id;
  r := app.append_record('adoption', (adoption->>'id')::uuid, i.scope, i.enterprise_id, p_text, app.sha256_hex(p_text), p_signature, p_key_id, numbers, null);
  perform app.issue_documents(i, a, array['rectification_order'], 'B', numbers, r.position, delivery, year, r.sealed_at);
  perform app.append_event('report.adopted', i.scope, i.enterprise_id, jsonb_build_object('inspectionId', i.id,
    'openHazards', (select t.open_hazards from public.enterprise_tallies t where t.enterprise_id = i.enterprise_id)));
  return app.success(jsonb_build_object('inspectionId', i.id, 'enterpriseId', i.enterprise_id));
end $$;
grant execute on function public.adopt_report(text, text, text) to authenticated;
