-- For `verify`, beyond the chain itself (docs/decisions/proof.md): the rows of each record as they stand, what the steps of a hazard and
-- of a delivery leave, and the files.

-- A fact that a later one took back: what it said no row says any more.
create function app.is_withdrawn(f public.facts) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select exists (select 1 from public.facts w where w.enterprise_id = f.enterprise_id and w.kind = 'fact.withdrawn' and w.data->>'fact' = f.id::text)
$$;

-- The rows that each record's text states, as they stand. → [{position, track, rows: [{table, id, columns}]}]
create function public.read_record_rows(p_after bigint, p_limit int default 200) returns jsonb
  language sql stable security definer set search_path = '' set timezone = 'UTC'
as $$
  with r as (
    select *, app.jsonb_or_null(canonical_text) as said from public.records where position > p_after order by position limit least(p_limit, 1000)
  ), found as (
    select r.position, 'records' as tab, r.subject_id::text as id, jsonb_build_object('kind', r.kind, 'enterprise_id', r.enterprise_id, 'content_sha256', r.content_sha256) as columns from r
    union all select r.position, 'inspections', i.id::text, to_jsonb(i) from r join public.inspections i on i.id = r.subject_id
    union all select r.position, 'answers', a.item_id::text, to_jsonb(a) from r join public.answers a on a.inspection_id = r.subject_id
    union all select r.position, 'hazards', h.id::text, to_jsonb(h) from r join public.hazards h on h.inspection_id = r.subject_id
    union all select r.position, 'signatures', s.role, to_jsonb(s) from r join public.signatures s on s.inspection_id = r.subject_id
    union all select r.position, 'evidence_uses', concat_ws('/', u.purpose, coalesce(u.hazard_id::text, ''), u.position), to_jsonb(u)
      from r join public.evidence_uses u on u.inspection_id = r.subject_id and u.purpose in ('hazard', 'proof', 'recheck', 'not_checked', 'refusal')
    union all select r.position, 'hazard_transitions', t.hazard_id::text, to_jsonb(t) from r join public.hazard_transitions t on t.cause_id = r.subject_id
    union all select r.position, 'corrections', c.id::text, to_jsonb(c) from r join public.corrections c on c.id = r.subject_id
    union all select r.position, 'documents', d.kind, to_jsonb(d) from r join public.documents d on d.record_position = r.position
    union all select r.position, 'deliveries', d.id::text, to_jsonb(d) from r join public.deliveries d on d.inspection_id = r.subject_id
      and d.id::text = r.said->'content'->>'deliveryId'
    union all select r.position, 'deliveries', d.id::text, to_jsonb(d) from r join public.deliveries d on d.id = r.subject_id and r.kind = 'act'
    -- A fact that a correction took back is told from the one in its place by that correction.
    union all select r.position, 'facts', concat_ws('/', f.kind, coalesce(f.hazard_id::text, ''), w.correction), to_jsonb(f)
      from r join public.inspections i on i.id = r.subject_id join public.facts f on f.inspection_id = i.id
      left join lateral (select coalesce(x.data->>'correction', '') as correction from public.facts x where x.enterprise_id = f.enterprise_id
        and x.kind = 'fact.withdrawn' and x.data->>'fact' = f.id::text limit 1) w on true
      where i.track <> 'C' and f.kind in ('inspection.completed', 'entry.refused', 'hazard.found', 'hazard.corrected_on_spot', 'hazard.rectified', 'hazard.failed_recheck')
    union all select r.position, 'facts', concat_ws('/', f.kind, f.hazard_id), to_jsonb(f)
      from r cross join lateral jsonb_array_elements(case when r.kind = 'adoption' and jsonb_typeof(r.said->'hazards') = 'array' then r.said->'hazards' else '[]' end) x
      join public.facts f on f.hazard_id = app.uuid_or_null(x->>'id') where f.kind = 'hazard.found'
  )
  select coalesce(jsonb_agg(jsonb_build_object('position', r.position, 'kind', r.kind, 'text', r.canonical_text, 'sha256', r.sha256, 'scope', r.scope,
    'numbersText', r.numbers_text, 'sealedAt', app.instant_text(r.sealed_at), 'track', (select i.track from public.inspections i where i.id = r.subject_id),
    'majorHazards', (select coalesce(jsonb_agg(h.id order by h.id), '[]') from public.hazards h where h.severity = 'major'
      and h.id in (select t.hazard_id from public.hazard_transitions t where t.cause_id = r.subject_id)),
    'enterpriseId', (select i.enterprise_id from public.inspections i where i.id = app.uuid_or_null(r.said->>'inspectionId')),
    -- What was corrected since, in order; and for a correction the text in whose place it stands.
    'laterTexts', (select coalesce(jsonb_agg(n.canonical_text order by n.position), '[]') from public.records n where r.kind = 'inspection'
      and n.enterprise_id = r.enterprise_id and n.kind = 'correction' and app.jsonb_or_null(n.canonical_text) #>> '{content,correction,inspectionId}' = r.subject_id::text),
    'supersededText', (select b.canonical_text from public.records b where r.kind = 'correction'
      and b.subject_id = app.uuid_or_null(coalesce(r.said #>> '{content,supersedes}', r.said->>'supersedes'))),
    'rows', (select coalesce(jsonb_agg(jsonb_build_object('table', f.tab, 'id', f.id, 'columns', f.columns)), '[]') from found f where f.position = r.position))
    order by r.position), '[]') from r
$$;
grant execute on function public.read_record_rows(bigint, int) to service_role;

-- What stands beside the records and their steps: rows that nothing tells of (`untold`, `unrecorded`), and rows that do not stand as
-- their steps left them (`course`). → [{kind, table, id, field, got, expected}]
create function public.read_proof_defects() returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with told as (
    select v.data->>'table' as tab, v.data->>'row' as id from public.events v where v.kind = 'proof.witnessed'
  ), told_facts as (
    select v.data->>'fact' as id from public.events v where v.data ? 'fact'
  ), steps as (
    select t.*, lag(t.to_state) over (partition by t.hazard_id order by t.id) as state_before,
      lag(t.deadline) over (partition by t.hazard_id order by t.id) as deadline_before,
      row_number() over (partition by t.hazard_id order by t.id desc) as from_the_end from public.hazard_transitions t
  ), stepped as (
    -- What a step says that neither a record nor a rectification states: it follows the step before, at the hazard's own place.
    select s.id, f.field, f.got, f.expected from steps s join public.hazards h on h.id = s.hazard_id
    left join public.hazard_extensions x on s.cause_kind = 'extension' and x.id = s.cause_id
    left join public.major_steps m on s.cause_kind = 'major' and m.id = s.cause_id, lateral (values
      ('from_state', s.from_state, s.state_before),
      ('scope', s.scope, h.scope),
      ('enterprise_id', s.enterprise_id::text, h.enterprise_id::text),
      ('deadline', s.deadline::text, case when s.cause_kind = 'rectification' or s.to_state = 'withdrawn' or (s.from_state is not null and s.to_state in ('closed', 'accepted'))
        then s.deadline_before::text when s.cause_kind = 'extension' then x.granted_until::text when s.cause_kind = 'major' then m.says->>'deadline' else s.deadline::text end),
      ('to_state', s.to_state, case s.cause_kind when 'rectification' then 'rectification_submitted' when 'extension' then s.state_before
        when 'major' then case m.act when 'delist' then 'closed' when 'send_back' then 'open' end
        when 'correction' then case when s.to_state <> 'withdrawn' then s.state_before else s.to_state end else s.to_state end),
      ('day', s.day::text, case when s.cause_kind in ('rectification', 'extension', 'major', 'correction') then app.shanghai_date(s.at)::text else s.day::text end)) f(field, got, expected)
    where f.got is distinct from f.expected
  ), stands as (
    select h.id, f.field, f.got, f.expected from public.hazards h left join steps s on s.hazard_id = h.id and s.from_the_end = 1, lateral (values
      ('state', h.state, s.to_state),
      ('deadline', h.deadline::text, s.deadline::text),
      ('closed_on', h.closed_on::text, case when s.to_state in ('closed', 'closed_unfixed') then s.day::text end),
      ('accepted_on', h.accepted_on::text, case when s.to_state in ('accepted', 'closed') then (select max(t.day)::text from public.hazard_transitions t
        where t.hazard_id = h.id and t.to_state = 'accepted') end),
      ('reopened', h.reopened::text, (select count(*)::text from public.hazard_transitions t where t.hazard_id = h.id and t.cause_kind in ('inspection', 'major')
        and t.to_state = 'open' and t.from_state is not null)),
      ('extended', h.extended::text, (select count(*)::text from public.hazard_transitions t where t.hazard_id = h.id and t.cause_kind = 'extension')),
      ('in_time', h.in_time::text, (s.to_state in ('closed', 'accepted') and s.from_state is not null and h.reopened = 0 and coalesce((select min(app.shanghai_date(r.submitted_at))
        from public.rectifications r where r.hazard_id = h.id and app.shanghai_date(r.submitted_at) <= coalesce(h.accepted_on, s.day)), h.accepted_on, s.day) <= s.deadline)::text)) f(field, got, expected)
    where f.got is distinct from f.expected
  ), delivered as (
    select d.id, f.field, f.got, f.expected from public.deliveries d
    -- A corrected paper is opened and received anew.
    left join lateral (select coalesce(max(x.id), 0) as since from public.delivery_events x where x.delivery_id = d.id and x.kind = 'corrected') c on true
    left join lateral (select * from public.delivery_events v where v.delivery_id = d.id and v.kind = 'received' and v.id > c.since order by v.id limit 1) v on true, lateral (values
      ('received_at', extract(epoch from d.received_at)::text, extract(epoch from v.at)::text),
      ('received_by', d.received_by, v.by_name),
      ('received_means', d.received_means, v.means),
      ('opened_at', extract(epoch from d.opened_at)::text, (select extract(epoch from min(o.at))::text from public.delivery_events o
        where o.delivery_id = d.id and o.id > c.since and (o.kind = 'opened' or (o.kind = 'received' and o.means <> 'print')))),
      ('serial', d.serial::text, (select count(*)::text from public.delivery_events o where o.delivery_id = d.id and o.kind = 'reissued')),
      ('revoked_at', extract(epoch from d.revoked_at)::text, (select case o.kind when 'revoked' then extract(epoch from o.at)::text end from public.delivery_events o
        where o.delivery_id = d.id and o.kind in ('revoked', 'reissued') order by o.id desc limit 1))) f(field, got, expected)
    where f.got is distinct from f.expected
  )
  select coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'table', d.tab, 'id', d.id, 'field', d.field, 'got', coalesce(d.got, '—'), 'expected', coalesce(d.expected, '—'))
    order by d.tab, d.id, d.field), '[]')
  from (
    select 'untold' as kind, 'rectifications' as tab, r.id::text as id, 'id' as field, r.id::text as got, null as expected
      from public.rectifications r where not exists (select 1 from told x where x.tab = 'rectifications' and x.id = r.id::text)
    union all select 'untold', 'delivery_events', v.id::text, 'kind', v.kind, null
      from public.delivery_events v where not exists (select 1 from told x where x.tab = 'delivery_events' and x.id = v.id::text)
    union all select 'untold', 'documents', d.id::text, 'pdf_sha256', d.pdf_sha256, null
      from public.documents d where d.pdf_sha256 is not null and not exists (select 1 from told x where x.tab = 'documents' and x.id = d.id::text)
    union all select 'untold', 'document_signatures', s.id::text, 'signed_sha256', s.signed_sha256, null
      from public.document_signatures s where not exists (select 1 from told x where x.tab = 'document_signatures' and x.id = s.id::text)
    union all select 'course', 'document_signatures', s.id::text, f.field, f.got, f.expected
      from public.document_signatures s join public.documents d on d.id = s.id, lateral (values ('pdf_sha256', s.pdf_sha256, d.pdf_sha256),
        ('scope', s.scope, d.scope), ('enterprise_id', s.enterprise_id::text, d.enterprise_id::text)) f(field, got, expected)
      where f.got is distinct from f.expected
    union all select 'untold', w.tab, w.id, 'id', w.id, null
      from (select 'tipoffs' as tab, x.id::text as id from public.tipoffs x
        union all select 'tipoff_steps', x.tipoff_id || '/' || x.number from public.tipoff_steps x
        union all select 'third_party_opinions', x.id::text from public.third_party_opinions x
        union all select 'check_tasks', x.id::text from public.check_tasks x
        union all select 'check_ratings', x.id::text from public.check_ratings x
        union all select 'inspection_plans', x.id::text from public.inspection_plans x
        union all select 'inspection_plan_steps', x.plan_id || '/' || x.number from public.inspection_plan_steps x
        union all select 'agency_versions', x.agency_id || '/' || x.version from public.agency_versions x
        union all select 'document_voids', x.document_id::text from public.document_voids x
        union all select 'escalations', x.id::text from public.escalations x) w
      where not exists (select 1 from told t where t.tab = w.tab and t.id = w.id)
    -- An agency stands as its last version says; the papers of tomorrow read it.
    union all select 'course', 'agencies', a.id::text, f.field, f.got, f.expected
      from public.agencies a left join lateral (select * from public.agency_versions v where v.agency_id = a.id order by v.version desc limit 1) v on true,
      lateral (values ('name', a.name, v.name), ('short_name', a.short_name, v.short_name), ('may_enforce', a.may_enforce::text, v.may_enforce::text),
        ('template', a.template::text, v.template::text)) f(field, got, expected)
      where f.got is distinct from f.expected
    union all select 'untold', 'paper_receipts', p.id::text, 'id', p.id::text, null
      from public.paper_receipts p where not exists (select 1 from told x where x.tab = 'paper_receipts' and x.id = p.id::text)
    union all select 'untold', 'hazard_extensions', e.id::text, 'id', e.id::text, null
      from public.hazard_extensions e where not exists (select 1 from told x where x.tab = 'hazard_extensions' and x.id = e.id::text)
    union all select 'untold', 'hazard_extensions', e.id::text, 'state', e.state, null
      from public.hazard_extensions e where e.state <> 'asked'
        and not exists (select 1 from told x where x.tab = 'hazard_extensions_decided' and x.id = e.id::text)
    union all select 'course', 'major_cases', c.hazard_id::text, f.field, f.got, f.expected
      from public.major_cases c join public.hazards h on h.id = c.hazard_id, lateral (values ('scope', c.scope, h.scope), ('enterprise_id', c.enterprise_id::text, h.enterprise_id::text)) f(field, got, expected)
      where f.got is distinct from f.expected
    union all select 'untold', 'major_steps', m.id::text, 'act', m.act, null
      from public.major_steps m where not exists (select 1 from public.events v where v.kind = 'major.' || m.act and v.data->>'majorStep' = m.id::text)
    union all select 'untold', 'facts', f.id::text, 'kind', f.kind, null
      from public.facts f where (f.kind like 'decision.%' or f.kind like 'review.%' or f.kind like 'measure.%' or f.kind = 'fact.withdrawn')
        and not exists (select 1 from told_facts x where x.id = f.id::text)
    union all select 'unrecorded', 'inspections', i.id::text, 'id', i.id::text, null
      from public.inspections i where not exists (select 1 from public.records r where r.subject_id = i.id)
    union all select 'unrecorded', 'hazard_transitions', t.id::text, 'cause_id', t.cause_id::text, null
      from public.hazard_transitions t where case t.cause_kind
        when 'rectification' then not exists (select 1 from public.rectifications r where r.id = t.cause_id and r.hazard_id = t.hazard_id and r.submitted_at = t.at)
        when 'extension' then not exists (select 1 from public.hazard_extensions x where x.id = t.cause_id and x.hazard_id = t.hazard_id and x.state = 'granted' and x.decided_at = t.at)
        when 'inspection' then not exists (select 1 from public.records r where r.subject_id = t.cause_id)
        when 'adoption' then not exists (select 1 from public.records r where r.subject_id = t.cause_id)
        when 'major' then not exists (select 1 from public.major_steps m where m.id = t.cause_id and m.hazard_id = t.hazard_id and m.at = t.at)
        when 'correction' then not exists (select 1 from public.records r where r.subject_id = t.cause_id and r.kind = 'correction') else false end
    union all select 'unrecorded', 'facts', f.id::text, 'inspection_id', f.inspection_id::text, null
      from public.facts f where f.kind in ('inspection.completed', 'hazard.found', 'hazard.corrected_on_spot', 'hazard.rectified', 'hazard.failed_recheck')
        and f.inspection_id is not null and not exists (select 1 from public.records r where r.subject_id = f.inspection_id)
    union all select 'course', 'facts', concat_ws('/', f.kind, f.hazard_id), x.field, x.got, x.expected
      from public.facts f join public.hazards h on h.id = f.hazard_id, lateral (values
        ('data.hazardId', f.data->>'hazardId', h.id::text),
        ('data.severity', f.data->>'severity', h.severity),
        ('data.itemCode', f.data->>'itemCode', h.item_code),
        ('occurred_on', f.occurred_on::text, case when f.kind in ('hazard.found', 'hazard.corrected_on_spot') then h.found_on::text else f.occurred_on::text end)) x(field, got, expected)
      where f.kind in ('hazard.found', 'hazard.corrected_on_spot', 'hazard.rectified', 'hazard.failed_recheck') and x.got is distinct from x.expected
        and not app.is_withdrawn(f)
    union all select 'course', 'hazard_transitions', s.id::text, s.field, s.got, s.expected from stepped s
    union all select 'course', 'hazards', s.id::text, s.field, s.got, s.expected from stands s
    union all select 'course', 'deliveries', s.id::text, s.field, s.got, s.expected from delivered s
    union all select 'course', 'inspections', i.id::text, 'adopted_by', i.adopted_by::text, x.by_id
      from public.inspections i left join lateral (select app.jsonb_or_null(r.canonical_text)->'inspector'->>'userId' as by_id from public.records r
        where r.kind = 'adoption' and r.position in (select d.record_position from public.documents d where d.inspection_id = i.id) limit 1) x on true
      where (i.adopted_by is not null or i.track = 'C') and i.adopted_by::text is distinct from x.by_id
    union all select 'course', 'inspections', i.id::text, 'track', i.track, d.track
      from public.inspections i join public.records r on r.subject_id = i.id join public.documents d on d.record_position = r.position where d.track <> i.track
    -- A void paper has its reason, and the event that told of it; a superseded one the correction in its place; so has every step of a plan.
    union all select 'course', 'documents', d.id::text, 'state', d.state, x.expected
      from public.documents d join public.records r on r.position = d.record_position left join public.document_voids v on v.document_id = d.id
      left join public.corrections c on c.supersedes = r.subject_id, lateral (select case when v.document_id is not null then 'voided'
        when c.id is not null then 'superseded' else 'issued' end) x(expected)
      where d.state <> x.expected
    union all select 'unrecorded', 'corrections', c.id::text, 'id', c.id::text, null
      from public.corrections c where not exists (select 1 from public.records r where r.subject_id = c.id)
    union all select 'untold', 'document_voids', v.document_id::text, 'reason', v.reason, null
      from public.document_voids v where not exists (select 1 from public.events e where e.kind = 'document.voided' and e.data->>'documentId' = v.document_id::text)
    union all select 'course', 'documents', e.data->>'documentId', 'state', 'issued', 'voided'
      from public.events e where e.kind = 'document.voided'
        and not exists (select 1 from public.document_voids v where v.document_id = app.uuid_or_null(e.data->>'documentId'))
    union all select 'untold', 'inspection_plan_steps', s.plan_id::text || '/' || s.number, 'act', s.act, null
      from public.inspection_plan_steps s where not exists (select 1 from public.events e where e.kind like 'plan.%' and e.data->>'plan' = s.plan_id::text
        and (e.data->>'planStep')::int = s.number)
    union all select 'course', 'records', r.position::text, 'scope', r.scope, v.scope
      from public.events v join public.records r on r.subject_id = app.uuid_or_null(v.data->>'inspectionId') where v.kind = 'inspection.sealed' and v.scope <> r.scope) d
$$;
grant execute on function public.read_proof_defects() to service_role;

-- Files of evidence in the order of their hashes, a page at a time. → [{sha256, bytes}]
create function public.read_evidence_files(p_after text, p_limit int default 500) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('sha256', e.sha256, 'bytes', e.bytes) order by e.sha256), '[]')
  from (select * from public.evidence where sha256 > p_after order by sha256 limit least(p_limit, 1000)) e
$$;
grant execute on function public.read_evidence_files(text, int) to service_role;
