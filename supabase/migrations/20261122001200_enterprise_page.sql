-- The enterprise's page (/o/{token}) and its answers. The page belongs to whoever holds the token, so the server
-- asks with the secret key; every function takes the token's hash and checks it itself.

-- A revoked code is as unknown as one that never was: whoever tries codes learns nothing.
create function app.delivery_by_token(p_token_sha256 text) returns public.deliveries
  language sql stable security definer set search_path = ''
as $$ select d from public.deliveries d where p_token_sha256 in (d.screen_token_sha256, d.paper_token_sha256) and d.revoked_at is null $$;

create function app.delivery_problem(d public.deliveries) returns jsonb
  language sql stable set search_path = ''
as $$
  select case when d.id is null then app.refusal('delivery.unknown')
    when d.expires_at <= app.now() then app.refusal('delivery.expired') end
$$;

-- All that an enterprise has to put right, whatever page or order it stands on, by deadline.
create function app.open_orders(p_enterprise uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'description', h.description, 'part', h.part, 'severity', h.severity, 'state', h.state,
    'deadline', h.deadline, 'foundOn', h.found_on, 'orderText', app.order_text(h), 'orderNumber', app.order_number(h)) order by h.deadline, h.found_on, h.position), '[]')
  from public.hazards h where h.enterprise_id = p_enterprise and h.state in ('open', 'rectification_submitted')
$$;

-- Reading changes nothing (previews fetch links). `means` is screen (the inspector's own screen) or paper.
create function public.read_delivery(p_token_sha256 text) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare d public.deliveries := app.delivery_by_token(p_token_sha256); i public.inspections; e public.enterprises; a public.agencies; standing public.records;
begin
  if app.delivery_problem(d) is not null then return app.delivery_problem(d); end if;
  select * into standing from app.standing_record(coalesce(d.inspection_id, d.id));
  select * into i from public.inspections where id = d.inspection_id;
  select * into e from public.enterprises where id = d.enterprise_id;
  select * into a from public.agencies where id = coalesce(i.agency_id, (select x.agency_id from public.documents x where x.delivery_id = d.id limit 1));
  return app.success(jsonb_build_object(
    'means', case when d.screen_token_sha256 = p_token_sha256 then 'screen' else 'paper' end,
    'deliveryId', d.id, 'serial', d.serial, 'expiresAt', app.instant_text(d.expires_at), 'openedAt', app.instant_text(d.opened_at),
    'receivedAt', app.instant_text(d.received_at), 'receivedBy', d.received_by, 'today', app.today(),
    'enterprise', jsonb_build_object('id', e.id, 'name', e.name, 'address', e.address, 'stops', app.stops_of(e.id)),
    'openOrders', app.open_orders(e.id), 'objections', app.objections_of(d.id),
    'agency', jsonb_build_object('name', a.name, 'shortName', a.short_name, 'contact', a.template->'contact', 'isSample', a.is_sample),
    -- A paper issued on its own: its page shows what it says, as it was signed.
    'act', case when d.inspection_id is null then standing.canonical_text::jsonb - 'enterprise' end,
    -- The code belongs to the matter: it leads to the paper that holds, and says what it replaced.
    'corrections', (select coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'at', app.instant_text(c.at), 'reason', c.reason,
        'text', n.canonical_text, 'supersededText', b.canonical_text) order by c.number), '[]')
      from public.corrections c join public.records n on n.subject_id = c.id join public.records b on b.subject_id = c.supersedes
      where c.subject_id = coalesce(d.inspection_id, d.id)),
    'inspection', case when i.id is not null then jsonb_build_object('id', i.id, 'kind', i.kind, 'track', i.track, 'inspectedOn', i.inspected_on, 'adopted', i.adopted_by is not null, 'electronicDelivery', i.electronic_delivery,
      'onSiteOutcome', i.on_site_outcome, 'inspectorName', i.inspector_name, 'companionName', i.companion_name,
      'hasTask', exists (select 1 from public.check_tasks k where k.id = i.id),
      -- As it was signed: the lines stand in the record, and nothing that happened since changes them.
      'provisional', nullif(standing.canonical_text::jsonb->'content'->'provisional', 'null')) end,
    'record', jsonb_build_object('sha256', standing.sha256),
    'documents', (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'kind', x.kind, 'track', x.track, 'numberText', x.number_text,
        'state', x.state, 'issuedAt', app.instant_text(x.issued_at), 'pdfSha256', x.pdf_sha256, 'signature', app.signature_of(x.id), 'renderProblem', x.render_problem,
        'replacedBy', case when x.state = 'superseded' then app.replacement_of(x.record_position, x.kind)->>'numberText' end,
        'remedy', case when x.track = 'A' and x.kind = 'rectification_order' then coalesce(x.agency->'template'->'remedy', '{}') end) order by x.record_position, x.kind), '[]')
      from public.documents x where x.delivery_id = d.id),
    'hazards', (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'part', h.part, 'severity', h.severity, 'description', h.description,
        'legalBasis', h.legal_basis, 'acceptance', h.acceptance, 'measure', h.measure, 'state', h.state, 'deadline', h.deadline, 'closedOn', h.closed_on,
        'isNew', h.inspection_id = i.id, 'orderNumber', case when h.measure = 'deadline' and h.state not in ('reported', 'withdrawn') then app.order_number(h) end,
        'verdict', (select jsonb_build_object('passed', t.to_state <> 'open', 'note', coalesce(y.v->>'note', t.note), 'deadline', coalesce((y.v->>'newDeadline')::date, t.deadline))
          from public.hazard_transitions t left join lateral (select v from jsonb_array_elements(standing.canonical_text::jsonb->'content'->'verdicts') v where v->>'hazardId' = h.id::text) y on true
          where t.hazard_id = h.id and t.cause_id = i.id and t.from_state is not null and t.cause_kind = 'inspection' limit 1),
        'recheckPhotos', (select coalesce(jsonb_agg(u.sha256 order by u.position), '[]') from public.evidence_uses u
          where u.hazard_id = h.id and u.purpose = 'recheck' and u.inspection_id = i.id),
        'photos', (select coalesce(jsonb_agg(u.sha256 order by u.purpose, u.position), '[]') from public.evidence_uses u
          where u.hazard_id = h.id and u.purpose in ('hazard', 'proof')),
        'rectifications', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'note', r.note, 'submittedAt', app.instant_text(r.submitted_at),
          'photos', (select coalesce(jsonb_agg(u.sha256 order by u.position), '[]') from public.evidence_uses u where u.rectification_id = r.id))
          order by r.submitted_at), '[]') from public.rectifications r where r.hazard_id = h.id),
        'major', case when h.severity = 'major' and h.state <> 'reported' then (select jsonb_build_object('plan', coalesce(c.plan, 'none'), 'stop', coalesce(c.stop, 'none'),
            'listedUntil', c.listed_until, 'photos', (select coalesce(jsonb_agg(distinct u.sha256), '[]') from public.evidence_uses u where u.hazard_id = h.id and u.purpose = 'major'))
          from (select 1) one left join public.major_cases c on c.hazard_id = h.id) end,
        'remindedOn', (select max(m.made_on) from public.reminders m where m.hazard_id = h.id and m.deadline = h.deadline),
        'extensions', (select coalesce(jsonb_agg(app.extension_json(x) order by x.asked_at), '[]') from public.hazard_extensions x where x.hazard_id = h.id))
        order by h.found_on, h.position), '[]')
      from public.hazards h where h.inspection_id = i.id
        or (i.rechecks is not null and h.id in (select t.hazard_id from public.hazard_transitions t where t.cause_id = i.id)))));
end $$;
grant execute on function public.read_delivery(text) to service_role;

create function public.note_delivery_opened(p_token_sha256 text, p_means text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.deliveries := app.delivery_by_token(p_token_sha256);
begin
  if app.delivery_problem(d) is not null then return app.delivery_problem(d); end if;
  update public.deliveries set opened_at = app.now() where id = d.id and opened_at is null;
  if found then
    insert into public.delivery_events (delivery_id, scope, enterprise_id, kind, means) values (d.id, d.scope, d.enterprise_id, 'opened', left(p_means, 60));
  end if;
  return app.success('{}');
end $$;
grant execute on function public.note_delivery_opened(text, text) to service_role;

-- 领取码 for a code from paper: five wrong ones close the door for an hour.
create function public.unlock_delivery(p_token_sha256 text, p_code_sha256 text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.deliveries := app.delivery_by_token(p_token_sha256);
begin
  if app.delivery_problem(d) is not null then return app.delivery_problem(d); end if;
  select * into d from public.deliveries where id = d.id for update;
  if d.failed_codes >= 5 and d.last_failed_at > app.now() - interval '1 hour' then
    return app.refusal('delivery.code_locked', jsonb_build_object('minutes',
      greatest(1, ceil(extract(epoch from d.last_failed_at + interval '1 hour' - app.now()) / 60)::int)));
  end if;
  if d.code_sha256 <> p_code_sha256 then
    update public.deliveries set failed_codes = case when last_failed_at > app.now() - interval '1 hour' then failed_codes + 1 else 1 end,
      last_failed_at = app.now() where id = d.id;
    insert into public.delivery_events (delivery_id, scope, enterprise_id, kind) values (d.id, d.scope, d.enterprise_id, 'code_wrong');
    return app.refusal('delivery.code_wrong');
  end if;
  update public.deliveries set failed_codes = 0 where id = d.id;
  return app.success('{}');
end $$;
grant execute on function public.unlock_delivery(text, text) to service_role;

-- 「我已收到」: receipt of the document, no agreement with it. Said again, the first one stands.
create function public.receive_delivery(p_token_sha256 text, p_name text, p_means text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.deliveries := app.delivery_by_token(p_token_sha256);
begin
  if app.delivery_problem(d) is not null then return app.delivery_problem(d); end if;
  if length(trim(coalesce(p_name, ''))) not between 1 and 50 then return app.refusal('request.invalid', null, 'name'); end if;
  update public.deliveries set received_at = app.now(), received_by = trim(p_name), received_means = p_means,
    opened_at = coalesce(opened_at, app.now()) where id = d.id and received_at is null;
  if found then
    insert into public.delivery_events (delivery_id, scope, enterprise_id, kind, by_name, means) values (d.id, d.scope, d.enterprise_id, 'received', trim(p_name), p_means);
    perform app.append_event('delivery.received', d.scope, d.enterprise_id, jsonb_build_object('inspectionId', d.inspection_id));
  end if;
  select * into d from public.deliveries where id = d.id;
  return app.success(jsonb_build_object('receivedAt', app.instant_text(d.received_at), 'receivedBy', d.received_by));
end $$;
grant execute on function public.receive_delivery(text, text, text) to service_role;

create function public.object_to_delivery(p_token_sha256 text, p_name text, p_note text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.deliveries := app.delivery_by_token(p_token_sha256);
begin
  if app.delivery_problem(d) is not null then return app.delivery_problem(d); end if;
  if length(trim(coalesce(p_note, ''))) not between 2 and 1000 then return app.refusal('request.invalid', null, 'note'); end if;
  insert into public.delivery_events (delivery_id, scope, enterprise_id, kind, by_name, note)
  values (d.id, d.scope, d.enterprise_id, 'objected', nullif(trim(p_name), ''), trim(p_note));
  perform app.append_event('delivery.objected', d.scope, d.enterprise_id, jsonb_build_object('inspectionId', d.inspection_id));
  return app.success('{}');
end $$;
grant execute on function public.object_to_delivery(text, text, text) to service_role;

create function public.register_delivery_evidence(p_token_sha256 text, p_sha256 text, p_bytes bigint, p_media_type text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.deliveries := app.delivery_by_token(p_token_sha256);
begin
  if app.delivery_problem(d) is not null then return app.delivery_problem(d); end if;
  insert into public.evidence (sha256, bytes, media_type) values (p_sha256, p_bytes, p_media_type) on conflict do nothing;
  insert into public.evidence_uploads (sha256, uploader) values (p_sha256, d.id) on conflict do nothing;
  return app.success('{}');
end $$;
grant execute on function public.register_delivery_evidence(text, text, bigint, text) to service_role;

-- 「提交整改照片」 for one hazard. The id is the page's: sent twice, it is one.
create function public.submit_rectification(p_token_sha256 text, p_rectification jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.deliveries := app.delivery_by_token(p_token_sha256); h public.hazards; photos jsonb := coalesce(p_rectification->'photos', '[]');
  new_id uuid := (p_rectification->>'id')::uuid;
begin
  if app.delivery_problem(d) is not null then return app.delivery_problem(d); end if;
  -- One of those this page shows: found by its inspection, or looked at again by it.
  select * into h from public.hazards x where x.id = (p_rectification->>'hazardId')::uuid and (x.inspection_id = d.inspection_id
    or exists (select 1 from public.hazard_transitions t where t.hazard_id = x.id and t.cause_id = d.inspection_id)) for update;
  if h.id is null then return app.refusal('not_found'); end if;
  if exists (select 1 from public.rectifications r where r.id = new_id and r.hazard_id = h.id) then return app.success(jsonb_build_object('state', h.state)); end if;
  if exists (select 1 from public.rectifications r where r.id = new_id) then return app.refusal('request.invalid', null, 'id'); end if;
  if h.state not in ('open', 'rectification_submitted') then return app.refusal('hazard.state'); end if;
  if length(trim(coalesce(p_rectification->>'note', ''))) < 1 or jsonb_array_length(photos) = 0 then return app.refusal('rectification.empty'); end if;
  if exists (select 1 from jsonb_array_elements_text(photos) f where not exists (
    select 1 from public.evidence_uploads u where u.sha256 = f and u.uploader = d.id)) then return app.refusal('evidence.not_found'); end if;
  insert into public.rectifications (id, hazard_id, scope, enterprise_id, delivery_id, note)
  values (new_id, h.id, h.scope, h.enterprise_id, d.id, left(trim(p_rectification->>'note'), 500));
  insert into public.evidence_uses (sha256, scope, enterprise_id, hazard_id, rectification_id, purpose, taken_at, position)
  select f, h.scope, h.enterprise_id, h.id, new_id, 'rectification', app.now(), n::int from jsonb_array_elements_text(photos) with ordinality as x(f, n);
  if h.state = 'open' then
    update public.hazards set state = 'rectification_submitted' where id = h.id;
    insert into public.hazard_transitions (hazard_id, scope, enterprise_id, at, day, from_state, to_state, cause_kind, cause_id, deadline)
    values (h.id, h.scope, h.enterprise_id, app.now(), app.today(), 'open', 'rectification_submitted', 'rectification', new_id, h.deadline);
  end if;
  insert into public.delivery_events (delivery_id, scope, enterprise_id, kind, note) values (d.id, d.scope, d.enterprise_id, 'rectified', h.id::text);
  perform app.append_event('hazard.rectification_submitted', h.scope, h.enterprise_id, jsonb_build_object('hazardId', h.id));
  return app.success(jsonb_build_object('state', 'rectification_submitted'));
end $$;
grant execute on function public.submit_rectification(text, jsonb) to service_role;
