-- The chain of events for `verify`, with what it holds beside itself: the facts of people, the course of a 督办, and rows that no record
-- states and that yet must not change: each by its hash, when its transaction ends (docs/decisions/proof.md).

-- What was changed by force may be no number, id or JSON any more; verification names it and reads on.
create function app.uuid_or_null(p_text text) returns uuid
  language sql immutable set search_path = ''
as $$ select case when p_text ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then p_text::uuid end $$;
create function app.bigint_or_null(p_text text) returns bigint
  language sql immutable set search_path = ''
as $$ select case when p_text ~ '^[0-9]{1,18}$' then p_text::bigint end $$;
create function app.jsonb_or_null(p_text text) returns jsonb
  language plpgsql immutable set search_path = ''
as $$
begin
  return p_text::jsonb;
exception when others then
  return null;
end $$;

-- The text of a row that is hashed: named columns only, so that a column which comes later changes no hash. Moments to the microsecond.
create function app.witnessed_text(p_table text, p_id text) returns text
  language sql stable security definer set search_path = ''
as $$
  select case p_table
    when 'rectifications' then (select jsonb_build_array(r.id, r.hazard_id, r.scope, r.enterprise_id, r.delivery_id, r.submitted_by, r.note,
        extract(epoch from r.submitted_at), (select coalesce(jsonb_agg(jsonb_build_array(u.sha256, u.position) order by u.position, u.sha256), '[]')
          from public.evidence_uses u where u.rectification_id = r.id))::text
      from public.rectifications r where r.id = app.uuid_or_null(p_id))
    when 'hazard_extensions' then (select jsonb_build_array(x.id, x.request_id, x.hazard_id, x.scope, x.enterprise_id, x.delivery_id, x.asked_by, extract(epoch from x.asked_at),
        x.standing_deadline, x.wished, x.reason, (select coalesce(jsonb_agg(jsonb_build_array(u.sha256, u.position) order by u.position, u.sha256), '[]')
          from public.evidence_uses u where u.extension_id = x.id))::text
      from public.hazard_extensions x where x.id = app.uuid_or_null(p_id))
    when 'hazard_extensions_decided' then (select jsonb_build_array(x.id, x.state, x.granted_until, x.note, x.decided_by, x.decider_name, extract(epoch from x.decided_at))::text
      from public.hazard_extensions x where x.id = app.uuid_or_null(p_id))
    when 'paper_receipts' then (select jsonb_build_array(p.id, p.delivery_id, p.scope, p.enterprise_id, p.signed_by, p.signed_on, p.note, p.recorded_by, p.recorder_name,
        extract(epoch from p.recorded_at), (select coalesce(jsonb_agg(jsonb_build_array(u.sha256, u.position) order by u.position, u.sha256), '[]')
          from public.evidence_uses u where u.paper_receipt_id = p.id))::text
      from public.paper_receipts p where p.id = app.uuid_or_null(p_id))
    when 'delivery_events' then (select jsonb_build_array(v.id, v.delivery_id, v.scope, v.enterprise_id, v.kind, extract(epoch from v.at), v.by_name, v.means, v.note, v.answers)::text
      from public.delivery_events v where v.id = app.bigint_or_null(p_id))
    when 'documents' then (select jsonb_build_array(d.id, d.record_position, d.inspection_id, d.delivery_id, d.scope, d.enterprise_id, d.agency_id, d.kind, d.track,
        d.year, d.number, d.number_text, d.agency, d.template_version, extract(epoch from d.issued_at), d.pdf_sha256, d.pdf_bytes)::text
      from public.documents d where d.id = app.uuid_or_null(p_id))
    when 'document_signatures' then (select jsonb_build_array(s.id, s.scope, s.enterprise_id, s.is_internal, s.pdf_sha256, s.signed_sha256, s.signed_bytes, s.level,
        s.certificate_sha256, s.subject, s.issuer, extract(epoch from s.valid_until), extract(epoch from s.signed_at))::text
      from public.document_signatures s where s.id = app.uuid_or_null(p_id))
    when 'tipoffs' then (select jsonb_build_array(x.id, x.scope, x.enterprise_id, x.code_sha256, x.origin, x.place, x.description, x.longitude, x.latitude, x.accuracy_metres,
        x.is_named, x.state, extract(epoch from x.received_at), x.closed_on, x.inspection_id, x.steps,
        (select jsonb_build_array(r.name, r.phone) from app.tipoff_reporters r where r.tipoff_id = x.id),
        (select coalesce(jsonb_agg(jsonb_build_array(p.sha256, p.position) order by p.position), '[]') from public.tipoff_photos p where p.tipoff_id = x.id))::text
      from public.tipoffs x where x.id = app.uuid_or_null(p_id))
    when 'tipoff_steps' then (select jsonb_build_array(x.tipoff_id, x.number, x.act, extract(epoch from x.at), x.by_id, x.by_name, x.note, x.reply)::text
      from public.tipoff_steps x where x.tipoff_id = app.uuid_or_null(split_part(p_id, '/', 1)) and x.number = app.bigint_or_null(split_part(p_id, '/', 2)))
    when 'third_party_opinions' then (select jsonb_build_array(x.id, x.enterprise_id, x.scope, x.institution, x.expert, x.visited_on, x.part, x.opinion, x.nature, x.basis,
        x.state, x.recorded_by, x.recorder_name, extract(epoch from x.recorded_at), x.decided_by, x.decider_name, x.decided_on, x.reason, x.inspection_id)::text
      from public.third_party_opinions x where x.id = app.uuid_or_null(p_id))
    when 'check_tasks' then (select jsonb_build_array(x.id, x.scope, x.enterprise_id, x.agency_id, x.kind, x.task_source, x.opened_by, x.companion_id, x.officers, x.checklists,
        x.track, x.authority, x.nth_of_year, extract(epoch from x.opened_at), extract(epoch from x.stated_at), x.statements, x.token_sha256)::text
      from public.check_tasks x where x.id = app.uuid_or_null(p_id))
    when 'check_ratings' then (select jsonb_build_array(x.id, x.task_id, x.scope, x.enterprise_id, x.inspection_id, x.officer_ids, x.overall, x.showed_certificate,
        x.followed_checklist, x.conducted_properly, x.comment, x.rated_on)::text
      from public.check_ratings x where x.id = app.uuid_or_null(p_id))
    when 'inspection_plans' then (select jsonb_build_array(x.id, x.scope, x.enterprise_id, x.agency_id, x.state, x.body, x.drafter_id, x.drafter_name, x.steps,
        extract(epoch from x.submitted_at))::text
      from public.inspection_plans x where x.id = app.uuid_or_null(p_id))
    when 'inspection_plan_steps' then (select jsonb_build_array(x.plan_id, x.number, x.scope, x.act, x.by_id, x.by_name, x.note, x.body, extract(epoch from x.at))::text
      from public.inspection_plan_steps x where x.plan_id = app.uuid_or_null(split_part(p_id, '/', 1)) and x.number = app.bigint_or_null(split_part(p_id, '/', 2)))
    when 'agency_versions' then (select jsonb_build_array(x.agency_id, x.version, x.scope, x.name, x.short_name, x.may_enforce, x.template, x.changed_by, x.changed_by_name,
        extract(epoch from x.changed_at))::text
      from public.agency_versions x where x.agency_id = app.uuid_or_null(split_part(p_id, '/', 1)) and x.version = app.bigint_or_null(split_part(p_id, '/', 2)))
    when 'document_voids' then (select jsonb_build_array(x.document_id, x.scope, x.reason, x.by_id, x.by_name, extract(epoch from x.at))::text
      from public.document_voids x where x.document_id = app.uuid_or_null(p_id))
    when 'escalations' then (select jsonb_build_array(x.id, x.inspection_id, x.scope, x.enterprise_id, x.step, x.hazards, x.deadline, x.proposed_on, x.state, x.note,
        x.decided_by, x.decider_name, extract(epoch from x.decided_at), x.document_id)::text
      from public.escalations x where x.id = app.uuid_or_null(p_id))
  end
$$;
comment on function app.witnessed_text is 'Null for a row that is gone. A column added to one of these tables is covered only once it stands here (tests/database/record/proof.test.ts asks).';

-- Deferred to the end of the transaction: the event head is locked last, as everywhere, and what belongs to the row (photos) is there.
-- The event names no enterprise: it is news to nobody, and proof to `verify`. A row that is written in two steps has a text for each; one
-- that changes lawfully is told of again, and the last telling holds. Of a tip-off, a rating and a wording it is told at the top: who lives next
-- door, and who was rated, follow the feed of their own place. Arguments: the row's name there, and the columns of its key unless `id`.
create function app.witness() returns trigger
  language plpgsql security definer set search_path = ''
as $$
declare
  told jsonb := to_jsonb(new); called text := coalesce(tg_argv[0], tg_table_name);
  row_id text := case when tg_argv[1] is null then told->>'id' else concat_ws('/', told->>tg_argv[1], told->>tg_argv[2]) end;
  place text := case when called in ('tipoffs', 'tipoff_steps', 'check_ratings', 'agency_versions') then '' else told->>'scope' end;
begin
  perform app.append_event('proof.witnessed', place, null, jsonb_build_object('table', called, 'row', row_id,
    'rowSha256', app.sha256_hex(app.witnessed_text(called, row_id))));
  return null;
end $$;
create constraint trigger rectifications_witnessed after insert on public.rectifications
  deferrable initially deferred for each row execute function app.witness();
create constraint trigger delivery_events_witnessed after insert on public.delivery_events
  deferrable initially deferred for each row execute function app.witness();
create constraint trigger paper_receipts_witnessed after insert on public.paper_receipts
  deferrable initially deferred for each row execute function app.witness();
create constraint trigger hazard_extensions_witnessed after insert on public.hazard_extensions
  deferrable initially deferred for each row execute function app.witness();
create constraint trigger hazard_extensions_decision_witnessed after update of state on public.hazard_extensions
  deferrable initially deferred for each row when (new.state <> 'asked' and old.state = 'asked') execute function app.witness('hazard_extensions_decided');
-- A document is witnessed with its PDF: before that there is nothing that anybody could hold in hand.
create constraint trigger documents_witnessed after update of pdf_sha256 on public.documents
  deferrable initially deferred for each row when (new.pdf_sha256 is not null and old.pdf_sha256 is null) execute function app.witness();
create constraint trigger document_signatures_witnessed after insert on public.document_signatures
  deferrable initially deferred for each row execute function app.witness();
do $$
declare t text;
begin
  foreach t in array array['tipoffs', 'third_party_opinions', 'check_tasks', 'check_ratings', 'inspection_plans', 'escalations'] loop
    execute format('create constraint trigger %I_witnessed after insert or update on public.%I deferrable initially deferred for each row execute function app.witness()', t, t);
  end loop;
end $$;
create constraint trigger tipoff_steps_witnessed after insert on public.tipoff_steps
  deferrable initially deferred for each row execute function app.witness('tipoff_steps', 'tipoff_id', 'number');
create constraint trigger inspection_plan_steps_witnessed after insert on public.inspection_plan_steps
  deferrable initially deferred for each row execute function app.witness('inspection_plan_steps', 'plan_id', 'number');
create constraint trigger agency_versions_witnessed after insert on public.agency_versions
  deferrable initially deferred for each row execute function app.witness('agency_versions', 'agency_id', 'version');
create constraint trigger document_voids_witnessed after insert on public.document_voids
  deferrable initially deferred for each row execute function app.witness('document_voids', 'document_id');
create index events_witnessed on public.events ((data->>'table'), (data->>'row')) where kind = 'proof.witnessed';

-- Every event as the text that was hashed, and the step it tells of as it stands now; of a row that was told of again only the last
-- telling is held against it.
create function public.read_event_chain(p_after bigint, p_limit int) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('head', (select jsonb_build_object('position', h.position, 'hash', h.hash) from app.event_head h),
    'events', coalesce((select jsonb_agg(jsonb_build_object('position', v.position, 'previousHash', v.previous_hash, 'hash', v.hash,
      'text', concat_ws(E'\n', v.previous_hash, v.position, v.kind, v.scope, coalesce(v.enterprise_id::text, ''), v.data::text, app.instant_text(v.at)),
      'stepId', case when a.position is null then coalesce(v.data->>'fact', v.data->>'supervision' || '/' || (v.data->>'step'), 'major_steps/' || (v.data->>'majorStep'), v.data->>'table' || '/' || (v.data->>'row')) end,
      'stepSha256', case when a.position is null then coalesce(v.data->>'factSha256', v.data->>'stepSha256', v.data->>'rowSha256') end,
      'stepText', case when v.kind = 'proof.witnessed' then app.witnessed_text(v.data->>'table', v.data->>'row')
        when f.id is not null then app.fact_text(f)
        when v.data ? 'majorStep' then (select app.major_step_text(m) from public.major_steps m where m.id = app.uuid_or_null(v.data->>'majorStep'))
        when t.number is not null then app.supervision_step_text(t, app.supervision_state_after(t, v.data->>'state')) end) order by v.position)
    from (select * from public.events where position > p_after order by position limit least(p_limit, 2000)) v
    left join lateral (select w.position from public.events w where v.kind = 'proof.witnessed' and w.kind = 'proof.witnessed'
      and w.data->>'table' = v.data->>'table' and w.data->>'row' = v.data->>'row' and w.position > v.position limit 1) a on true
    left join public.facts f on f.id = app.uuid_or_null(v.data->>'fact')
    left join public.supervision_steps t on t.supervision_id = app.uuid_or_null(v.data->>'supervision') and t.number = app.bigint_or_null(v.data->>'step')), '[]'))
$$;
grant execute on function public.read_event_chain(bigint, int) to service_role;

-- What walking the chain cannot find: a step that no event tells of (`step_untold`), and a 督办 that does not stand as its course left
-- it (`course`). → [{kind, id, field, got, expected}]
create function public.read_supervision_defects() returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with told as (
    select v.data->>'supervision' as supervision, app.bigint_or_null(v.data->>'step') as number from public.events v where v.kind like 'supervision.%'
  ), course as (
    select t.supervision_id as id, max(t.number) as steps,
      (array_agg(t.act order by t.number desc))[1] as last_act, (array_agg(t.deadline order by t.number desc))[1] as last_deadline,
      (array_agg(t.deadline order by t.number desc) filter (where t.act in ('assign', 'grant_extension', 'return')))[1] as deadline,
      (array_agg(case t.act when 'answer' then app.shanghai_date(t.at) end order by t.number desc) filter (where t.act in ('answer', 'return')))[1] as answered_on,
      max(app.shanghai_date(t.at)) filter (where t.act in ('accept', 'withdraw')) as closed_on
    from public.supervision_steps t group by 1
  ), stands as (
    select s.id, f.field, f.got, f.expected from public.supervisions s left join course c using (id), lateral (values
      ('steps', s.steps::text, coalesce(c.steps, 0)::text),
      ('state', s.state, case c.last_act when 'answer' then 'answered' when 'ask_extension' then 'extension_requested' when 'accept' then 'accepted'
        when 'withdraw' then 'withdrawn' else 'assigned' end),
      ('deadline', s.deadline::text, c.deadline::text),
      ('asked_deadline', s.asked_deadline::text, case c.last_act when 'ask_extension' then c.last_deadline::text end),
      ('answered_on', s.answered_on::text, c.answered_on::text),
      ('closed_on', s.closed_on::text, c.closed_on::text)) f(field, got, expected)
    where f.got is distinct from f.expected
  )
  select coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'id', d.id, 'field', d.field, 'got', coalesce(d.got, '—'), 'expected', coalesce(d.expected, '—'))
    order by d.id, d.field), '[]')
  from (select 'step_untold' as kind, t.supervision_id::text || '/' || t.number as id, t.act as field, t.by_name as got, null as expected
      from public.supervision_steps t where not exists (select 1 from told x where x.supervision = t.supervision_id::text and x.number = t.number)
    union all select 'course', s.id::text, s.field, s.got, s.expected from stands s) d
$$;
grant execute on function public.read_supervision_defects() to service_role;
