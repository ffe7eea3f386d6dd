-- 更正 of a sealed visit: a new record takes the place of the one that holds, its papers the place of theirs, and the rows follow the new
-- text. The visit itself stays one visit: it counts once, keeps its hazards with their course, and its QR leads to the papers that hold.
-- docs/decisions/superseding-records.md.

-- Who may: an officer of the visit who still works there, else a leader of the place; both of the agency whose papers they are.
create function app.corrector(i public.inspections, p_user uuid) returns public.memberships
  language sql stable security definer set search_path = ''
as $$
  select m from public.memberships m
  where m.user_id = p_user and m.ended_at is null and m.agency_id = i.agency_id and i.scope collate "C" <@ app.below(m.scope)
    and (m.role = 'leader' or (m.role in ('inspector', 'community_worker') and p_user in (i.inspector_id, i.companion_id)))
  order by m.role = 'leader', length(m.scope) desc, m.created_at limit 1
$$;

-- Why a visit cannot be corrected at all by this person, or null.
create function app.correction_obstacle(i public.inspections, p_user uuid) returns text
  language sql stable security definer set search_path = ''
as $$
  select case when m.id is null then 'permission.role'
    when i.track = 'A' and not (m.role = 'inspector' and app.is_licensed(m, app.today())) then 'permission.licence'
    -- Nothing was found and no paper was issued: whoever goes there again says how it was.
    when i.outcome <> 'checked' then 'correction.not_checked'
    -- The street has verified it and ordered by a paper of its own.
    when i.adopted_by is not null then 'correction.adopted' end
  from (select (app.corrector(i, p_user)).*) m
$$;

-- What a correction leaves as it is: who was there, when and where, what the visit was for, and the code that is in the enterprise's hands.
create function app.uncorrected_parts(content jsonb) returns jsonb
  language sql immutable set search_path = ''
as $$
  select (content - array['id', 'supersedes', 'correction', 'place', 'taskSource', 'answers', 'hazards', 'verdicts', 'provisional', 'onSite', 'inspector',
      'companionId', 'evidence']) #- '{enterprise,name}' #- '{enterprise,creditCode}' #- '{enterprise,address}' #- '{enterprise,principalName}'
    #- '{enterprise,principalPhone}'
$$;

-- What was corrected in it. Who signs now is no correction, except where the name, duty or phone of who signed was wrong.
create function app.correctable_parts(content jsonb) returns jsonb
  language sql immutable set search_path = ''
as $$
  select jsonb_build_object('place', content->'place', 'taskSource', content->'taskSource', 'enterprise', content->'enterprise',
    'answers', content->'answers', 'hazards', content->'hazards', 'verdicts', content->'verdicts')
$$;
create function app.signs_otherwise(old jsonb, content jsonb) returns boolean
  language sql immutable set search_path = ''
as $$
  select coalesce(old->>'outcome' = 'signed' and content->>'outcome' = 'signed'
    and (old->'name', old->'duty', old->'phone') is distinct from (content->'name', content->'duty', content->'phone'), false)
$$;

create function app.begins_with(p_list jsonb, p_first jsonb) returns boolean
  language sql immutable set search_path = ''
as $$
  select jsonb_array_length(p_list) between jsonb_array_length(p_first) and 9
    and not exists (select 1 from jsonb_array_elements(p_first) with ordinality x(f, n) where p_list->(n::int - 1) is distinct from f)
$$;

create function app.was_rechecked(p_hazard uuid) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select exists (select 1 from public.hazard_transitions t where t.hazard_id = p_hazard and t.cause_kind = 'inspection' and t.from_state is not null)
$$;

-- Facts of this hazard that count today and that its record wrote.
create function app.standing_facts(p_hazard uuid) returns setof public.facts
  language sql stable security definer set search_path = ''
as $$
  select f.* from public.facts f where f.enterprise_id = (select h.enterprise_id from public.hazards h where h.id = p_hazard)
    and f.hazard_id = p_hazard and f.kind in ('hazard.found', 'hazard.corrected_on_spot') and not app.is_withdrawn(f) order by f.ordinal
$$;

-- What packs read of a finding; where this differs, the fact is another one.
create function app.is_scored_otherwise(old jsonb, new jsonb) returns boolean
  language sql immutable set search_path = ''
as $$
  select new is null or (old->>'severity', old->>'cause', coalesce(old->>'clause', '')) is distinct from (new->>'severity', new->>'cause', coalesce(new->>'clause', ''))
$$;

-- A correction is no way round a decision: where people have decided on the entry, or would have to decide together, they reverse it
-- first; where the enterprise's case waits for its answer, it is answered first (as app.withdrawal_problem).
create function app.rescoring_problem(p_hazard uuid, p_enterprise uuid) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare f public.facts; s public.score_entries;
begin
  perform app.lock_account(p_enterprise);
  if app.is_behind(p_enterprise) then return app.refusal('decision.behind'); end if;
  for f in select * from app.standing_facts(p_hazard) loop
    for s in select * from public.score_entries x where x.enterprise_id = p_enterprise and x.fact_id = f.id and x.state <> 'reversed' loop
      if s.is_appealed then return app.refusal('event.appealed', null, 'hazards'); end if;
      if (s.state = 'confirmed' and s.people_to_reverse > 1) or exists (select 1 from public.facts d where d.enterprise_id = p_enterprise
          and d.kind like 'decision.%' and d.data->>'entry' = f.id::text) then
        return app.refusal('event.decided', null, 'hazards');
      end if;
    end loop;
  end loop;
  return null;
end $$;

-- One hazard of the record that holds, and what the correction makes of it (null: 更正撤销). As hazardFaults in src/lib/record/correction/correction.ts.
create function app.hazard_correction_problem(old jsonb, new jsonb, i public.inspections, p_today date, scheme jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare h public.hazards; rechecked boolean; about jsonb := jsonb_build_object('number', old->>'description');
  free text[] := array['part', 'severity', 'cause', 'description', 'legalBasis', 'clause', 'acceptance', 'deadline', 'position', 'photos', 'proof'];
begin
  select * into h from public.hazards where id = (old->>'id')::uuid for update;
  rechecked := app.was_rechecked(h.id);
  if new is null then
    if rechecked or h.state not in ('reported', 'open', 'rectification_submitted', 'closed') then return app.refusal('correction.rechecked', about, 'hazards'); end if;
  else
    if new - free <> old - free or length(btrim(coalesce(new->>'description', ''))) < 2 or btrim(coalesce(new->>'part', '')) = '' then
      return app.refusal('request.invalid', null, 'hazards');
    end if;
    if not app.begins_with(new->'photos', old->'photos') or not app.begins_with(new->'proof', old->'proof') then
      return app.refusal('correction.photo', about, 'hazards');
    end if;
    if new->>'deadline' is distinct from old->>'deadline' then
      if (new->>'deadline' is null) <> (old->>'deadline' is null) then return app.refusal('request.invalid', null, 'hazards'); end if;
      if rechecked or h.state not in ('reported', 'open', 'rectification_submitted') or h.deadline is distinct from (old->>'deadline')::date then
        return app.refusal('correction.deadline_moved', about, 'hazards');
      end if;
      if coalesce((new->>'deadline')::date between p_today and p_today + 366, false) is false then return app.refusal('hazard.deadline', null, 'hazards'); end if;
    end if;
    if new->>'severity' is distinct from old->>'severity' and (rechecked or h.state not in ('reported', 'open')
      or exists (select 1 from public.major_steps m where m.hazard_id = h.id)) then
      return app.refusal('correction.rechecked', about, 'hazards');
    end if;
    if new->>'severity' = 'major' and (new->>'measure' = 'on_spot' or new->>'legalBasis' is null) then return app.refusal('hazard.state', null, 'hazards'); end if;
    if new->>'clause' is not null and new->>'clause' is distinct from old->>'clause'
      and (i.track = 'C' or scheme is null or not app.is_citable(scheme, new->>'clause')) then
      return app.refusal('hazard.clause', jsonb_build_object('clause', new->>'clause'), 'hazards');
    end if;
  end if;
  return case when i.track <> 'C' and app.is_scored_otherwise(old, new) then app.rescoring_problem(h.id, i.enterprise_id) end;
end $$;

-- Verdicts of a recheck: words, photos and a new deadline that nothing has moved since. Whether something passed is looked at again, not corrected.
create function app.verdict_correction_problem(old jsonb, new jsonb, i public.inspections, p_today date) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare h public.hazards;
begin
  if new->>'hazardId' is distinct from old->>'hazardId' then return app.refusal('request.invalid', null, 'verdicts'); end if;
  if (new->'passed') is distinct from (old->'passed') then return app.refusal('correction.verdict', null, 'verdicts'); end if;
  if not app.begins_with(new->'photos', old->'photos') then return app.refusal('correction.photo', null, 'verdicts'); end if;
  if new->>'newDeadline' is distinct from old->>'newDeadline' then
    select * into h from public.hazards where id = (old->>'hazardId')::uuid;
    if h.state not in ('open', 'rectification_submitted') or h.deadline is distinct from (old->>'newDeadline')::date
      or i.id is distinct from (select t.cause_id from public.hazard_transitions t where t.hazard_id = h.id and t.cause_kind = 'inspection' order by t.id desc limit 1) then
      return app.refusal('correction.deadline_moved', jsonb_build_object('number', h.description), 'verdicts');
    end if;
    if coalesce((new->>'newDeadline')::date between p_today and p_today + 366, false) is false then return app.refusal('hazard.deadline', null, 'verdicts'); end if;
  end if;
  return null;
end $$;

create function app.by_id(p_list jsonb, p_id text) returns jsonb
  language sql immutable set search_path = ''
as $$ select x from jsonb_array_elements(p_list) x where x->>'id' = p_id limit 1 $$;

-- What must hold between the text that holds and the one that is to take its place.
create function app.correction_problem(old jsonb, content jsonb, i public.inspections, p_today date, scheme jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare o jsonb; n bigint; problem jsonb; scored boolean;
begin
  if app.uncorrected_parts(content) <> app.uncorrected_parts(old) or btrim(coalesce(content->'enterprise'->>'name', '')) = '' then
    return app.refusal('request.invalid', null, 'content');
  end if;
  if app.correctable_parts(content) = app.correctable_parts(old) and not app.signs_otherwise(old->'onSite', content->'onSite') then
    return app.refusal('correction.nothing');
  end if;
  -- The same hazards in the same order, some of them fallen away: what was overlooked is found by another visit.
  if (select coalesce(jsonb_agg(x->'id' order by k), '[]') from jsonb_array_elements(content->'hazards') with ordinality y(x, k))
    <> (select coalesce(jsonb_agg(x->'id' order by k), '[]') from jsonb_array_elements(old->'hazards') with ordinality y(x, k)
      where app.by_id(content->'hazards', x->>'id') is not null) then return app.refusal('request.invalid', null, 'hazards'); end if;
  if jsonb_array_length(content->'answers') <> jsonb_array_length(old->'answers')
    or jsonb_array_length(content->'verdicts') <> jsonb_array_length(old->'verdicts') then return app.refusal('request.invalid', null, 'answers'); end if;
  for o, n in select value, ordinality::int - 1 from jsonb_array_elements(old->'answers') with ordinality loop
    if (content->'answers'->n::int) - 'answer' is distinct from o - 'answer' or coalesce(content->'answers'->n::int->>'answer', '') not in ('pass', 'fail', 'not_applicable')
      or (content->'answers'->n::int->>'answer' = 'fail') <> exists (select 1 from jsonb_array_elements(content->'hazards') h where h->>'itemId' = o->>'itemId') then
      return app.refusal('request.invalid', null, 'answers');
    end if;
  end loop;
  for o in select value from jsonb_array_elements(old->'hazards') order by value->>'id' loop
    problem := app.hazard_correction_problem(o, app.by_id(content->'hazards', o->>'id'), i, p_today, scheme);
    if problem is not null then return problem; end if;
  end loop;
  for o, n in select value, ordinality::int - 1 from jsonb_array_elements(old->'verdicts') with ordinality loop
    problem := app.verdict_correction_problem(o, content->'verdicts'->n::int, i, p_today);
    if problem is not null then return problem; end if;
  end loop;
  -- 拟记 was read before the first signature; where what it counts has changed it says nothing any more, and the account does.
  select coalesce(bool_or(app.is_scored_otherwise(h, app.by_id(content->'hazards', h->>'id'))), false) into scored from jsonb_array_elements(old->'hazards') h;
  if content->'provisional' <> (case when scored then 'null' else old->'provisional' end) then return app.refusal('request.invalid', null, 'provisional'); end if;
  if not (old->'evidence') <@ (content->'evidence') then return app.refusal('request.invalid', null, 'evidence'); end if;
  if coalesce(nullif(content->'onSite', 'null')->'photos', '[]') <> '[]' then return app.refusal('request.invalid', null, 'onSite.photos'); end if;
  return null;
end $$;

-- ── What is written ────────────────────────────────────────────────────────────────────────────────
create type app.correction_changes as (flows app.flow_change[], deadlines app.deadline_change[], facts uuid[]);

-- Facts that the hazard's record wrote are taken back as of their own day, and written anew where it stays.
create function app.rewrite_facts(p_hazard uuid, new jsonb, p_correction uuid, p_reason text, p_by uuid, p_scheme text) returns uuid[]
  language plpgsql volatile security definer set search_path = ''
as $$
declare f public.facts; taken_back uuid[] := '{}';
begin
  for f in select * from app.standing_facts(p_hazard) loop
    taken_back := taken_back || app.add_fact(f.enterprise_id, f.scope, 'fact.withdrawn', f.occurred_on, f.inspection_id, null, p_by,
      jsonb_build_object('fact', f.id, 'correction', p_correction, 'reason', p_reason));
    if new is not null then
      perform app.add_fact(f.enterprise_id, f.scope, f.kind, f.occurred_on, f.inspection_id, p_hazard, p_by,
        (f.data - array['clause', 'scheme']) || jsonb_build_object('severity', new->'severity')
        || case when f.kind = 'hazard.found' then jsonb_build_object('cause', new->'cause') else '{}' end
        || case when f.kind = 'hazard.found' and new->>'clause' is not null then jsonb_build_object('clause', new->>'clause', 'scheme', p_scheme) else '{}' end);
    end if;
  end loop;
  return taken_back;
end $$;

-- The hazard as the new text says; a deadline that changes, and a hazard that falls away, are steps of its course.
create function app.correct_hazard(old jsonb, new jsonb, i public.inspections, p_correction uuid, p_reason text, p_by uuid, p_scheme text) returns app.correction_changes
  language plpgsql volatile security definer set search_path = ''
as $$
declare h public.hazards; is_open boolean; runs date; flows app.flow_change[] := '{}'; deadlines app.deadline_change[] := '{}'; facts uuid[] := '{}';
  falls_away boolean := new is null; due date := coalesce((new->>'deadline')::date, (old->>'deadline')::date); severity text := coalesce(new->>'severity', old->>'severity');
begin
  select * into h from public.hazards where id = (old->>'id')::uuid;
  -- Its standing deadline may be a later one than the record's: only what the correction changes is changed.
  due := case when old->>'deadline' is distinct from new->>'deadline' and not falls_away then due else h.deadline end;
  is_open := h.state in ('reported', 'open', 'rectification_submitted');
  runs := case when h.state <> 'reported' then h.deadline end;
  if falls_away or severity <> h.severity then
    flows := flows || row(h.scope, h.site_type, h.severity, h.found_on, -1, -(h.measure = 'on_spot')::int, -(h.measure = 'on_spot')::int, 0)::app.flow_change;
    if not falls_away then
      flows := flows || row(h.scope, h.site_type, severity, h.found_on, 1, (h.measure = 'on_spot')::int, (h.measure = 'on_spot')::int, 0)::app.flow_change;
    end if;
  end if;
  if is_open then
    deadlines := deadlines || row(h.scope, h.site_type, h.severity, runs, -1)::app.deadline_change;
    if not falls_away then
      deadlines := deadlines || row(h.scope, h.site_type, severity, case when h.state <> 'reported' then due end, 1)::app.deadline_change;
    end if;
  end if;
  if falls_away then
    update public.hazards set state = 'withdrawn', closed_on = null where id = h.id;
  else
    update public.hazards set part = new->>'part', severity = new->>'severity', cause = new->>'cause', description = new->>'description',
      legal_basis = new->>'legalBasis', clause = new->>'clause', acceptance = new->>'acceptance', deadline = due,
      longitude = (nullif(new->'position', 'null')->>'longitude')::float8, latitude = (nullif(new->'position', 'null')->>'latitude')::float8 where id = h.id;
  end if;
  if falls_away or due is distinct from h.deadline then
    insert into public.hazard_transitions (hazard_id, scope, enterprise_id, at, day, from_state, to_state, cause_kind, cause_id, deadline, note)
    values (h.id, h.scope, h.enterprise_id, app.now(), app.today(), h.state, case when falls_away then 'withdrawn' else h.state end, 'correction', p_correction, due, p_reason);
  end if;
  if i.track <> 'C' and app.is_scored_otherwise(old, new) then facts := app.rewrite_facts(h.id, new, p_correction, p_reason, p_by, p_scheme); end if;
  return (flows, deadlines, facts);
end $$;

-- A new deadline that a recheck gave wrongly.
create function app.correct_verdict(old jsonb, new jsonb, p_correction uuid, p_reason text) returns app.deadline_change[]
  language plpgsql volatile security definer set search_path = ''
as $$
declare h public.hazards; due date := (new->>'newDeadline')::date;
begin
  if new->>'newDeadline' is not distinct from old->>'newDeadline' then return '{}'; end if;
  select * into h from public.hazards where id = (old->>'hazardId')::uuid for update;
  update public.hazards set deadline = due where id = h.id;
  insert into public.hazard_transitions (hazard_id, scope, enterprise_id, at, day, from_state, to_state, cause_kind, cause_id, deadline, note)
  values (h.id, h.scope, h.enterprise_id, app.now(), app.today(), h.state, h.state, 'correction', p_correction, due, p_reason);
  return array[row(h.scope, h.site_type, h.severity, h.deadline, -1)::app.deadline_change, row(h.scope, h.site_type, h.severity, due, 1)::app.deadline_change];
end $$;

-- Photos that were added. What a corrected record shows no more it still showed: uses are never taken away.
create function app.insert_added_uses(old jsonb, content jsonb, i public.inspections) returns void
  language sql volatile security definer set search_path = ''
as $$
  insert into public.evidence_uses (sha256, scope, enterprise_id, inspection_id, hazard_id, purpose, taken_at, longitude, latitude, position)
  select u.sha256, i.scope, i.enterprise_id, i.id, u.hazard_id, u.purpose, (f->>'takenAt')::timestamptz,
    (nullif(f->'position', 'null')->>'longitude')::float8, (nullif(f->'position', 'null')->>'latitude')::float8, u.n::int
  from (
    select p as sha256, (h->>'id')::uuid as hazard_id, 'hazard' as purpose, n from jsonb_array_elements(content->'hazards') h,
      jsonb_array_elements_text(h->'photos') with ordinality as x(p, n) where n > jsonb_array_length(app.by_id(old->'hazards', h->>'id')->'photos')
    union all select p, (h->>'id')::uuid, 'proof', n from jsonb_array_elements(content->'hazards') h,
      jsonb_array_elements_text(h->'proof') with ordinality as x(p, n) where n > jsonb_array_length(app.by_id(old->'hazards', h->>'id')->'proof')
    union all select p, (v->>'hazardId')::uuid, 'recheck', n from jsonb_array_elements(content->'verdicts') with ordinality as y(v, k),
      jsonb_array_elements_text(v->'photos') with ordinality as x(p, n) where n > jsonb_array_length(old->'verdicts'->(k::int - 1)->'photos')
  ) u left join lateral (select f from jsonb_array_elements(content->'evidence') f where f->>'sha256' = u.sha256 limit 1) y(f) on true
$$;

create function app.corrected_result(p_correction uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select app.success(jsonb_build_object('state', 'sealed', 'inspectionId', c.subject_id, 'correctionId', c.id, 'number', c.number, 'enterpriseId', c.enterprise_id,
    'record', jsonb_build_object('position', r.position, 'sha256', r.sha256, 'link', r.link),
    'documents', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'track', d.track, 'numberText', d.number_text)
      order by d.kind), '[]') from public.documents d where d.record_position = r.position)))
  from public.corrections c join public.records r on r.subject_id = c.id where c.id = p_correction
$$;

-- Rows, counters, facts, papers and delivery of a correction whose every rule was checked. Lock order as in the seal.
create function app.apply_correction(old public.records, content jsonb, i public.inspections, m public.memberships, p_text text, p_content_hash text,
  p_signature text, p_key_id text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare before jsonb := old.canonical_text::jsonb->'content'; id uuid := (content->>'id')::uuid; reason text := btrim(content->'correction'->>'reason');
  a public.agencies; o jsonb; n bigint; c app.correction_changes; flows app.flow_change[] := '{}'; deadlines app.deadline_change[] := '{}'; facts uuid[] := '{}';
  fact uuid; kinds text[]; numbers jsonb; year int := extract(year from app.today()); r public.records; delivery uuid; scheme text;
begin
  select canonical_text::jsonb->'content'->'provisional'->>'pack' into scheme from public.records where subject_id = i.id;
  for o in select value from jsonb_array_elements(before->'hazards') order by value->>'id' loop
    if app.by_id(content->'hazards', o->>'id') is distinct from o then
      c := app.correct_hazard(o, app.by_id(content->'hazards', o->>'id'), i, id, reason, m.user_id, scheme);
      flows := flows || c.flows; deadlines := deadlines || c.deadlines; facts := facts || c.facts;
    end if;
  end loop;
  for o, n in select value, ordinality - 1 from jsonb_array_elements(before->'verdicts') with ordinality loop
    deadlines := deadlines || app.correct_verdict(o, content->'verdicts'->n::int, id, reason);
  end loop;
  update public.answers x set answer = y.a->>'answer' from jsonb_array_elements(content->'answers') y(a)
  where x.inspection_id = i.id and x.item_id = (y.a->>'itemId')::uuid and x.answer <> y.a->>'answer';
  perform app.insert_added_uses(before, content, i);
  perform app.tally(flows, deadlines);
  perform app.tally_enterprise(i.enterprise_id);
  select * into a from public.agencies where agencies.id = i.agency_id;
  kinds := app.document_kinds(i, content);
  numbers := app.take_numbers(a, i.track, kinds, year);
  r := app.append_record('correction', id, i.scope, i.enterprise_id, p_text, p_content_hash, p_signature, p_key_id, numbers, null);
  insert into public.corrections (id, subject_id, supersedes, number, scope, enterprise_id, reason, by_id, by_name, by_role, at)
  values (id, i.id, old.subject_id, (content->'correction'->>'number')::int, i.scope, i.enterprise_id, reason, m.user_id, m.display_name,
    content->'correction'->>'by', r.sealed_at);
  update public.documents set state = 'superseded' where record_position = old.position and state = 'issued';
  select d.id into delivery from public.deliveries d where d.inspection_id = i.id;
  perform app.issue_documents(i, a, kinds, i.track, numbers, r.position, delivery, year, r.sealed_at);
  -- 重新送达: the code stays, the receipt of the paper that was replaced does not speak for the new one.
  update public.deliveries set opened_at = null, received_at = null, received_by = null, received_means = null,
    expires_at = app.now() + coalesce((app.setting(i.scope, 'delivery.valid_days') #>> '{}')::int, 180) * interval '1 day' where deliveries.id = delivery;
  insert into public.delivery_events (delivery_id, scope, enterprise_id, kind, by_name, note) values (delivery, i.scope, i.enterprise_id, 'corrected', m.display_name, reason);
  perform app.append_event('inspection.corrected', i.scope, i.enterprise_id, jsonb_build_object('inspectionId', i.id, 'correction', id,
    'openHazards', (select t.open_hazards from public.enterprise_tallies t where t.enterprise_id = i.enterprise_id),
    'openMajor', (select t.open_major from public.enterprise_tallies t where t.enterprise_id = i.enterprise_id)));
  foreach fact in array facts loop
    perform app.append_event('fact.withdrawn', i.scope, i.enterprise_id, jsonb_build_object('correction', id) || app.chained(fact));
  end loop;
  -- Whoever keeps sums of the counters only adds to them: what was taken away is read anew.
  if cardinality(flows) > 0 then perform app.append_event('tally.repaired', '', null, jsonb_build_object('rows', cardinality(flows))); end if;
  return app.corrected_result(id);
end $$;

-- p_content_text: a whole `mingcha.inspection/1` of the same visit, as it should have read, with an id of its own, `supersedes` (the record
-- that holds) and `correction` {inspectionId, number, reason, by}; made canonical and signed by the server as for a seal. The officer, or
-- supervisor, signs it anew; the person in charge on site signs or refuses, or is not there, and then the papers are served again.
create function public.correct_inspection(p_content_text text, p_record_text text, p_signature text, p_key_id text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare content jsonb := p_content_text::jsonb; said jsonb := nullif(content->'correction', 'null'); id uuid := (content->>'id')::uuid; who uuid := auth.uid();
  content_hash text := app.sha256_hex(p_content_text); i public.inspections; standing public.records; old public.records; m public.memberships;
  companion public.memberships; cosigned public.cosignatures; obstacle text; problem jsonb; missing jsonb; scheme jsonb;
begin
  if who is null then return app.refusal('session.missing'); end if;
  if id is null or said is null or content->>'format' is distinct from 'mingcha.inspection/1' then return app.refusal('request.invalid', null, 'correction'); end if;
  perform pg_advisory_xact_lock(hashtextextended(said->>'inspectionId', 1));
  select * into i from public.inspections where inspections.id = (said->>'inspectionId')::uuid;
  if i.id is null or not i.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  select * into standing from public.records where subject_id = id;
  if standing.position is not null then
    return case when standing.content_sha256 = content_hash then app.corrected_result(id) else app.refusal('inspection.already_sealed') end;
  end if;
  obstacle := app.correction_obstacle(i, who);
  if obstacle is not null then
    perform app.audit(who, 'inspection.correct', i.id::text, false, i.scope, jsonb_build_object('why', obstacle));
    return app.refusal(obstacle);
  end if;
  m := app.corrector(i, who);
  if (content->'inspector'->>'userId')::uuid is distinct from who then return app.refusal('signature.not_yours'); end if;
  select * into old from app.standing_record(i.id);
  if content->>'supersedes' is distinct from old.subject_id::text
    or (said->>'number')::int is distinct from 1 + (select count(*) from public.corrections c where c.subject_id = i.id) then return app.refusal('correction.superseded'); end if;
  if said->>'by' is distinct from (case when m.role = 'leader' then 'supervisor' else 'officer' end) then return app.refusal('request.invalid', null, 'correction.by'); end if;
  if length(btrim(coalesce(said->>'reason', ''))) not between 2 and 500 or said - array['inspectionId', 'number', 'reason', 'by'] <> '{}' then
    return app.refusal('request.invalid', null, 'correction.reason');
  end if;
  if content->>'companionId' is not null then
    select * into cosigned from public.cosignatures c where c.inspection_id = id and c.content_sha256 = content_hash and c.user_id = (content->>'companionId')::uuid;
    if cosigned.inspection_id is null then return app.success('{"state":"awaiting_cosignature"}'); end if;
    companion := app.membership_of(cosigned.user_id, array['inspector'], i.scope);
  end if;
  if i.track = 'A' and not app.is_licensed(companion, app.today()) then return app.refusal('permission.licence', null, 'companionId'); end if;
  if p_record_text <> '{"content":' || p_content_text || ',"contentSha256":"' || content_hash || '","cosignature":'
    || coalesce(cosigned.cosignature_text, 'null') || ',"format":"mingcha.record/1"}' then
    raise exception 'correct: got a record text that is not its content and co-signature, expected canonical text';
  end if;
  select jsonb_agg(f order by f) into missing from app.referenced_files(content) f
  where not app.has_photo(f, who) and not exists (select 1 from public.evidence_uses u where u.sha256 = f and u.inspection_id = i.id);
  if missing is not null then return app.success(jsonb_build_object('state', 'missing', 'missing', missing)); end if;
  -- Who was not there signs nothing: the papers are served again.
  problem := app.signature_problem(case when nullif(content->'onSite', 'null') is null then content || '{"notChecked":{}}' else content end, m,
    cosigned.cosignature_text::jsonb, companion);
  if problem is not null then return problem; end if;
  perform pg_advisory_xact_lock(hashtextextended(i.enterprise_id::text, 2));
  select app.read_scheme(r.canonical_text::jsonb->'content') into scheme from public.records r where r.subject_id = i.id;
  problem := app.correction_problem(old.canonical_text::jsonb->'content', content, i, app.today(), scheme);
  if problem is not null then return problem; end if;
  return app.apply_correction(old, content, i, m, p_record_text, content_hash, p_signature, p_key_id);
end $$;
grant execute on function public.correct_inspection(text, text, text, text) to authenticated;

-- The line of records of a visit as whoever may read the visit sees it: what was replaced by what, and whether they may correct it now.
-- `hazards`: what of each the rules above let a correction change.
create function public.corrections_of(p_inspection uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('today', app.today(), 'track', i.track, 'scope', i.scope, 'agencyId', i.agency_id, 'obstacle', app.correction_obstacle(i, auth.uid()), 'by', case when (app.corrector(i, auth.uid())).role = 'leader' then 'supervisor' else 'officer' end,
    'standing', (select jsonb_build_object('subjectId', r.subject_id, 'text', r.canonical_text, 'sha256', r.sha256) from app.standing_record(i.id) r),
    'corrections', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'reason', c.reason, 'byName', c.by_name, 'byRole', c.by_role,
        'at', app.instant_text(c.at), 'position', r.position, 'sha256', r.sha256, 'link', r.link, 'text', r.canonical_text, 'supersededText', b.canonical_text, 'supersededSha256', b.sha256) order by c.number), '[]')
      from public.corrections c join public.records r on r.subject_id = c.id join public.records b on b.subject_id = c.supersedes where c.subject_id = i.id),
    'hazards', (select coalesce(jsonb_object_agg(h.id, jsonb_build_object('state', h.state, 'deadline', h.deadline, 'wasRechecked', app.was_rechecked(h.id),
        'hasSteps', exists (select 1 from public.major_steps m where m.hazard_id = h.id))), '{}')
      from public.hazards h where h.inspection_id = i.id or exists (select 1 from public.hazard_transitions t where t.hazard_id = h.id and t.cause_id = i.id)))
  from public.inspections i
  where i.id = p_inspection and (i.scope <@ (select app.visible_scopes()) or i.enterprise_id = any ((select app.own_enterprises())::uuid[]))
$$;
grant execute on function public.corrections_of(uuid) to authenticated;
