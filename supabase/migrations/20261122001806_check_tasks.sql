-- 任务核验码, in the manner of 检查码 (never called official): who checks what, why and under which law, shown to the enterprise
-- before the check; the result after the seal; then 「评价本次检查」, read by who is in charge and never by who was rated.

insert into public.settings (scope, key, value) values ('', 'rating.days', '30');

create table public.check_tasks (
  id uuid primary key,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  agency_id uuid not null references public.agencies,
  kind text not null check (kind in ('planned', 'random', 'triggered', 'recheck', 'campaign')),
  task_source text check (length(task_source) between 1 and 100),
  opened_by uuid not null,
  companion_id uuid,
  officers jsonb not null,
  checklists jsonb not null,
  track text not null check (track in ('A', 'B', 'C')),
  authority text,
  nth_of_year int not null check (nth_of_year > 0),
  opened_at timestamptz not null default app.now(),
  stated_at timestamptz not null default app.now(),
  statements int not null default 1,
  token_sha256 text not null unique check (token_sha256 ~ '^[0-9a-f]{64}$')
);
comment on table public.check_tasks is 'What is announced of a check before it begins; id is the inspection''s, made by the phone. The enterprise reads it by the code that it is shown, not before: a check may be unannounced.';
comment on column public.check_tasks.officers is '[{userId, name, role, licence, licenceValidUntil}] as their memberships stood when it was last stated.';
comment on column public.check_tasks.checklists is '[{id, name, version, isSample}]: the lists pinned on the phone.';
comment on column public.check_tasks.track is 'Expected: what these people, this agency and consent to e-delivery would make it. The seal decides.';
comment on column public.check_tasks.authority is '检查依据 of that track in the agency''s template; null: the shipped wording.';
comment on column public.check_tasks.statements is 'How often it was stated: reason, kind or companion may be put right until the seal, and the page says so.';
create index check_tasks_scope on public.check_tasks (scope, opened_at desc);
create index check_tasks_enterprise on public.check_tasks (enterprise_id);

create table public.check_ratings (
  id uuid primary key default gen_random_uuid(),
  task_id uuid not null unique references public.check_tasks,
  scope text collate "C" not null,
  enterprise_id uuid not null references public.enterprises,
  inspection_id uuid not null references public.inspections,
  officer_ids uuid[] not null,
  overall int not null check (overall between 1 and 5),
  showed_certificate boolean not null,
  followed_checklist boolean not null,
  conducted_properly boolean not null,
  comment text check (length(comment) between 1 and 500),
  rated_on date not null default app.today()
);
comment on table public.check_ratings is 'One for each check, without a name. Append-only.';
comment on column public.check_ratings.officer_ids is 'Who was rated: they never read it, whatever else they are.';
comment on column public.check_ratings.rated_on is 'A day, not an instant: the minute would tell who held the phone.';
create index check_ratings_scope on public.check_ratings (scope, rated_on desc);
create trigger check_ratings_append_only before update or delete on public.check_ratings for each row execute function app.forbid_change();

alter table public.check_tasks enable row level security;
alter table public.check_ratings enable row level security;
grant select (id, scope, enterprise_id, agency_id, kind, task_source, opened_by, companion_id, officers, checklists, track, authority,
  nth_of_year, opened_at, stated_at, statements) on public.check_tasks to authenticated;
grant select on public.check_ratings to authenticated;
create policy "staff see the tasks of their scope" on public.check_tasks for select to authenticated
  using (scope <@ (select app.visible_scopes()));
create policy "who is in charge there reads a rating, never who was rated" on public.check_ratings for select to authenticated
  using (scope <@ (select app.overseen_scopes()) and (select auth.uid()) <> all (officer_ids));

-- ── The inspector opens it ─────────────────────────────────────────────────────────────────────────
create function app.task_officer(m public.memberships) returns jsonb
  language sql immutable set search_path = ''
as $$
  select jsonb_build_object('userId', m.user_id, 'name', m.display_name, 'role', m.role, 'licence', m.licence_number,
    'licenceValidUntil', m.licence_valid_until)
$$;

-- p_task: {id, enterpriseId, kind, taskSource, companionId, checklistVersionIds, tokenSha256}. Stated again by who opened it, it
-- says the new thing until the seal; the same again is the same, and tells nobody anything.
create function public.open_check_task(p_task jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  new_id uuid := (p_task->>'id')::uuid; source text := nullif(trim(p_task->>'taskSource'), ''); lists jsonb := coalesce(p_task->'checklistVersionIds', '[]');
  e public.enterprises; a public.agencies; m public.memberships; companion public.memberships; standing public.check_tasks; t public.check_tasks;
begin
  select * into e from public.enterprises where id = (p_task->>'enterpriseId')::uuid;
  m := app.membership_for(array['inspector', 'community_worker'], e.scope);
  if e.id is null or m.id is null then return app.refusal('permission.area'); end if;
  if new_id is null then return app.refusal('request.invalid', null, 'id'); end if;
  if coalesce(p_task->>'tokenSha256', '') !~ '^[0-9a-f]{64}$' then return app.refusal('request.invalid', null, 'tokenSha256'); end if;
  if coalesce(p_task->>'kind', '') not in ('planned', 'random', 'triggered', 'recheck', 'campaign') then return app.refusal('request.invalid', null, 'kind'); end if;
  if length(source) > 100 then return app.refusal('request.invalid', null, 'taskSource'); end if;
  if p_task->>'kind' = 'recheck' and m.role = 'community_worker' then return app.refusal('permission.track'); end if;
  if p_task->>'companionId' is not null then
    companion := app.membership_of((p_task->>'companionId')::uuid, array['inspector'], e.scope);
    if companion.id is null or companion.user_id = m.user_id or m.role <> 'inspector' then return app.refusal('request.invalid', null, 'companionId'); end if;
  end if;
  if (select count(*) from public.checklist_versions v where to_jsonb(v.id::text) <@ lists)
    <> (select count(distinct x) from jsonb_array_elements_text(lists) x) then
    return app.refusal('inspection.checklist_version');
  end if;
  -- The seal of this inspection takes the same lock.
  perform pg_advisory_xact_lock(hashtextextended(new_id::text, 1));
  select * into standing from public.check_tasks where id = new_id;
  if standing.id is not null and (standing.opened_by <> m.user_id or standing.enterprise_id <> e.id) then
    return app.refusal('request.invalid', null, 'id');
  end if;
  if exists (select 1 from public.inspections i where i.id = new_id) then
    -- 先赋码，后检查: no code is made for what is over, and what was announced stays as it was.
    if standing.id is null then return app.refusal('inspection.already_sealed'); end if;
    return app.success(app.opened_task(standing));
  end if;
  select * into a from public.agencies where id = m.agency_id;
  t := standing;
  t.id := new_id; t.scope := e.scope; t.enterprise_id := e.id; t.agency_id := a.id; t.kind := p_task->>'kind'; t.task_source := source;
  t.opened_by := m.user_id; t.companion_id := companion.user_id; t.token_sha256 := p_task->>'tokenSha256';
  t.officers := jsonb_build_array(app.task_officer(m)) || case when companion.id is null then '[]' else jsonb_build_array(app.task_officer(companion)) end;
  t.checklists := (select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'name', c.name_zh, 'version', v.version, 'isSample', v.is_sample) order by c.kind, c.code), '[]')
    from public.checklist_versions v join public.checklists c on c.id = v.checklist_id where to_jsonb(v.id::text) <@ lists);
  -- Consent to e-delivery (行政处罚法第六十一条) is asked at the end: expected here.
  t.track := app.decide_track(a, m, companion, true, app.today());
  t.authority := nullif(trim(a.template->'authority'->>t.track), '');
  -- As the seal counts: rechecks are not among the checks of a year.
  select 1 + count(*) into t.nth_of_year from public.inspections x
  where x.enterprise_id = e.id and x.outcome = 'checked' and x.track in ('A', 'B') and x.kind <> 'recheck'
    and date_trunc('year', x.inspected_on) = date_trunc('year', app.today());
  if t is not distinct from standing then return app.success(app.opened_task(standing)); end if;
  t.opened_at := coalesce(standing.opened_at, app.now()); t.stated_at := app.now(); t.statements := coalesce(standing.statements, 0) + 1;
  delete from public.check_tasks where id = new_id;
  insert into public.check_tasks select t.*;
  -- Without the enterprise, which follows its own events: a check may be unannounced.
  perform app.append_event('task.opened', t.scope, null, jsonb_build_object('inspectionId', t.id, 'statements', t.statements));
  return app.success(app.opened_task(t));
end $$;
grant execute on function public.open_check_task(jsonb) to authenticated;

create function app.opened_task(t public.check_tasks) returns jsonb
  language sql stable set search_path = ''
as $$
  select jsonb_build_object('track', t.track, 'nthOfYear', t.nth_of_year, 'openedAt', app.instant_text(t.opened_at), 'statements', t.statements)
$$;

-- ── The page of the code ───────────────────────────────────────────────────────────────────────────
-- It lives as long as the papers' page would: officers' names do not stand open for ever.
create function app.task_by_token(p_token_sha256 text) returns public.check_tasks
  language sql stable security definer set search_path = ''
as $$
  select t from public.check_tasks t where t.token_sha256 = p_token_sha256
    and t.opened_at > app.now() - coalesce((app.setting(t.scope, 'delivery.valid_days') #>> '{}')::int, 180) * interval '1 day'
$$;

-- The sealed visit that the task announced: by the same person, to the same place.
create function app.task_inspection(t public.check_tasks) returns public.inspections
  language sql stable security definer set search_path = ''
as $$
  select i from public.inspections i where i.id = t.id and i.enterprise_id = t.enterprise_id and i.inspector_id = t.opened_by
$$;

create function app.last_rating_day(i public.inspections) returns date
  language sql stable security definer set search_path = ''
as $$ select app.shanghai_date(i.sealed_at) + coalesce((app.setting(i.scope, 'rating.days') #>> '{}')::int, 30) $$;

-- Why this check cannot be rated (now); null: it can. What was no check has nothing to rate.
create function app.rating_problem(t public.check_tasks, i public.inspections) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select case when i.id is null or i.outcome <> 'checked' then app.refusal('rating.not_checked')
    when exists (select 1 from public.check_ratings r where r.task_id = t.id) then app.refusal('rating.given')
    when app.today() > app.last_rating_day(i) then app.refusal('rating.over') end
$$;

-- Figures and numbers, never what was found: who scanned may be anybody who stood by.
create function app.task_result(i public.inspections) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('outcome', i.outcome, 'notCheckedKind', i.not_checked_kind, 'kind', i.kind, 'track', i.track, 'inspectedOn', i.inspected_on,
    'checkedInAt', app.instant_text(i.checked_in_at), 'sealedAt', app.instant_text(i.sealed_at), 'lastRatingDay', app.last_rating_day(i),
    'officers', (select coalesce(jsonb_agg(jsonb_build_object('name', s.name, 'licence', s.licence) order by s.role desc), '[]')
      from public.signatures s where s.inspection_id = i.id and s.role in ('inspector', 'companion')),
    'hazards', (select jsonb_build_object('found', count(*), 'major', count(*) filter (where h.severity = 'major'),
      'onSpot', count(*) filter (where h.measure = 'on_spot')) from public.hazards h where h.inspection_id = i.id and h.state <> 'withdrawn'),
    'rechecked', (select jsonb_build_object('passed', count(*) filter (where h.to_state <> 'open'), 'failed', count(*) filter (where h.to_state = 'open'))
      from public.hazard_transitions h where h.cause_kind = 'inspection' and h.cause_id = i.id and h.from_state is not null),
    'documents', (select coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'track', d.track, 'numberText', d.number_text, 'state', d.state)
      order by d.record_position, d.kind), '[]') from public.documents d where d.inspection_id = i.id))
$$;

-- Reading changes nothing.
create function public.read_check_task(p_token_sha256 text) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare t public.check_tasks := app.task_by_token(p_token_sha256); i public.inspections; a public.agencies;
begin
  if t.id is null then return app.refusal('task.unknown'); end if;
  i := app.task_inspection(t);
  select * into a from public.agencies where id = t.agency_id;
  return app.success(jsonb_build_object('enterpriseName', (select e.name from public.enterprises e where e.id = t.enterprise_id),
    'agency', jsonb_build_object('name', a.name, 'contact', a.template->'contact', 'isSample', a.is_sample),
    'officers', (select jsonb_agg(x - 'userId' order by n) from jsonb_array_elements(t.officers) with ordinality as y(x, n)),
    'kind', t.kind, 'taskSource', t.task_source, 'checklists', t.checklists, 'track', t.track, 'authority', t.authority, 'nthOfYear', t.nth_of_year,
    'openedAt', app.instant_text(t.opened_at), 'statedAt', app.instant_text(t.stated_at), 'statements', t.statements,
    'today', app.today(), 'result', case when i.id is not null then app.task_result(i) end,
    'ratingProblem', app.rating_problem(t, i)->'problem'->>'code'));
end $$;
grant execute on function public.read_check_task(text) to service_role;

-- What a rating says, for the hash that its event carries.
create function app.rating_text(r public.check_ratings) returns text
  language sql immutable set search_path = ''
as $$
  select jsonb_build_object('id', r.id, 'task', r.task_id, 'officers', r.officer_ids, 'overall', r.overall, 'showedCertificate', r.showed_certificate,
    'followedChecklist', r.followed_checklist, 'conductedProperly', r.conducted_properly, 'comment', r.comment, 'ratedOn', r.rated_on)::text
$$;

-- p_rating: {overall, showedCertificate, followedChecklist, conductedProperly, comment}. Once for each check.
create function public.rate_check(p_token_sha256 text, p_rating jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare t public.check_tasks := app.task_by_token(p_token_sha256); i public.inspections; r public.check_ratings; words text := nullif(trim(p_rating->>'comment'), '');
begin
  if t.id is null then return app.refusal('task.unknown'); end if;
  perform 1 from public.check_tasks where id = t.id for update;
  i := app.task_inspection(t);
  if app.rating_problem(t, i) is not null then return app.rating_problem(t, i); end if;
  if coalesce(p_rating->>'overall', '') !~ '^[1-5]$' then return app.refusal('request.invalid', null, 'overall'); end if;
  if exists (select 1 from unnest(array['showedCertificate', 'followedChecklist', 'conductedProperly']) k
    where coalesce(jsonb_typeof(p_rating->k), '') <> 'boolean') then return app.refusal('request.invalid', null, 'questions'); end if;
  if length(words) > 500 then return app.refusal('request.invalid', null, 'comment'); end if;
  insert into public.check_ratings (task_id, scope, enterprise_id, inspection_id, officer_ids, overall, showed_certificate, followed_checklist,
    conducted_properly, comment)
  values (t.id, t.scope, t.enterprise_id, i.id,
    (select array_agg(distinct u) from unnest(array[i.inspector_id, i.companion_id, t.opened_by, t.companion_id]) u where u is not null),
    (p_rating->>'overall')::int, (p_rating->>'showedCertificate')::boolean, (p_rating->>'followedChecklist')::boolean,
    (p_rating->>'conductedProperly')::boolean, words) returning * into r;
  -- At the top and without the check: who was rated follows the feed of their own place and must not learn that they were.
  perform app.append_event('rating.given', '', null, jsonb_build_object('rating', r.id, 'ratingSha256', app.sha256_hex(app.rating_text(r))));
  return app.success('{}');
end $$;
grant execute on function public.rate_check(text, jsonb) to service_role;

-- ── Who is in charge reads ─────────────────────────────────────────────────────────────────────────
-- Rows by day, figures by month and question; in the asking user's own name, so that the policies decide. Nobody is ranked.
create function public.rating_rows(p_filter jsonb, p_page int default 1) returns jsonb
  language sql stable security invoker set search_path = ''
as $$
  with visible as (
    select r.*, r.overall <= 2 or not (r.showed_certificate and r.followed_checklist and r.conducted_properly) as is_critical
    from public.check_ratings r
    where (p_filter->>'community' is null or starts_with(r.scope, p_filter->>'community'))
  ), matching as (
    select v.*, row_number() over (order by v.rated_on desc, v.id) as place from visible v
    where p_filter->>'show' is distinct from 'critical' or v.is_critical
  ), checks as (
    select to_char(i.inspected_on, 'YYYY-MM') as month, count(*)::int as checks
    from public.check_tasks t join public.inspections i on i.id = t.id
    where i.outcome = 'checked' and (select auth.uid()) not in (t.opened_by, coalesce(t.companion_id, t.opened_by))
      and t.scope <@ (select app.overseen_scopes()) and (p_filter->>'community' is null or starts_with(t.scope, p_filter->>'community'))
    group by 1
  ), rated as (
    select to_char(i.inspected_on, 'YYYY-MM') as month, count(*)::int as ratings, round(avg(v.overall), 1) as overall,
      count(*) filter (where v.showed_certificate)::int as showed, count(*) filter (where v.followed_checklist)::int as followed,
      count(*) filter (where v.conducted_properly)::int as conducted
    from visible v join public.inspections i on i.id = v.inspection_id group by 1
  )
  select jsonb_build_object('total', (select count(*) from matching),
    'counts', (select jsonb_build_object('all', count(*), 'critical', count(*) filter (where is_critical)) from visible),
    'months', coalesce((select jsonb_agg(jsonb_build_object('month', x.month, 'checks', coalesce(c.checks, 0), 'ratings', coalesce(r.ratings, 0), 'overall', r.overall,
        'showedCertificate', coalesce(r.showed, 0), 'followedChecklist', coalesce(r.followed, 0), 'conductedProperly', coalesce(r.conducted, 0)) order by x.month desc)
      from (select month from checks union select month from rated order by month desc limit 12) x left join checks c using (month) left join rated r using (month)), '[]'),
    'rows', coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'inspectionId', m.inspection_id, 'enterpriseId', m.enterprise_id, 'enterpriseName', e.name,
        'inspectedOn', i.inspected_on, 'ratedOn', m.rated_on, 'kind', i.kind, 'overall', m.overall, 'showedCertificate', m.showed_certificate,
        'followedChecklist', m.followed_checklist, 'conductedProperly', m.conducted_properly, 'comment', m.comment) order by m.place)
      from matching m join public.enterprises e on e.id = m.enterprise_id join public.inspections i on i.id = m.inspection_id
      where m.place > (greatest(p_page, 1) - 1) * 50 and m.place <= greatest(p_page, 1) * 50), '[]'))
$$;
grant execute on function public.rating_rows(jsonb, int) to authenticated;
