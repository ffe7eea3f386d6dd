-- 举报 (安全生产法第七十三条): what the public or somebody's own staff tells, with photos and a place, anonymous or by name. Triaged by
-- who is in charge into a triggered inspection; the one who told follows it by a code. Kept apart from those reported: an enterprise
-- reads none of it, a community worker who lives next door neither, and the name of who told only who is in charge, each time audited.

create table public.tipoffs (
  id uuid primary key,
  scope text collate "C" not null,
  enterprise_id uuid references public.enterprises,
  code_sha256 text not null unique check (code_sha256 ~ '^[0-9a-f]{64}$'),
  origin text not null check (origin in ('public', 'staff')),
  place text not null check (length(place) between 2 and 200),
  description text not null check (length(description) between 5 and 1000),
  longitude double precision,
  latitude double precision,
  accuracy_metres double precision,
  is_named boolean not null,
  state text not null default 'submitted' check (state in ('submitted', 'accepted', 'checked', 'answered', 'transferred', 'dismissed')),
  received_at timestamptz not null default app.now(),
  closed_on date,
  inspection_id uuid references public.inspections,
  steps int not null default 1,
  constraint position_is_whole check ((longitude is null) = (latitude is null)),
  constraint accepted_names_an_enterprise check (state not in ('accepted', 'checked', 'answered') or enterprise_id is not null),
  constraint checked_names_its_inspection check ((state in ('checked', 'answered')) = (inspection_id is not null)),
  constraint closed_on_a_day check ((state in ('answered', 'transferred', 'dismissed')) = (closed_on is not null))
);
comment on table public.tipoffs is '举报. The enterprise is a guess of who told it until somebody has accepted it; every step stands in tipoff_steps.';
create index tipoffs_scope on public.tipoffs (scope, state);
create index tipoffs_accepted on public.tipoffs (enterprise_id) where state = 'accepted';

create table app.tipoff_reporters (
  tipoff_id uuid primary key references public.tipoffs,
  name text not null check (length(name) between 1 and 50),
  phone text not null check (length(phone) between 5 and 30)
);
comment on table app.tipoff_reporters is 'Who told it, where they said so. Outside of what the API shows: read_tipoff_reporter alone tells, and audits it.';

create table public.tipoff_steps (
  tipoff_id uuid not null references public.tipoffs,
  number int not null,
  act text not null check (act in ('submit', 'accept', 'check', 'answer', 'transfer', 'dismiss')),
  at timestamptz not null default app.now(),
  by_id uuid,
  by_name text,
  note text check (length(note) <= 1000),
  reply text check (length(reply) <= 1000),
  primary key (tipoff_id, number)
);
comment on column public.tipoff_steps.note is 'Between colleagues. `reply` is what the one who told it reads under their code.';
create trigger tipoff_steps_append_only before update or delete on public.tipoff_steps for each row execute function app.forbid_change();

create table public.tipoff_photos (
  tipoff_id uuid not null references public.tipoffs,
  position int not null,
  sha256 text not null references public.evidence,
  primary key (tipoff_id, position)
);
comment on table public.tipoff_photos is 'Beside evidence_uses, which the enterprise reads.';
create index tipoff_photos_file on public.tipoff_photos (sha256);

-- Where the asking user inspects.
create function app.inspected_scopes() returns app.scope_multirange
  language sql stable security definer set search_path = ''
as $$
  select coalesce(range_agg(app.below(m.scope)), '{}'::app.scope_multirange) from app.active_memberships() m where m.role = 'inspector'
$$;
grant execute on function app.inspected_scopes() to authenticated;

alter table public.tipoffs enable row level security;
alter table public.tipoff_steps enable row level security;
alter table public.tipoff_photos enable row level security;
grant select (id, scope, enterprise_id, origin, place, description, longitude, latitude, accuracy_metres, is_named, state, received_at, closed_on,
  inspection_id, steps) on public.tipoffs to authenticated;
grant select on public.tipoff_steps, public.tipoff_photos to authenticated;
create policy "who is in charge there, and inspectors once it is accepted" on public.tipoffs for select to authenticated
  using (scope <@ (select app.overseen_scopes()) or (state in ('accepted', 'checked', 'answered') and scope <@ (select app.inspected_scopes())));
create policy "who sees a tip-off sees its course" on public.tipoff_steps for select to authenticated
  using (exists (select 1 from public.tipoffs t where t.id = tipoff_id));
create policy "who sees a tip-off sees its photos" on public.tipoff_photos for select to authenticated
  using (exists (select 1 from public.tipoffs t where t.id = tipoff_id));
create policy "who sees a tip-off sees the files of its photos" on public.evidence for select to authenticated
  using (exists (select 1 from public.tipoff_photos p where p.sha256 = evidence.sha256));

-- The same for functions that read with the rights of their owner.
create function app.may_read_tipoff(t public.tipoffs) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select coalesce(t.scope::text <@ app.overseen_scopes()
    or (t.state in ('accepted', 'checked', 'answered') and t.scope::text <@ app.inspected_scopes()), false)
$$;

-- nextState of src/lib/plan/tipoff/tipoff.ts; null: not from here. `check` is taken by the seal alone.
create function app.tipoff_next(p_state text, p_act text) returns text
  language sql immutable set search_path = ''
as $$
  select case
    when p_act = 'accept' and p_state in ('submitted', 'accepted') then 'accepted'
    when p_act = 'check' and p_state = 'accepted' then 'checked'
    when p_act = 'answer' and p_state = 'checked' then 'answered'
    when p_act = 'transfer' and p_state in ('submitted', 'accepted') then 'transferred'
    when p_act = 'dismiss' and p_state in ('submitted', 'accepted') then 'dismissed'
  end
$$;

-- The event names neither the enterprise nor what was told: an enterprise follows its own events, and this is none of its. It is the
-- street's: a community worker, who may live next door, hears of none.
create function app.note_tipoff(t public.tipoffs, p_act text, p_by uuid, p_name text, p_note text, p_reply text) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  insert into public.tipoff_steps (tipoff_id, number, act, by_id, by_name, note, reply)
  values (t.id, t.steps, p_act, p_by, p_name, nullif(trim(p_note), ''), nullif(trim(p_reply), ''));
  perform app.append_event('tipoff.' || p_act, left(t.scope, greatest(4, length(t.scope) - 4)), null, jsonb_build_object('tipoff', t.id, 'step', t.steps, 'state', t.state));
end $$;

-- Who reads a tip-off about this place: null where nobody is in charge of it.
create function app.tipoff_scope(p_enterprise uuid, p_area text, p_longitude float8, p_latitude float8) returns text
  language sql stable security definer set search_path = ''
as $$
  select x.scope from (
    select 1 as turn, e.scope::text from public.enterprises e where e.id = p_enterprise
    union all select 2, a.scope::text from public.areas a where a.scope = p_area collate "C"
    union all select 3, (app.area_at(p_longitude, p_latitude)).scope::text where p_longitude is not null
    union all select 4, min(a.scope)::text from public.areas a where a.level = 'street' having count(*) = 1) x
  where exists (select 1 from public.memberships m where m.ended_at is null and m.role in ('leader', 'administrator') and x.scope collate "C" <@ app.below(m.scope))
  order by x.turn limit 1
$$;

-- A photo of a tip-off that is being written; once it is told, only what was told is sent again. The id is the page's own.
create function public.register_tipoff_evidence(p_tipoff uuid, p_sha256 text, p_bytes bigint, p_media_type text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  if exists (select 1 from public.tipoffs t where t.id = p_tipoff) then
    return case when exists (select 1 from public.tipoff_photos p where p.tipoff_id = p_tipoff and p.sha256 = p_sha256)
      then app.success('{}') else app.refusal('tipoff.state') end;
  end if;
  insert into public.evidence (sha256, bytes, media_type) values (p_sha256, p_bytes, p_media_type) on conflict do nothing;
  insert into public.evidence_uploads (sha256, uploader) values (p_sha256, p_tipoff) on conflict do nothing;
  return app.success('{}');
end $$;
grant execute on function public.register_tipoff_evidence(uuid, text, bigint, text) to service_role;

-- {id, codeSha256, enterprise, area, origin, place, description, longitude, latitude, accuracyMetres, name, phone, photos}. The same
-- again is the same tip-off.
create function public.submit_tipoff(p_tipoff jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare t public.tipoffs; photos jsonb := coalesce(p_tipoff->'photos', '[]'); named boolean := nullif(trim(p_tipoff->>'name'), '') is not null;
begin
  select * into t from public.tipoffs where id = (p_tipoff->>'id')::uuid;
  if t.id is not null then
    return case when t.code_sha256 = p_tipoff->>'codeSha256' and t.place = trim(p_tipoff->>'place') and t.description = trim(p_tipoff->>'description')
      then app.success('{}') else app.refusal('tipoff.state') end;
  end if;
  if length(trim(coalesce(p_tipoff->>'place', ''))) not between 2 and 200 then return app.refusal('request.invalid', null, 'place'); end if;
  if length(trim(coalesce(p_tipoff->>'description', ''))) not between 5 and 1000 then return app.refusal('request.invalid', null, 'description'); end if;
  if named and length(trim(coalesce(p_tipoff->>'phone', ''))) not between 5 and 30 then return app.refusal('request.invalid', null, 'phone'); end if;
  if jsonb_typeof(photos) <> 'array' or jsonb_array_length(photos) > 6 then return app.refusal('request.invalid', null, 'photos'); end if;
  if exists (select 1 from jsonb_array_elements_text(photos) f where not app.has_photo(f, (p_tipoff->>'id')::uuid)) then
    return app.refusal('evidence.not_found');
  end if;
  t.scope := app.tipoff_scope((p_tipoff->>'enterprise')::uuid, p_tipoff->>'area', (p_tipoff->>'longitude')::float8, (p_tipoff->>'latitude')::float8);
  if t.scope is null then return app.refusal('tipoff.nobody_there', null, 'area'); end if;
  insert into public.tipoffs (id, scope, enterprise_id, code_sha256, origin, place, description, longitude, latitude, accuracy_metres, is_named)
  values ((p_tipoff->>'id')::uuid, t.scope, (select e.id from public.enterprises e where e.id = (p_tipoff->>'enterprise')::uuid), p_tipoff->>'codeSha256',
    p_tipoff->>'origin', trim(p_tipoff->>'place'), trim(p_tipoff->>'description'), (p_tipoff->>'longitude')::float8, (p_tipoff->>'latitude')::float8,
    (p_tipoff->>'accuracyMetres')::float8, named) returning * into t;
  if named then
    insert into app.tipoff_reporters (tipoff_id, name, phone) values (t.id, left(trim(p_tipoff->>'name'), 50), trim(p_tipoff->>'phone'));
  end if;
  insert into public.tipoff_photos (tipoff_id, position, sha256)
  select t.id, n, f from jsonb_array_elements_text(photos) with ordinality as x(f, n);
  perform app.note_tipoff(t, 'submit', null, null, null, null);
  return app.success('{}');
end $$;
grant execute on function public.submit_tipoff(jsonb) to service_role;

-- What the one who told it reads: what was done, never by whom.
create function public.follow_tipoff(p_code_sha256 text) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce((select app.success(jsonb_build_object('state', t.state, 'place', t.place, 'receivedAt', app.instant_text(t.received_at),
      'course', (select jsonb_agg(jsonb_build_object('act', s.act, 'at', app.instant_text(s.at), 'reply', s.reply) order by s.number)
        from public.tipoff_steps s where s.tipoff_id = t.id)))
    from public.tipoffs t where t.code_sha256 = p_code_sha256), app.refusal('tipoff.unknown'))
$$;
grant execute on function public.follow_tipoff(text) to service_role;

-- The name that a plate's page may say back, and the places that can be chosen.
create function public.tipoff_places(p_enterprise uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('enterprise', (select jsonb_build_object('id', e.id, 'name', e.name, 'address', e.address)
      from public.enterprises e where e.id = p_enterprise and e.status = 'operating'),
    'areas', (select coalesce(jsonb_agg(jsonb_build_object('scope', a.scope, 'name', v.name, 'level', a.level) order by a.scope), '[]')
      from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null where a.level in ('street', 'community')))
$$;
grant execute on function public.tipoff_places(uuid) to service_role;

-- p_filter: state (a state | open | all), q. Twenty a page, the oldest open first.
create function public.tipoff_rows(p_filter jsonb, p_page int default 1) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with mine as (
    select t.* from public.tipoffs t where (t.scope <@ (select app.overseen_scopes())
      or (t.state in ('accepted', 'checked', 'answered') and t.scope <@ (select app.inspected_scopes())))
      and (p_filter->>'q' is null or strpos(lower(t.place || t.description), lower(p_filter->>'q')) > 0)
  ), matching as (
    select m.*, row_number() over (order by (m.closed_on is not null), case when m.closed_on is null then m.received_at end, m.received_at desc, m.id) as turn
    from mine m where case coalesce(p_filter->>'state', 'open') when 'all' then true when 'open' then m.closed_on is null else m.state = p_filter->>'state' end
  )
  select jsonb_build_object('today', app.today(), 'total', (select count(*) from matching),
    'counts', (select jsonb_build_object('open', count(*) filter (where m.closed_on is null), 'submitted', count(*) filter (where m.state = 'submitted'),
      'accepted', count(*) filter (where m.state = 'accepted'), 'checked', count(*) filter (where m.state = 'checked'), 'all', count(*)) from mine m),
    'rows', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'place', m.place, 'description', m.description, 'state', m.state, 'origin', m.origin,
      'isNamed', m.is_named, 'receivedAt', app.instant_text(m.received_at), 'community', app.scope_name(m.scope),
      'photos', (select count(*) from public.tipoff_photos p where p.tipoff_id = m.id)) order by m.turn), '[]')
      from matching m where m.turn > (greatest(p_page, 1) - 1) * 20 and m.turn <= greatest(p_page, 1) * 20))
$$;
grant execute on function public.tipoff_rows(jsonb, int) to authenticated;

-- Sites that may be meant: named like the words, or within some 200 metres of the place that was given.
create function app.tipoff_candidates(t public.tipoffs, p_words text) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name, 'address', x.address, 'distanceMetres', x.metres) order by x.turn, x.metres nulls last, x.name), '[]')
  from (
    select e.id, e.name, e.address, (e.id is distinct from t.enterprise_id)::int as turn,
      round(extensions.st_distance(e.location::extensions.geography, extensions.st_setsrid(extensions.st_makepoint(t.longitude, t.latitude), 4326)::extensions.geography)) as metres
    from public.enterprises e
    where e.status = 'operating' and e.scope <@ (select app.visible_scopes()) and (e.id = t.enterprise_id
      or (length(trim(p_words)) > 1 and (strpos(lower(e.name), lower(trim(p_words))) > 0 or e.credit_code = upper(trim(p_words))))
      or (t.longitude is not null and e.longitude between t.longitude - 0.002 and t.longitude + 0.002 and e.latitude between t.latitude - 0.002 and t.latitude + 0.002))
    order by turn, metres nulls last, e.name limit 12) x
$$;

create function public.read_tipoff(p_id uuid, p_words text) returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
declare t public.tipoffs; decides boolean;
begin
  select * into t from public.tipoffs where id = p_id;
  if t.id is null or not app.may_read_tipoff(t) then return app.refusal('not_found'); end if;
  decides := t.scope::text <@ app.overseen_scopes();
  return app.success(jsonb_build_object('id', t.id, 'place', t.place, 'description', t.description, 'state', t.state, 'origin', t.origin, 'isNamed', t.is_named,
    'receivedAt', app.instant_text(t.received_at), 'community', app.scope_name(t.scope), 'longitude', t.longitude, 'latitude', t.latitude,
    'accuracyMetres', t.accuracy_metres, 'inspectionId', t.inspection_id, 'steps', t.steps, 'mayDecide', decides,
    'enterprise', (select jsonb_build_object('id', e.id, 'name', e.name, 'address', e.address) from public.enterprises e where e.id = t.enterprise_id),
    'candidates', case when decides and t.state in ('submitted', 'accepted') then app.tipoff_candidates(t, coalesce(nullif(trim(p_words), ''), t.place)) else '[]' end,
    'photos', (select coalesce(jsonb_agg(p.sha256 order by p.position), '[]') from public.tipoff_photos p where p.tipoff_id = t.id),
    'course', (select jsonb_agg(jsonb_build_object('number', s.number, 'act', s.act, 'at', app.instant_text(s.at), 'by', s.by_name, 'note', s.note,
      'reply', s.reply) order by s.number) from public.tipoff_steps s where s.tipoff_id = t.id)));
end $$;
grant execute on function public.read_tipoff(uuid, text) to authenticated;

-- Each look at the name is written down (个人信息保护法第五十一条).
create function public.read_tipoff_reporter(p_id uuid) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare t public.tipoffs; r app.tipoff_reporters;
begin
  select * into t from public.tipoffs where id = p_id;
  if t.id is null or not app.may_read_tipoff(t) then return app.refusal('not_found'); end if;
  if not t.scope::text <@ app.overseen_scopes() then
    perform app.audit(auth.uid(), 'tipoff.reporter', t.id::text, false, t.scope, '{}');
    return app.refusal('permission.role');
  end if;
  select * into r from app.tipoff_reporters where tipoff_id = t.id;
  if r.tipoff_id is null then return app.refusal('not_found'); end if;
  perform app.audit(auth.uid(), 'tipoff.reporter', t.id::text, true, t.scope, '{}');
  return app.success(jsonb_build_object('name', r.name, 'phone', r.phone));
end $$;
grant execute on function public.read_tipoff_reporter(uuid) to authenticated;

-- One step of who is in charge: {act, seen, enterprise, note, reply}. seen: how many steps the page showed.
create function public.step_tipoff(p_id uuid, p_step jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare t public.tipoffs; act text := p_step->>'act'; next text; e public.enterprises; reply text := trim(coalesce(p_step->>'reply', ''));
begin
  select * into t from public.tipoffs where id = p_id for update;
  if t.id is null or not app.may_read_tipoff(t) then return app.refusal('not_found'); end if;
  if coalesce(act, '') not in ('accept', 'answer', 'transfer', 'dismiss') then return app.refusal('request.invalid', null, 'act'); end if;
  if not t.scope::text <@ app.overseen_scopes() then return app.refusal('permission.role'); end if;
  next := app.tipoff_next(t.state, act);
  if next is null or (p_step->>'seen')::int is distinct from t.steps then return app.refusal('tipoff.state'); end if;
  if length(reply) > 1000 or (act <> 'accept' and length(reply) < 2) then return app.refusal('request.invalid', null, 'reply'); end if;
  if length(coalesce(p_step->>'note', '')) > 1000 then return app.refusal('request.invalid', null, 'note'); end if;
  if act = 'accept' then
    select * into e from public.enterprises where id = (p_step->>'enterprise')::uuid and status = 'operating';
    if e.id is null or not e.scope::text <@ app.overseen_scopes() then return app.refusal('request.invalid', null, 'enterprise'); end if;
  end if;
  update public.tipoffs set state = next, steps = steps + 1, enterprise_id = coalesce(e.id, enterprise_id), scope = coalesce(e.scope, scope),
    closed_on = case when next in ('answered', 'transferred', 'dismissed') then app.today() end where id = t.id returning * into t;
  perform app.note_tipoff(t, act, auth.uid(), (app.membership_for(array['leader', 'administrator'], t.scope)).display_name, p_step->>'note', reply);
  return app.success(jsonb_build_object('state', next));
end $$;
grant execute on function public.step_tipoff(uuid, jsonb) to authenticated;

-- Called by the seal: an inspection of the place has looked at what was told before it.
create function app.check_tipoffs(i public.inspections) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare t public.tipoffs;
begin
  if i.track = 'C' then return; end if;
  for t in update public.tipoffs x set state = 'checked', inspection_id = i.id, steps = x.steps + 1
    where x.enterprise_id = i.enterprise_id and x.state = 'accepted' and x.received_at <= i.ended_at returning x.* loop
    perform app.note_tipoff(t, 'check', i.inspector_id, i.inspector_name, null, null);
  end loop;
end $$;
