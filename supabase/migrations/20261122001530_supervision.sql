-- 督办: a leader asks a colleague, in words and with a deadline, to see to a matter of an enterprise, or to how an area does its
-- work (督查, CM-9). Answered with words and photos, accepted or returned, withdrawn with a reason. Between colleagues: the
-- enterprise reads none of it.

create table public.supervisions (
  id uuid primary key,
  scope text collate "C" not null,
  enterprise_id uuid references public.enterprises,
  kind text not null check (kind in ('major', 'overdue', 'appeal', 'band', 'pending', 'event', 'unpublished', 'measure_overdue', 'measure',
    'report', 'submitted', 'other', 'execution')),
  hazard_ids uuid[] not null default '{}',
  demand text not null check (length(demand) between 2 and 1000),
  state text not null default 'assigned' check (state in ('assigned', 'extension_requested', 'answered', 'accepted', 'withdrawn')),
  deadline date not null,
  asked_deadline date,
  owner_id uuid not null,
  owner_name text not null,
  issued_by uuid not null,
  issuer_name text not null,
  issued_scope text collate "C" not null,
  issued_on date not null,
  answered_on date,
  closed_on date,
  steps int not null default 1,
  constraint about_an_enterprise_or_an_area check ((kind = 'execution') = (enterprise_id is null)),
  constraint not_to_oneself check (owner_id <> issued_by),
  constraint closed_on_a_day check ((state in ('accepted', 'withdrawn')) = (closed_on is not null)),
  constraint extension_names_a_day check ((state = 'extension_requested') = (asked_deadline is not null))
);
comment on table public.supervisions is '督办. Overdue is derived from the deadline; every step stands in supervision_steps.';
comment on column public.supervisions.issued_scope is 'Where the one who asks is in charge: who decides is in charge of at least as much, so that nobody accepts for the level above.';
comment on column public.supervisions.answered_on is 'The last answer; one that was returned is asked for again.';
create index supervisions_scope on public.supervisions (scope, state);
create index supervisions_owner on public.supervisions (owner_id) where closed_on is null;
create index supervisions_enterprise on public.supervisions (enterprise_id) where closed_on is null;
create unique index supervisions_once on public.supervisions (coalesce(enterprise_id::text, scope), kind, owner_id) where closed_on is null;

create table public.supervision_steps (
  supervision_id uuid not null references public.supervisions,
  number int not null,
  act text not null check (act in ('assign', 'answer', 'ask_extension', 'grant_extension', 'decline_extension', 'accept', 'return', 'withdraw')),
  at timestamptz not null default app.now(),
  by_id uuid not null,
  by_name text not null,
  note text,
  deadline date,
  primary key (supervision_id, number)
);
comment on table public.supervision_steps is 'Append-only course of a 督办. deadline: the one given or asked for by this step.';
create trigger supervision_steps_append_only before update or delete on public.supervision_steps for each row execute function app.forbid_change();

create table public.supervision_photos (
  supervision_id uuid not null,
  step_number int not null,
  position int not null,
  sha256 text not null references public.evidence,
  primary key (supervision_id, step_number, position),
  foreign key (supervision_id, step_number) references public.supervision_steps
);
comment on table public.supervision_photos is 'Beside evidence_uses, which the enterprise reads.';
create index supervision_photos_file on public.supervision_photos (sha256);

-- Where the asking user is in charge.
create function app.overseen_scopes() returns app.scope_multirange
  language sql stable security definer set search_path = ''
as $$
  select coalesce(range_agg(app.below(m.scope)), '{}'::app.scope_multirange)
  from app.active_memberships() m where m.role in ('leader', 'administrator')
$$;
grant execute on function app.overseen_scopes() to authenticated;

alter table public.supervisions enable row level security;
alter table public.supervision_steps enable row level security;
alter table public.supervision_photos enable row level security;
grant select on public.supervisions, public.supervision_steps, public.supervision_photos to authenticated;
create policy "who is in charge there sees it, and who is asked" on public.supervisions for select to authenticated
  using (scope <@ (select app.overseen_scopes()) or (owner_id = (select auth.uid()) and scope <@ (select app.visible_scopes())));
create policy "who sees a supervision sees its course" on public.supervision_steps for select to authenticated
  using (exists (select 1 from public.supervisions s where s.id = supervision_id));
create policy "who sees a supervision sees its photos" on public.supervision_photos for select to authenticated
  using (exists (select 1 from public.supervisions s where s.id = supervision_id));
create policy "who sees a supervision sees the files of its photos" on public.evidence for select to authenticated
  using (exists (select 1 from public.supervision_photos p where p.sha256 = evidence.sha256));

-- The same for functions that read with the rights of their owner.
create function app.may_read_supervision(s public.supervisions) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select coalesce(s.scope::text <@ app.overseen_scopes() or (s.owner_id = auth.uid() and s.scope::text <@ app.visible_scopes()), false)
$$;
create function app.may_decide_supervision(s public.supervisions) returns boolean
  language sql stable security definer set search_path = ''
as $$ select coalesce(s.owner_id <> auth.uid() and s.issued_scope::text <@ app.overseen_scopes(), false) $$;

-- nextState of src/lib/plan/supervision/supervision.ts; null: not from here.
create function app.supervision_next(p_state text, p_act text) returns text
  language sql immutable set search_path = ''
as $$
  select case
    when p_act = 'answer' and p_state in ('assigned', 'extension_requested') then 'answered'
    when p_act = 'ask_extension' and p_state = 'assigned' then 'extension_requested'
    when p_act in ('grant_extension', 'decline_extension') and p_state = 'extension_requested' then 'assigned'
    when p_act = 'accept' and p_state = 'answered' then 'accepted'
    when p_act = 'return' and p_state = 'answered' then 'assigned'
    when p_act = 'withdraw' and p_state in ('assigned', 'extension_requested', 'answered') then 'withdrawn'
  end
$$;

-- What a step says, for `verify`: with the first of them what was asked of whom, with each how it stood then.
create function app.supervision_step_text(t public.supervision_steps, p_state text) returns text
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('supervision', t.supervision_id, 'number', t.number, 'act', t.act, 'at', app.instant_text(t.at), 'by', t.by_id, 'byName', t.by_name,
    'note', t.note, 'deadline', t.deadline, 'state', p_state,
    'photos', (select coalesce(jsonb_agg(p.sha256 order by p.position), '[]') from public.supervision_photos p
      where p.supervision_id = t.supervision_id and p.step_number = t.number),
    'asked', case when t.number = 1 then (select jsonb_build_object('scope', s.scope, 'enterprise', s.enterprise_id, 'kind', s.kind, 'hazards', s.hazard_ids,
      'demand', s.demand, 'owner', s.owner_id, 'ownerName', s.owner_name, 'issuer', s.issued_by, 'issuerName', s.issuer_name, 'issuedScope', s.issued_scope,
      'issuedOn', s.issued_on)
      from public.supervisions s where s.id = t.supervision_id) end)::text
$$;
-- After the last step it is how the 督办 stands now; after an earlier one what its event says, as which it is hashed.
create function app.supervision_state_after(t public.supervision_steps, p_said text) returns text
  language sql stable security definer set search_path = ''
as $$
  select case when exists (select 1 from public.supervision_steps x where x.supervision_id = t.supervision_id and x.number = t.number + 1) then p_said
    else (select s.state from public.supervisions s where s.id = t.supervision_id and s.steps = t.number) end
$$;

-- The event tells no name, and not the enterprise either: an enterprise follows its own events, and this is none of its.
create function app.note_supervision(s public.supervisions, p_act text, p_by text, p_note text, p_deadline date, p_photos jsonb) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare t public.supervision_steps;
begin
  insert into public.supervision_steps (supervision_id, number, act, by_id, by_name, note, deadline)
  values (s.id, s.steps, p_act, auth.uid(), p_by, nullif(trim(p_note), ''), p_deadline) returning * into t;
  insert into public.supervision_photos (supervision_id, step_number, position, sha256)
  select s.id, s.steps, n, f from jsonb_array_elements_text(p_photos) with ordinality as x(f, n);
  perform app.append_event('supervision.' || p_act, s.scope, null, jsonb_build_object('supervision', s.id, 'step', s.steps, 'state', s.state,
    'stepSha256', app.sha256_hex(app.supervision_step_text(t, s.state))));
end $$;

-- Whom the asking user may ask about what lies at a scope: colleagues below their own place who look after it, never themselves.
create function app.supervision_owners(p_scope text) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('userId', w.user_id, 'name', w.display_name, 'role', w.role)
      order by array_position(array['inspector', 'community_worker', 'leader', 'administrator'], w.role), w.display_name, w.user_id), '[]')
  from (select distinct on (x.user_id) x.* from public.memberships x
    where x.ended_at is null and x.role <> 'principal' and x.user_id <> auth.uid() and p_scope collate "C" <@ app.below(x.scope)
      and exists (select 1 from app.active_memberships() m where m.role in ('leader', 'administrator') and x.scope <@ app.below(m.scope)
        and p_scope collate "C" <@ app.below(m.scope))
    order by x.user_id, length(x.scope) desc) w
$$;

create function app.scope_name(p_scope text) returns text
  language sql stable security definer set search_path = ''
as $$
  select v.name from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
  where a.scope = p_scope collate "C" limit 1
$$;

create function app.supervision_hazards(p_enterprise uuid, p_only uuid[]) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'inspectionId', h.inspection_id, 'severity', h.severity, 'description', h.description, 'part', h.part,
    'state', h.state, 'deadline', h.deadline, 'isOverdue', coalesce(h.state in ('open', 'rectification_submitted') and h.deadline < (select app.today()), false))
    order by h.severity = 'major' desc, h.deadline nulls last, h.id), '[]')
  from public.hazards h where h.enterprise_id = p_enterprise
    and case when p_only is null then h.state in ('reported', 'open', 'rectification_submitted', 'accepted') else h.id = any (p_only) end
$$;

-- What a matter is about and whom it can be given to, for the form. p_matter: {enterprise} or {scope}.
create function public.supervision_matter(p_matter jsonb) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare e public.enterprises; at_scope text := p_matter->>'scope';
begin
  if p_matter->>'enterprise' is not null then
    select * into e from public.enterprises where id = (p_matter->>'enterprise')::uuid;
    at_scope := e.scope;
  end if;
  if at_scope is null or not at_scope <@ (select app.visible_scopes()) or (e.id is null and app.scope_name(at_scope) is null) then return app.refusal('not_found'); end if;
  if not at_scope <@ app.overseen_scopes() then return app.refusal('permission.role'); end if;
  return app.success(jsonb_build_object('today', app.today(), 'scope', at_scope, 'enterpriseId', e.id, 'name', coalesce(e.name, app.scope_name(at_scope)),
    'community', app.community_name(at_scope), 'hazards', case when e.id is null then '[]' else app.supervision_hazards(e.id, null) end,
    'owners', app.supervision_owners(at_scope)));
end $$;
grant execute on function public.supervision_matter(jsonb) to authenticated;

-- p_matter: {kind, enterprise, hazards} or {kind: execution, scope}. The same id again gets the same answer.
create function public.assign_supervision(p_id uuid, p_matter jsonb, p_owner uuid, p_deadline date, p_demand text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare s public.supervisions; about jsonb; m public.memberships; hazards uuid[]; owner jsonb;
begin
  if p_id is null or p_matter is null then return app.refusal('request.invalid'); end if;
  select * into s from public.supervisions where id = p_id;
  if s.id is not null then
    if s.issued_by = auth.uid() then return app.success(jsonb_build_object('id', s.id, 'state', s.state)); end if;
    return app.refusal('request.invalid', null, 'id');
  end if;
  about := public.supervision_matter(p_matter);
  if not (about->>'ok')::boolean then return about; end if;
  about := about->'value';
  if coalesce(p_matter->>'kind', '') not in ('major', 'overdue', 'appeal', 'band', 'pending', 'event', 'unpublished', 'measure_overdue', 'measure',
      'report', 'submitted', 'other', 'execution') or (p_matter->>'kind' = 'execution') <> (about->>'enterpriseId' is null) then
    return app.refusal('request.invalid', null, 'kind');
  end if;
  select x into owner from jsonb_array_elements(about->'owners') x where x->>'userId' = p_owner::text;
  if owner is null then return app.refusal('supervision.owner', null, 'owner'); end if;
  if p_deadline is null or p_deadline not between app.today() and app.today() + 366 then return app.refusal('supervision.deadline', null, 'deadline'); end if;
  if length(trim(coalesce(p_demand, ''))) not between 2 and 1000 then return app.refusal('request.invalid', null, 'demand'); end if;
  select coalesce(array_agg(x::uuid order by x), '{}') into hazards from jsonb_array_elements_text(coalesce(p_matter->'hazards', '[]')) x;
  if exists (select 1 from unnest(hazards) x where x::text not in (select h->>'id' from jsonb_array_elements(about->'hazards') h)) then
    return app.refusal('request.invalid', null, 'hazards');
  end if;
  m := app.membership_for(array['leader', 'administrator'], about->>'scope');
  insert into public.supervisions (id, scope, enterprise_id, kind, hazard_ids, demand, deadline, owner_id, owner_name, issued_by, issuer_name, issued_scope, issued_on)
  values (p_id, about->>'scope', (about->>'enterpriseId')::uuid, p_matter->>'kind', hazards, trim(p_demand), p_deadline, p_owner, owner->>'name', auth.uid(),
    m.display_name, m.scope, app.today())
  on conflict do nothing returning * into s;
  if s.id is null then return app.refusal('supervision.exists'); end if;
  perform app.note_supervision(s, 'assign', m.display_name, p_demand, p_deadline, '[]');
  return app.success(jsonb_build_object('id', s.id, 'state', s.state));
end $$;
grant execute on function public.assign_supervision(uuid, jsonb, uuid, date, text) to authenticated;

-- One step: {act, seen, note, deadline, photos}. seen: how many steps the page showed, so that nobody accepts what they have not read.
create function public.step_supervision(p_id uuid, p_step jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare s public.supervisions; act text := p_step->>'act'; next text; note text := trim(coalesce(p_step->>'note', ''));
  day date := (p_step->>'deadline')::date; photos jsonb := coalesce(p_step->'photos', '[]');
begin
  select * into s from public.supervisions where id = p_id for update;
  if s.id is null or not app.may_read_supervision(s) then return app.refusal('not_found'); end if;
  if coalesce(act, '') not in ('answer', 'ask_extension', 'grant_extension', 'decline_extension', 'accept', 'return', 'withdraw') then
    return app.refusal('request.invalid', null, 'act');
  end if;
  if not (case when act in ('answer', 'ask_extension') then s.owner_id = auth.uid() else app.may_decide_supervision(s) end) then
    return app.refusal('permission.role');
  end if;
  next := app.supervision_next(s.state, act);
  if next is null or (p_step->>'seen')::int is distinct from s.steps then return app.refusal('supervision.state'); end if;
  if length(note) > 1000 or (length(note) < 2 and act not in ('grant_extension', 'accept')) then return app.refusal('request.invalid', null, 'note'); end if;
  if act in ('ask_extension', 'grant_extension', 'return') then
    if day is null or day not between app.today() and app.today() + 366 or (act = 'ask_extension' and day <= s.deadline) then
      return app.refusal('supervision.deadline', null, 'deadline');
    end if;
  else
    day := null;
  end if;
  if jsonb_typeof(photos) <> 'array' or jsonb_array_length(photos) > (case when act = 'answer' then 9 else 0 end) then
    return app.refusal('request.invalid', null, 'photos');
  end if;
  if exists (select 1 from jsonb_array_elements_text(photos) f where not app.has_photo(f, auth.uid())) then return app.refusal('evidence.not_found'); end if;
  update public.supervisions set state = next, steps = steps + 1, asked_deadline = case when act = 'ask_extension' then day end,
    deadline = case when act in ('grant_extension', 'return') then day else deadline end,
    answered_on = case act when 'answer' then app.today() when 'return' then null else answered_on end,
    closed_on = case when next in ('accepted', 'withdrawn') then app.today() end
  where id = s.id returning * into s;
  perform app.note_supervision(s, act, coalesce(app.member_name(auth.uid(), s.scope), ''), note, day, photos);
  return app.success(jsonb_build_object('id', s.id, 'state', s.state));
end $$;
grant execute on function public.step_supervision(uuid, jsonb) to authenticated;

create function app.supervision_row(s public.supervisions) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', s.id, 'kind', s.kind, 'state', s.state, 'enterpriseId', s.enterprise_id,
    'name', coalesce((select e.name from public.enterprises e where e.id = s.enterprise_id), app.scope_name(s.scope)),
    'community', app.community_name(s.scope), 'demand', s.demand, 'deadline', s.deadline, 'askedDeadline', s.asked_deadline, 'ownerName', s.owner_name,
    'issuerName', s.issuer_name, 'issuedOn', s.issued_on, 'answeredOn', s.answered_on, 'closedOn', s.closed_on, 'isMine', s.owner_id = auth.uid(),
    'isOverdue', s.state in ('assigned', 'extension_requested') and s.deadline < (select app.today()), 'mayDecide', app.may_decide_supervision(s))
$$;

-- p_filter: state (open | to_decide | overdue | accepted | withdrawn | all), side (asked | issued), enterprise, community (scope), q.
-- to_decide: answers and requests that wait for the asking user. Most pressing first, 50 a page.
create function public.supervision_rows(p_filter jsonb, p_page int default 1) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with visible as (
    select s.*, app.may_decide_supervision(s) as may_decide, (s.state in ('assigned', 'extension_requested') and s.deadline < (select app.today())) as is_overdue
    from public.supervisions s
    where (s.scope <@ (select app.overseen_scopes()) or (s.owner_id = auth.uid() and s.scope <@ (select app.visible_scopes())))
      and case p_filter->>'side' when 'asked' then s.owner_id = auth.uid() when 'issued' then s.issued_by = auth.uid() else true end
      and (p_filter->>'enterprise' is null or s.enterprise_id = (p_filter->>'enterprise')::uuid)
      and (p_filter->>'community' is null or app.is_below(s.scope, p_filter->>'community'))
      and (p_filter->>'q' is null or strpos(lower(concat_ws(' ', s.demand, s.owner_name, (select e.name from public.enterprises e where e.id = s.enterprise_id))),
        lower(p_filter->>'q')) > 0)
  ), matching as (
    select v.id, row_number() over (order by (v.closed_on is null) desc, v.is_overdue desc, v.closed_on desc, v.deadline, v.issued_on, v.id) as place
    from visible v
    where case coalesce(p_filter->>'state', 'open') when 'all' then true when 'open' then v.closed_on is null
      when 'to_decide' then v.state in ('answered', 'extension_requested') and v.may_decide when 'overdue' then v.is_overdue else v.state = p_filter->>'state' end
  )
  select jsonb_build_object('today', app.today(), 'total', (select count(*) from matching),
    'counts', (select jsonb_build_object('open', count(*) filter (where closed_on is null),
      'to_decide', count(*) filter (where state in ('answered', 'extension_requested') and may_decide), 'overdue', count(*) filter (where is_overdue),
      'accepted', count(*) filter (where state = 'accepted'), 'withdrawn', count(*) filter (where state = 'withdrawn')) from visible),
    'rows', coalesce((select jsonb_agg(app.supervision_row(s) order by x.place) from matching x join public.supervisions s on s.id = x.id
      where x.place > (greatest(p_page, 1) - 1) * 50 and x.place <= greatest(p_page, 1) * 50), '[]'))
$$;
grant execute on function public.supervision_rows(jsonb, int) to authenticated;

-- One with its hazards as they stand now and its whole course.
create function public.read_supervision(p_id uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select app.supervision_row(s) || jsonb_build_object('today', app.today(), 'steps', s.steps,
    'hazards', case when s.enterprise_id is null then '[]' else app.supervision_hazards(s.enterprise_id, s.hazard_ids) end,
    'course', (select jsonb_agg(jsonb_build_object('number', t.number, 'act', t.act, 'at', app.instant_text(t.at), 'by', t.by_name, 'note', t.note, 'deadline', t.deadline,
      'photos', (select coalesce(jsonb_agg(p.sha256 order by p.position), '[]') from public.supervision_photos p
        where p.supervision_id = t.supervision_id and p.step_number = t.number)) order by t.number) from public.supervision_steps t where t.supervision_id = s.id))
  from public.supervisions s where s.id = p_id and app.may_read_supervision(s)
$$;
grant execute on function public.read_supervision(uuid) to authenticated;
