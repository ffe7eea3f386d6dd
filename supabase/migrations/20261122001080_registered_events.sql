-- 登记事项: what no check of ours finds (penalties, accidents, absences, unfulfilled duties, violations, bonuses), entered
-- with its papers. The event is a fact from then on; a correction is another fact (`fact.withdrawn`), and nothing is deleted.

create table public.registered_events (
  id uuid primary key,
  enterprise_id uuid not null references public.enterprises,
  scope text collate "C" not null,
  kind text not null check (kind in ('penalty.imposed', 'accident.happened', 'meeting.absent', 'duty.unfulfilled', 'violation.found', 'bonus')),
  occurred_on date not null,
  document_number text check (length(document_number) between 1 and 80),
  authority text check (length(authority) between 1 and 80),
  description text not null check (length(description) between 2 and 1000),
  deaths int check (deaths between 0 and 999),
  injuries int check (injuries between 0 and 999),
  points numeric(8, 2),
  conditions jsonb not null default '{}',
  inspection_id uuid references public.inspections,
  state text not null check (state in ('proposed', 'entered', 'declined', 'withdrawn')),
  corrects uuid references public.registered_events,
  registered_at timestamptz not null default app.now(),
  registered_by uuid not null,
  entered_by uuid,
  fact_id uuid references public.facts,
  closed_on date,
  closed_by uuid,
  closing_reason text check (length(closing_reason) between 2 and 1000),
  constraint penalties_name_their_paper check (kind <> 'penalty.imposed' or (document_number is not null and authority is not null)),
  constraint accidents_count_people check ((kind = 'accident.happened') = (deaths is not null and injuries is not null)),
  constraint entered_is_a_fact check ((state in ('entered', 'withdrawn')) = (fact_id is not null) and (fact_id is null) = (entered_by is null)),
  constraint closed_with_a_reason check ((state in ('declined', 'withdrawn')) = (closing_reason is not null and closed_on is not null and closed_by is not null))
);
comment on table public.registered_events is 'proposed (by an inspector) → entered | declined; entered → withdrawn. Never deleted, never edited.';
comment on column public.registered_events.conditions is 'What the chosen clause of the scheme asks of the fact, as in {"clause":"1.1"}.';
comment on column public.registered_events.registered_by is 'Who says so: they do not decide on its entry.';
create index registered_events_enterprise on public.registered_events (enterprise_id, occurred_on desc);
create index registered_events_scope on public.registered_events (scope, state);
create index registered_events_fact on public.registered_events (fact_id);
create unique index registered_events_corrected_once on public.registered_events (corrects) where state <> 'declined';

-- Its course goes on; what it says stays as it was said.
create function app.forbid_event_edit() returns trigger
  language plpgsql set search_path = ''
as $$
declare course text[] := array['state', 'scope', 'entered_by', 'fact_id', 'closed_on', 'closed_by', 'closing_reason'];
begin
  if tg_op = 'DELETE' or to_jsonb(new) - course <> to_jsonb(old) - course then
    raise exception '% on registered_events: got a change of what was registered, expected another event', tg_op;
  end if;
  return new;
end $$;
create trigger registered_events_say_what_they_said before update or delete on public.registered_events
  for each row execute function app.forbid_event_edit();

alter table public.registered_events enable row level security;
grant select on public.registered_events to authenticated;
create policy "staff see their scope, a principal what was entered of their own" on public.registered_events for select to authenticated
  using (scope <@ (select app.visible_scopes())
    or (state in ('entered', 'withdrawn') and enterprise_id = any ((select app.own_enterprises())::uuid[])));

create function app.may_read_event(r public.registered_events) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select coalesce(r.scope::text <@ app.visible_scopes() or (r.state in ('entered', 'withdrawn') and r.enterprise_id = any (app.own_enterprises())), false)
$$;

-- Whoever says that something happened does not judge it (as with who found a hazard).
create function app.is_said_by_me(p_fact uuid) returns boolean
  language sql stable security definer set search_path = ''
as $$ select exists (select 1 from public.registered_events r where r.fact_id = p_fact and r.registered_by = auth.uid()) $$;

-- The clauses of a pack that read facts of a kind on a day, one row for each of their patterns.
create function app.clauses_for(p_pack jsonb, p_kind text, p_on date, out points jsonb, out conditions jsonb) returns setof record
  language sql immutable set search_path = ''
as $$
  select c->'points', coalesce(m->'where', '{}') from jsonb_array_elements(p_pack->'clauses') c cross join lateral jsonb_array_elements(c->'matches') m
  where m->>'kind' = p_kind and coalesce(c->'valid', p_pack->'valid')->>'from' <= p_on::text
    and coalesce(coalesce(c->'valid', p_pack->'valid')->>'to', '9999-12-31') >= p_on::text
$$;

-- Whether a pack can read the event: a fact that it refuses would leave the enterprise without an account.
create function app.pack_problem(r public.registered_events, p_pack jsonb) returns jsonb
  language plpgsql immutable set search_path = ''
as $$
begin
  if exists (select 1 from jsonb_each(r.conditions) x where x.key in ('event', 'deaths', 'injuries', 'points') or not exists (
    select 1 from app.clauses_for(p_pack, r.kind, r.occurred_on) c where c.conditions->x.key @> x.value and jsonb_typeof(c.conditions->x.key) <> 'object')) then
    return app.refusal('event.clause', null, 'clause');
  end if;
  if exists (select 1 from app.clauses_for(p_pack, r.kind, r.occurred_on) c where jsonb_typeof(c.points) = 'object') and not exists (
    select 1 from app.clauses_for(p_pack, r.kind, r.occurred_on) c where jsonb_typeof(c.points) = 'object'
      and r.points between (c.points->>'min')::numeric and (c.points->>'max')::numeric) then
    return app.refusal('event.points', null, 'points');
  end if;
  return null;
end $$;

create function app.declared_pack(e public.enterprises) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select p.document from app.declared_scheme(e.scope, e.site_type, app.today()) s join public.scheme_packs p on p.id = s.pack_id and p.sha256 = s.pack_sha256
$$;

-- What is wrong with an event as it was sent, whoever sent it. The earliest day is five years back: the longest term within
-- which a breach can still be punished (行政处罚法第三十六条).
create function app.event_problem(p_event jsonb, e public.enterprises) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare kind text := p_event->>'kind'; files jsonb := coalesce(p_event->'evidence', '[]'); field text;
begin
  if coalesce(kind, '') not in ('penalty.imposed', 'accident.happened', 'meeting.absent', 'duty.unfulfilled', 'violation.found', 'bonus') then
    return app.refusal('request.invalid', null, 'kind');
  end if;
  if coalesce((p_event->>'occurredOn')::date between app.today() - interval '5 years' and app.today(), false) is false then
    return app.refusal('event.day', null, 'occurredOn');
  end if;
  if length(trim(coalesce(p_event->>'description', ''))) not between 2 and 1000 then return app.refusal('request.invalid', null, 'description'); end if;
  foreach field in array array['documentNumber', 'authority'] loop
    if length(trim(coalesce(p_event->>field, ''))) > 80 or (kind = 'penalty.imposed' and trim(coalesce(p_event->>field, '')) = '') then
      return app.refusal('request.invalid', null, field);
    end if;
  end loop;
  foreach field in array array['deaths', 'injuries'] loop
    if kind = 'accident.happened' and coalesce(p_event->>field, '') !~ '^\d{1,3}$' then return app.refusal('request.invalid', null, field); end if;
  end loop;
  if p_event->>'points' is not null and p_event->>'points' !~ '^-?\d{1,4}(\.\d{1,2})?$' or (kind = 'bonus' and p_event->>'points' is null) then
    return app.refusal('request.invalid', null, 'points');
  end if;
  if jsonb_typeof(coalesce(p_event->'conditions', '{}')) <> 'object' then return app.refusal('request.invalid', null, 'clause'); end if;
  if p_event->>'inspectionId' is not null and not exists (
    select 1 from public.inspections i where i.id = (p_event->>'inspectionId')::uuid and i.enterprise_id = e.id) then
    return app.refusal('request.invalid', null, 'inspectionId');
  end if;
  if jsonb_typeof(files) <> 'array' or jsonb_array_length(files) not between 1 and 9 then return app.refusal('event.evidence', null, 'evidence'); end if;
  if exists (select 1 from jsonb_array_elements_text(files) f where not exists (select 1 from public.evidence_uploads u where u.sha256 = f and u.uploader = auth.uid())
    and not exists (select 1 from public.evidence_uses u where u.sha256 = f and u.registered_event_id = (p_event->>'corrects')::uuid)) then
    return app.refusal('evidence.not_found', null, 'evidence');
  end if;
  return null;
end $$;

-- The event becomes a fact, with exactly what packs read of its kind. Its words stay in the event.
create function app.enter_event(r public.registered_events, e public.enterprises) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare fact uuid; tied_by text := app.declared_pack(e)->'cycle'->>'by';
begin
  fact := app.add_fact(e.id, e.scope, r.kind, r.occurred_on, r.inspection_id, null, r.registered_by,
    jsonb_strip_nulls(jsonb_build_object('event', r.id, 'deaths', r.deaths, 'injuries', r.injuries, 'points', trim_scale(r.points)))
    || r.conditions || case when tied_by is not null and r.inspection_id is not null then jsonb_build_object(tied_by, r.inspection_id) else '{}' end);
  update public.registered_events set state = 'entered', fact_id = fact, entered_by = auth.uid() where id = r.id;
  perform app.append_event('event.entered', e.scope, e.id, jsonb_build_object('event', r.id, 'kind', r.kind) || app.chained(fact));
end $$;

-- Why an entered event may not be taken back by one person's word. Where people have decided on its entry, or would
-- have to decide together, the way is their decision (撤销): a withdrawal is never a way round it. p_right: what takes its
-- place; one that says the same to the scheme (only its number or words were wrong) changes no band.
create function app.withdrawal_problem(r public.registered_events, p_right public.registered_events) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare s public.score_entries;
begin
  if (app.membership_for(array['leader', 'administrator'], r.scope)).id is null then return app.refusal('permission.role'); end if;
  if r.state <> 'entered' then return app.refusal('event.state'); end if;
  if app.is_behind(r.enterprise_id) then return app.refusal('decision.behind'); end if;
  select * into s from public.score_entries x where x.enterprise_id = r.enterprise_id and x.fact_id = r.fact_id;
  if s.is_appealed then return app.refusal('event.appealed'); end if;
  if s.fact_id is null or s.state = 'reversed' then return null; end if;
  if exists (select 1 from public.facts f where f.enterprise_id = r.enterprise_id and f.kind like 'decision.%' and f.data->>'entry' = r.fact_id::text) then
    return app.refusal('event.decided');
  end if;
  if s.state = 'confirmed' and s.people_to_reverse > 1 and (r.kind, r.occurred_on, r.points, r.deaths, r.injuries, r.conditions, r.inspection_id)
    is distinct from (p_right.kind, p_right.occurred_on, p_right.points, p_right.deaths, p_right.injuries, p_right.conditions, p_right.inspection_id) then
    return app.refusal('event.decided');
  end if;
  return null;
end $$;

-- From its own day on it is as if it had not been; the row stays and says why.
create function app.withdraw(r public.registered_events, p_reason text) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare fact uuid;
begin
  fact := app.add_fact(r.enterprise_id, r.scope, 'fact.withdrawn', r.occurred_on, null, null, auth.uid(),
    jsonb_build_object('fact', r.fact_id, 'event', r.id, 'reason', p_reason));
  update public.registered_events set state = 'withdrawn', closed_on = app.today(), closed_by = auth.uid(), closing_reason = p_reason where id = r.id;
  perform app.append_event('event.withdrawn', r.scope, r.enterprise_id, jsonb_build_object('event', r.id, 'kind', r.kind) || app.chained(fact));
end $$;

-- {id, enterpriseId, kind, occurredOn, documentNumber, authority, description, deaths, injuries, points, conditions, inspectionId,
-- evidence: [sha256], corrects, reason}. The id is the form's: sent twice, it is one event. By a leader or an administrator it
-- is a fact; by an inspector (absence, duty, violation) a proposal. With `corrects` that event is withdrawn in the same transaction.
create function public.register_event(p_event jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  e public.enterprises; r public.registered_events; known public.registered_events; wrong public.registered_events; problem jsonb;
  is_leader boolean; reason text := trim(coalesce(p_event->>'reason', ''));
begin
  select * into e from public.enterprises where id = (p_event->>'enterpriseId')::uuid;
  if e.id is null or not e.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  is_leader := (app.membership_for(array['leader', 'administrator'], e.scope)).id is not null;
  if not is_leader and ((app.membership_for(array['inspector'], e.scope)).id is null or p_event->>'corrects' is not null
    or p_event->>'kind' not in ('meeting.absent', 'duty.unfulfilled', 'violation.found')) then return app.refusal('permission.role'); end if;
  if p_event->>'id' is null then return app.refusal('request.invalid', null, 'id'); end if;
  problem := app.event_problem(p_event, e);
  if problem is not null then return problem; end if;
  perform app.lock_account(e.id);
  r.id := (p_event->>'id')::uuid; r.enterprise_id := e.id; r.scope := e.scope; r.kind := p_event->>'kind'; r.occurred_on := (p_event->>'occurredOn')::date;
  r.document_number := nullif(trim(p_event->>'documentNumber'), ''); r.authority := nullif(trim(p_event->>'authority'), '');
  r.description := trim(p_event->>'description'); r.points := (p_event->>'points')::numeric; r.conditions := coalesce(p_event->'conditions', '{}');
  if r.kind = 'accident.happened' then r.deaths := (p_event->>'deaths')::int; r.injuries := (p_event->>'injuries')::int; end if;
  r.inspection_id := (p_event->>'inspectionId')::uuid; r.corrects := (p_event->>'corrects')::uuid;
  r.state := 'proposed'; r.registered_at := app.now(); r.registered_by := auth.uid();
  select * into known from public.registered_events where id = r.id;
  if known.id is not null then
    return case when (known.enterprise_id, known.registered_by, known.kind, known.occurred_on, known.description, known.document_number, known.points,
        known.deaths, known.injuries, known.conditions) is not distinct from (r.enterprise_id, r.registered_by, r.kind, r.occurred_on, r.description,
        r.document_number, r.points, r.deaths, r.injuries, r.conditions)
      then app.success(jsonb_build_object('id', known.id, 'state', known.state)) else app.refusal('event.known') end;
  end if;
  problem := app.pack_problem(r, app.declared_pack(e));
  if problem is not null then return problem; end if;
  if r.corrects is not null then
    select * into wrong from public.registered_events where id = r.corrects;
    if wrong.id is null or wrong.enterprise_id <> e.id then return app.refusal('not_found'); end if;
    if length(reason) not between 2 and 1000 then return app.refusal('request.invalid', null, 'reason'); end if;
    problem := app.withdrawal_problem(wrong, r);
    if problem is not null then return problem; end if;
  end if;
  insert into public.registered_events values (r.*);
  insert into public.evidence_uses (sha256, scope, enterprise_id, registered_event_id, purpose, position)
  select f, e.scope, e.id, r.id, 'event', n::int from jsonb_array_elements_text(p_event->'evidence') with ordinality as x(f, n);
  if wrong.id is not null then perform app.withdraw(wrong, reason); end if;
  if is_leader then perform app.enter_event(r, e);
  else perform app.append_event('event.proposed', e.scope, e.id, jsonb_build_object('event', r.id, 'kind', r.kind));
  end if;
  return app.success(jsonb_build_object('id', r.id, 'state', case when is_leader then 'entered' else 'proposed' end));
end $$;
grant execute on function public.register_event(jsonb) to authenticated;

-- 采纳 or 不予登记: what an inspector proposed.
create function public.answer_proposed_event(p_event uuid, p_accepts boolean, p_reason text default null) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare r public.registered_events; e public.enterprises; problem jsonb; reason text := trim(coalesce(p_reason, ''));
begin
  select * into r from public.registered_events where id = p_event;
  if r.id is null or not r.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  if (app.membership_for(array['leader', 'administrator'], r.scope)).id is null then return app.refusal('permission.role'); end if;
  if p_accepts is null then return app.refusal('request.invalid', null, 'accepts'); end if;
  perform app.lock_account(r.enterprise_id);
  select * into r from public.registered_events where id = p_event for update;
  if r.state <> 'proposed' then return app.refusal('event.state'); end if;
  select * into e from public.enterprises where id = r.enterprise_id;
  if p_accepts then
    problem := app.pack_problem(r, app.declared_pack(e));
    if problem is not null then return problem; end if;
    perform app.enter_event(r, e);
    return app.success(jsonb_build_object('id', r.id, 'state', 'entered'));
  end if;
  if length(reason) not between 2 and 1000 then return app.refusal('request.invalid', null, 'reason'); end if;
  update public.registered_events set state = 'declined', closed_on = app.today(), closed_by = auth.uid(), closing_reason = reason where id = r.id;
  perform app.append_event('event.declined', r.scope, r.enterprise_id, jsonb_build_object('event', r.id, 'kind', r.kind));
  return app.success(jsonb_build_object('id', r.id, 'state', 'declined'));
end $$;
grant execute on function public.answer_proposed_event(uuid, boolean, text) to authenticated;

-- 撤回: it was entered wrongly and nothing takes its place.
create function public.withdraw_event(p_event uuid, p_reason text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare r public.registered_events; problem jsonb; reason text := trim(coalesce(p_reason, ''));
begin
  select * into r from public.registered_events where id = p_event;
  if r.id is null or not r.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  perform app.lock_account(r.enterprise_id);
  select * into r from public.registered_events where id = p_event for update;
  problem := app.withdrawal_problem(r, null);
  if problem is not null then return problem; end if;
  if length(reason) not between 2 and 1000 then return app.refusal('request.invalid', null, 'reason'); end if;
  perform app.withdraw(r, reason);
  return app.success(jsonb_build_object('id', r.id, 'state', 'withdrawn'));
end $$;
grant execute on function public.withdraw_event(uuid, text) to authenticated;

create function app.event_json(r public.registered_events) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', r.id, 'kind', r.kind, 'occurredOn', r.occurred_on, 'documentNumber', r.document_number, 'authority', r.authority,
    'description', r.description, 'deaths', r.deaths, 'injuries', r.injuries, 'points', r.points, 'conditions', r.conditions, 'inspectionId', r.inspection_id,
    'state', r.state, 'factId', r.fact_id, 'corrects', r.corrects,
    'correctedBy', (select x.id from public.registered_events x where x.corrects = r.id and x.state <> 'declined'),
    'registeredOn', app.shanghai_date(r.registered_at), 'registeredBy', app.member_name(r.registered_by, r.scope),
    'enteredBy', app.member_name(r.entered_by, r.scope), 'isMine', coalesce(r.registered_by = auth.uid(), false),
    'closedOn', r.closed_on, 'closedBy', app.member_name(r.closed_by, r.scope), 'closingReason', r.closing_reason,
    'evidence', (select coalesce(jsonb_agg(jsonb_build_object('sha256', u.sha256, 'mediaType', v.media_type) order by u.position), '[]')
      from public.evidence_uses u join public.evidence v on v.sha256 = u.sha256 where u.registered_event_id = r.id))
$$;

create function app.event_of_fact(p_fact uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$ select app.event_json(r) from public.registered_events r where r.fact_id = p_fact $$;

-- All of one enterprise that the asking user may see, the latest first.
create function public.registered_events_of(p_enterprise uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(app.event_json(r) order by r.occurred_on desc, r.registered_at desc), '[]')
  from public.registered_events r where r.enterprise_id = p_enterprise and app.may_read_event(r)
$$;
grant execute on function public.registered_events_of(uuid) to authenticated;
