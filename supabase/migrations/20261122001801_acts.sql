-- Acts: official papers that an authorised person issues on their own, outside of any inspection. The paper's whole content is
-- one signed text (`mingcha.act/1`) in the same chain as the sealed visits; the document and its delivery are derived from it.
-- No published source gives the wording of these papers: all of it is a sample (示例).

-- Who may issue which. Nobody on track C: a community worker reports.
create function app.act_roles(p_kind text) returns text[]
  language sql immutable set search_path = ''
as $$
  select case
    when p_kind in ('inspection_notice', 'reminder_notice') then array['inspector', 'leader', 'administrator']
    when p_kind in ('assistance_request', 'supervision_card', 'overdue_report', 'supervision_opinion') then array['leader', 'administrator']
    else '{}'::text[] end
$$;

create function app.is_line(p_value jsonb, p_longest int) returns boolean
  language sql immutable set search_path = ''
as $$ select coalesce(jsonb_typeof(p_value) = 'string' and length(btrim(p_value #>> '{}')) between 1 and p_longest, false) $$;

create function app.are_lines(p_value jsonb, p_fewest int, p_most int, p_longest int) returns boolean
  language sql immutable set search_path = ''
as $$
  select case when jsonb_typeof(p_value) is distinct from 'array' then false
    else jsonb_array_length(p_value) between p_fewest and p_most
      and not exists (select 1 from jsonb_array_elements(p_value) x where not app.is_line(x, p_longest)) end
$$;

create function app.is_day_between(p_value jsonb, p_first date, p_last date) returns boolean
  language sql immutable set search_path = ''
as $$
  select case when p_value #>> '{}' ~ '^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$'
    then coalesce((p_value #>> '{}')::date between p_first and p_last, false) else false end
$$;

-- 本年度第N次检查, counted as the seal counts it.
create function app.next_nth_of_year(p_enterprise uuid, p_on date) returns int
  language sql stable security definer set search_path = ''
as $$
  select 1 + count(*)::int from public.inspections x where x.enterprise_id = p_enterprise and x.outcome = 'checked' and x.track in ('A', 'B')
    and x.kind <> 'recheck' and date_trunc('year', x.inspected_on) = date_trunc('year', p_on)
$$;

-- Officers that a paper names: inspectors of the place, by the name and the 执法证号 they have.
create function app.officers_stand(p_officers jsonb, p_scope text) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select case when jsonb_typeof(p_officers) is distinct from 'array' then false
    else jsonb_array_length(p_officers) between 1 and 4
      and (select count(distinct o->>'userId') = count(*) from jsonb_array_elements(p_officers) o)
      and not exists (select 1 from jsonb_array_elements(p_officers) o where not exists (
        select 1 from public.memberships m where m.user_id = (o->>'userId')::uuid and m.role = 'inspector' and m.ended_at is null
          and app.is_below(p_scope, m.scope) and m.display_name = o->>'name' and m.licence_number is not distinct from o->>'licence')) end
$$;

-- What the body of an act must hold; as actBodySchema in src/lib/document/acts.ts.
create function app.act_problem(body jsonb, e public.enterprises, p_today date) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare k text := body->>'kind';
begin
  if not app.is_line(body->'matter', 500) then return app.refusal('request.invalid', null, 'matter'); end if;
  if not app.are_lines(body->'items', 1, 30, 500) then return app.refusal('request.invalid', null, 'items'); end if;
  if nullif(body->'basis', 'null') is not null and not app.is_line(body->'basis', 300) then return app.refusal('request.invalid', null, 'basis'); end if;
  if not app.is_day_between(body->'day', p_today, p_today + 366) then return app.refusal('act.day', null, 'day'); end if;
  if app.is_internal(k) and not app.is_line(body->'addressee', 100) then return app.refusal('request.invalid', null, 'addressee'); end if;
  if k = 'supervision_opinion' and not app.is_day_between(body->'supervisedOn', p_today - 366, p_today) then
    return app.refusal('act.day', null, 'supervisedOn');
  end if;
  if k = 'overdue_report' and not app.are_lines(body->'measures', 0, 10, 300) then return app.refusal('request.invalid', null, 'measures'); end if;
  if k = 'inspection_notice' then
    if not app.officers_stand(body->'officers', e.scope) then return app.refusal('act.officers', null, 'officers'); end if;
    if not app.are_lines(body->'preparations', 0, 20, 200) then return app.refusal('request.invalid', null, 'preparations'); end if;
    if (body->>'nthOfYear')::int is distinct from app.next_nth_of_year(e.id, (body->>'day')::date) then
      return app.refusal('request.invalid', null, 'nthOfYear');
    end if;
  end if;
  return null;
end $$;

create function app.act_result(p_act uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select app.success(jsonb_build_object('actId', p_act, 'documentId', d.id, 'kind', d.kind, 'numberText', d.number_text, 'enterpriseId', d.enterprise_id,
    'isDelivered', d.delivery_id is not null, 'issuedAt', app.instant_text(d.issued_at)))
  from public.records r join public.documents d on d.record_position = r.position where r.subject_id = p_act and r.kind in ('act', 'correction')
$$;

-- 更正 of an act: another one of the same kind, about the same enterprise, in the place of the one that holds.
create function app.act_correction_problem(act jsonb, e public.enterprises, p_agency uuid) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare old public.records; d public.documents; root uuid := coalesce((select c.subject_id from public.corrections c where c.id = (act->>'supersedes')::uuid), (act->>'supersedes')::uuid);
begin
  if act->>'supersedes' is null then return case when act ? 'correction' then app.refusal('request.invalid', null, 'correction') end; end if;
  select * into old from app.standing_record(root);
  select * into d from public.documents x where x.record_position = old.position;
  if d.id is null or d.inspection_id is not null or d.enterprise_id <> e.id then return app.refusal('not_found'); end if;
  if old.subject_id is distinct from (act->>'supersedes')::uuid
    or (act->'correction'->>'number')::int is distinct from 1 + (select count(*) from public.corrections c where c.subject_id = root) then return app.refusal('correction.superseded'); end if;
  if d.state <> 'issued' then return app.refusal('document.state'); end if;
  if d.kind is distinct from act->'body'->>'kind' or d.agency_id is distinct from p_agency then return app.refusal('request.invalid', null, 'body'); end if;
  if act->'body' = old.canonical_text::jsonb->'body' and act->'enterprise' = old.canonical_text::jsonb->'enterprise' then return app.refusal('correction.nothing'); end if;
  if length(btrim(coalesce(act->'correction'->>'reason', ''))) not between 2 and 500 then return app.refusal('request.invalid', null, 'correction.reason'); end if;
  return null;
end $$;

-- The papers of the record before are replaced; the receipt of one does not speak for the other, and the code stays.
create function app.replace_act(act jsonb, r public.records, e public.enterprises, p_internal boolean) returns uuid
  language plpgsql volatile security definer set search_path = ''
as $$
declare old uuid := (act->>'supersedes')::uuid; root uuid := coalesce((select c.subject_id from public.corrections c where c.id = old), old); said text := btrim(act->'correction'->>'reason');
begin
  insert into public.corrections (id, subject_id, supersedes, number, scope, enterprise_id, is_internal, reason, by_id, by_name, by_role, at)
  values (r.subject_id, root, old, (act->'correction'->>'number')::int, e.scope, e.id, p_internal, said, (act->'signer'->>'userId')::uuid, act->'signer'->>'name',
    case when act->'signer'->>'role' = 'inspector' then 'officer' else 'supervisor' end, r.sealed_at);
  update public.documents set state = 'superseded' where record_position = (select b.position from public.records b where b.subject_id = old) and state = 'issued';
  if p_internal then return null; end if;
  update public.deliveries set opened_at = null, received_at = null, received_by = null, received_means = null,
    expires_at = app.now() + coalesce((app.setting(e.scope, 'delivery.valid_days') #>> '{}')::int, 180) * interval '1 day' where id = root;
  insert into public.delivery_events (delivery_id, scope, enterprise_id, kind, by_name, note)
  values (root, e.scope, e.id, 'corrected', act->'signer'->>'name', said);
  return root;
end $$;

-- Record, number, delivery and document of an act whose every rule was checked.
create function app.issue_act(act jsonb, p_text text, p_signature text, p_key_id text, p_delivery jsonb, e public.enterprises, a public.agencies)
  returns jsonb language plpgsql volatile security definer set search_path = ''
as $$
declare act_id uuid := (act->>'id')::uuid; k text := act->'body'->>'kind'; is_internal boolean := app.is_internal(k);
  year int := extract(year from app.today()); numbers jsonb; r public.records; d public.documents; corrects boolean := act->>'supersedes' is not null; delivery uuid;
begin
  numbers := app.take_numbers(a, 'B', array[k], year);
  if not is_internal and not corrects then
    delivery := act_id;
    insert into public.deliveries (id, inspection_id, scope, enterprise_id, screen_token_sha256, paper_token_sha256, code_sha256, expires_at)
    values (act_id, null, e.scope, e.id, p_delivery->>'screenTokenSha256', p_delivery->>'paperTokenSha256', p_delivery->>'codeSha256',
      app.now() + coalesce((app.setting(e.scope, 'delivery.valid_days') #>> '{}')::int, 180) * interval '1 day');
  end if;
  r := app.append_record(case when corrects then 'correction' else 'act' end, act_id, e.scope, e.id, p_text, app.sha256_hex(p_text), p_signature, p_key_id, numbers, null);
  if corrects then delivery := app.replace_act(act, r, e, is_internal); end if;
  insert into public.documents (record_position, delivery_id, scope, enterprise_id, agency_id, kind, track, year, number, number_text, agency, issued_at)
  values (r.position, delivery, e.scope, e.id, a.id, k, 'B', year, (numbers->k->>'number')::int, numbers->k->>'text',
    jsonb_build_object('id', a.id, 'name', a.name, 'shortName', a.short_name, 'template', a.template, 'isSample', a.is_sample), r.sealed_at)
  returning * into d;
  if corrects then perform app.move_escalation((act->>'supersedes')::uuid, d.id); end if;
  if act ? 'escalation' then perform app.take_escalation((act->>'escalation')::uuid, d.id, act->'signer'); end if;
  perform app.append_event(case when corrects then 'act.corrected' else 'act.issued' end, e.scope, case when not is_internal then e.id end, jsonb_build_object('documentId', d.id, 'kind', k));
  return app.act_result(act_id);
end $$;

-- {format, id, agencyId, enterprise, body, signer, at, escalation?} as canonical text, signed by the server. The id is the page's: sent
-- twice, it is one paper. The enterprise stands in it as it is registered today.
create function public.issue_act(p_text text, p_signature text, p_key_id text, p_delivery jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare act jsonb := p_text::jsonb; act_id uuid := (act->>'id')::uuid; standing public.records; e public.enterprises; m public.memberships;
  a public.agencies; problem jsonb;
begin
  if auth.uid() is null then return app.refusal('session.missing'); end if;
  if act_id is null or act->>'format' is distinct from 'mingcha.act/1' then return app.refusal('request.invalid', null, 'format'); end if;
  perform pg_advisory_xact_lock(hashtextextended(act_id::text, 1));
  if act->>'supersedes' is not null then perform pg_advisory_xact_lock(hashtextextended(act->>'supersedes', 1)); end if;
  select * into e from public.enterprises where id = (act->'enterprise'->>'id')::uuid;
  if e.id is null or not e.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  m := app.membership_for(app.act_roles(act->'body'->>'kind'), e.scope);
  if m.id is null then
    perform app.audit(auth.uid(), 'act.issue', act->'body'->>'kind', false, e.scope, '{"why":"permission.role"}');
    return app.refusal('permission.role');
  end if;
  select * into standing from public.records where subject_id = act_id;
  if standing.position is not null then
    -- The server writes the time, and how many checks there were, anew each time it is asked.
    return case when standing.kind in ('act', 'correction') and (standing.canonical_text::jsonb - 'at') #- '{body,nthOfYear}' = (act - 'at') #- '{body,nthOfYear}'
      then app.act_result(act_id) else app.refusal('inspection.already_sealed') end;
  end if;
  if (act->'signer'->>'userId')::uuid is distinct from auth.uid() or act->'signer'->>'name' is distinct from m.display_name
    or act->'signer'->>'role' is distinct from m.role then return app.refusal('signature.not_yours'); end if;
  select * into a from public.agencies where id = m.agency_id;
  if a.id is null then return app.refusal('act.agency'); end if;
  if a.id is distinct from (act->>'agencyId')::uuid then return app.refusal('request.invalid', null, 'agencyId'); end if;
  if act->'enterprise'->>'name' is distinct from e.name or act->'enterprise'->>'creditCode' is distinct from e.credit_code
    or act->'enterprise'->>'address' is distinct from e.address then return app.refusal('request.invalid', null, 'enterprise'); end if;
  problem := app.act_problem(act->'body', e, app.today());
  problem := coalesce(problem, app.act_correction_problem(act, e, a.id));
  -- Holds the step of the ladder that the paper is to take.
  problem := coalesce(problem, app.act_escalation_problem(act, e));
  if problem is not null then return problem; end if;
  if act->>'supersedes' is null and not app.is_internal(act->'body'->>'kind') and (p_delivery->>'id' is distinct from act_id::text
    or exists (select 1 from public.deliveries d where d.id = act_id)) then return app.refusal('request.invalid', null, 'deliveryId'); end if;
  return app.issue_act(act, p_text, p_signature, p_key_id, p_delivery, e, a);
end $$;
grant execute on function public.issue_act(text, text, text, jsonb) to authenticated;

-- Whether the asking user may read a paper, as the policy on documents says.
create function app.may_read_document(d public.documents) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select coalesce(d.scope::text <@ app.visible_scopes() or (d.enterprise_id = any (app.own_enterprises()) and not app.is_internal(d.kind)), false)
$$;

-- What an enterprise was issued outside of inspections, the newest first.
create function public.acts_of(p_enterprise uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'track', d.track, 'numberText', d.number_text, 'state', d.state,
    'issuedAt', app.instant_text(d.issued_at), 'matter', r.canonical_text::jsonb->'body'->>'matter', 'day', r.canonical_text::jsonb->'body'->>'day',
    'signerName', r.canonical_text::jsonb->'signer'->>'name', 'receivedAt', app.instant_text(v.received_at)) order by d.record_position desc), '[]')
  from public.documents d join public.records r on r.position = d.record_position left join public.deliveries v on v.id = d.delivery_id
  where d.enterprise_id = p_enterprise and d.inspection_id is null and app.may_read_document(d)
$$;
grant execute on function public.acts_of(uuid) to authenticated;

-- One paper as staff of its place, or the enterprise it concerns, read it. null: none, or none for them.
create function public.read_document(p_document uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', d.id, 'kind', d.kind, 'track', d.track, 'numberText', d.number_text, 'state', d.state,
    'issuedAt', app.instant_text(d.issued_at), 'inspectionId', d.inspection_id, 'scope', d.scope, 'agencyName', d.agency->>'name',
    'isSample', coalesce((d.agency->>'isSample')::boolean, false) or d.inspection_id is null, 'isRendered', d.pdf_sha256 is not null, 'signature', app.signature_of(d.id),
    'renderProblem', d.render_problem,
    'enterprise', (select jsonb_build_object('id', e.id, 'name', e.name) from public.enterprises e where e.id = d.enterprise_id),
    'record', jsonb_build_object('kind', r.kind, 'sha256', r.sha256),
    'void', (select jsonb_build_object('reason', x.reason, 'byName', x.by_name, 'at', app.instant_text(x.at)) from public.document_voids x
      where x.document_id = d.id and d.scope::text <@ app.visible_scopes()),
    'mayVoid', (app.membership_for(array['leader', 'administrator'], d.scope)).id is not null,
    'replacement', case when d.state = 'superseded' then app.replacement_of(r.position, d.kind) end,
    'correction', (select jsonb_build_object('number', c.number, 'reason', c.reason, 'byName', c.by_name, 'replaces', (select jsonb_build_object('id', o.id, 'numberText', o.number_text)
        from public.documents o join public.records b on b.position = o.record_position where b.subject_id = c.supersedes order by (o.kind = d.kind) desc, o.kind limit 1))
      from public.corrections c where c.id = r.subject_id),
    'subjectId', r.subject_id,
    'escalation', (select jsonb_build_object('id', s.id, 'step', s.step) from public.escalations s where s.document_id = d.id and s.scope <@ (select app.visible_scopes())),
    'act', case when d.inspection_id is null then jsonb_build_object('body', r.canonical_text::jsonb->'body', 'signer', r.canonical_text::jsonb->'signer') end,
    'delivery', (select jsonb_build_object('id', v.id, 'serial', v.serial, 'openedAt', app.instant_text(v.opened_at), 'receivedAt', app.instant_text(v.received_at),
      'receivedBy', v.received_by, 'expiresAt', app.instant_text(v.expires_at), 'isRevoked', v.revoked_at is not null)
      from public.deliveries v where v.id = d.delivery_id))
  from public.documents d join public.records r on r.position = d.record_position
  where d.id = p_document and app.may_read_document(d)
$$;
grant execute on function public.read_document(uuid) to authenticated;
