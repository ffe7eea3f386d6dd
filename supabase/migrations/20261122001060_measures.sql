-- Measures (措施) that a band opens: proposed by the machine, ordered by a person with an owner and a deadline, and done
-- with proof or dropped with a reason. Nothing of this is ever ordered by the machine.

create table public.measures (
  id uuid primary key default gen_random_uuid(),
  enterprise_id uuid not null references public.enterprises,
  scope text collate "C" not null,
  pack_id text not null,
  band text not null,
  code text not null,
  name text not null,
  state text not null default 'proposed' check (state in ('proposed', 'ordered', 'done', 'dropped')),
  proposed_on date not null,
  owner_id uuid,
  owner_name text,
  deadline date,
  order_note text,
  ordered_on date,
  ordered_by uuid,
  closed_on date,
  closed_by uuid,
  closing_note text,
  unique (enterprise_id, pack_id, band, code, proposed_on),
  constraint ordered_by_a_person check (state not in ('ordered', 'done')
    or (owner_id is not null and owner_name is not null and deadline is not null and ordered_on is not null and ordered_by is not null)),
  constraint closed_with_words check ((state in ('done', 'dropped')) = (closed_on is not null)
    and (state in ('done', 'dropped')) = (closing_note is not null))
);
comment on table public.measures is 'Proposed by the machine, ordered by a person. proposed_on: the day the band began, so that a band reached again proposes again.';
comment on column public.measures.closing_note is 'What was done (with photos in evidence_uses), or why it was dropped.';
create index measures_scope on public.measures (scope, state);
create index measures_owner on public.measures (owner_id) where state = 'ordered';

alter table public.measures enable row level security;
grant select on public.measures to authenticated;
create policy "staff see their scope, a principal what was ordered of their own" on public.measures for select to authenticated
  using (scope <@ (select app.visible_scopes())
    or (state in ('ordered', 'done') and enterprise_id = any ((select app.own_enterprises())::uuid[])));

-- The same for functions that read with the rights of their owner.
create function app.may_read_measure(m public.measures) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select coalesce(m.scope::text <@ app.visible_scopes() or (m.state in ('ordered', 'done') and m.enterprise_id = any (app.own_enterprises())), false)
$$;

-- Where an account's measures are opened: at the enterprise itself; an account of a person at one only of what they lead, the
-- one the newest entry is about, so that nobody is called in twice for the same points.
create function app.opens_measures_here(p_enterprise uuid) returns boolean
  language sql stable security definer set search_path = ''
as $$
  select app.declared_subject(p_enterprise) = 'enterprise' or coalesce((select f.enterprise_id = p_enterprise
    from public.score_entries s join public.facts f on f.id = s.fact_id
    where s.enterprise_id = p_enterprise and s.state <> 'reversed' order by f.ordinal desc limit 1), true)
$$;

-- What the band in effect opens. What nobody has ordered goes when the band goes; what is under way is not proposed twice.
create function app.propose_measures(e public.enterprises, p_account jsonb) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare a public.score_accounts; opened jsonb := '[]';
begin
  select * into a from public.score_accounts where enterprise_id = e.id;
  if app.opens_measures_here(e.id) then opened := p_account->'measures'; end if;
  delete from public.measures m where m.enterprise_id = e.id and m.state = 'proposed' and not (
    (m.pack_id, m.band, m.proposed_on) is not distinct from (a.pack_id, a.band, a.band_since)
    and m.code in (select x->>'code' from jsonb_array_elements(opened) x));
  insert into public.measures (enterprise_id, scope, pack_id, band, code, name, proposed_on)
  select e.id, e.scope, a.pack_id, a.band, x->>'code', x->>'name', a.band_since
  from jsonb_array_elements(opened) x
  where not exists (select 1 from public.measures m where m.code = x->>'code' and m.state = 'ordered'
    and m.enterprise_id = any (app.subject_enterprises(e.id, app.declared_subject(e.id))))
  on conflict do nothing;
end $$;

create function app.may_order(at_scope text) returns boolean
  language sql stable security definer set search_path = ''
as $$ select (app.membership_for(array['leader', 'administrator'], at_scope)).id is not null $$;

-- A step is written as a fact and told as an event; the event says no name.
create function app.note_measure(m public.measures, p_step text, p_data jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare fact uuid;
begin
  fact := app.add_fact(m.enterprise_id, m.scope, 'measure.' || p_step, app.today(), null, null, auth.uid(),
    jsonb_build_object('measure', m.id, 'code', m.code, 'band', m.band) || p_data);
  perform app.append_event('measure.' || p_step, m.scope, m.enterprise_id, jsonb_build_object('measure', m.id, 'code', m.code) || app.chained(fact));
  return app.success(jsonb_build_object('state', p_step));
end $$;

create function public.order_measure(p_measure uuid, p_owner uuid, p_deadline date, p_note text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare m public.measures; w public.memberships;
begin
  select * into m from public.measures where id = p_measure for update;
  if m.id is null or not m.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  if not app.may_order(m.scope) then return app.refusal('permission.role'); end if;
  if m.state <> 'proposed' then return app.refusal('measure.state'); end if;
  select * into w from public.memberships x where x.user_id = p_owner and x.ended_at is null and x.role <> 'principal'
    and m.scope::text <@ app.below(x.scope) order by length(x.scope) desc, x.created_at limit 1;
  if w.id is null then return app.refusal('measure.owner', null, 'owner'); end if;
  if p_deadline is null or p_deadline not between app.today() and app.today() + 366 then return app.refusal('measure.deadline', null, 'deadline'); end if;
  if length(coalesce(p_note, '')) > 500 then return app.refusal('request.invalid', null, 'note'); end if;
  update public.measures set state = 'ordered', owner_id = w.user_id, owner_name = w.display_name, deadline = p_deadline,
    order_note = nullif(trim(p_note), ''), ordered_on = app.today(), ordered_by = auth.uid() where id = m.id;
  return app.note_measure(m, 'ordered', jsonb_strip_nulls(jsonb_build_object('owner', p_owner, 'deadline', p_deadline, 'note', nullif(trim(p_note), ''))));
end $$;
grant execute on function public.order_measure(uuid, uuid, date, text) to authenticated;

-- Several to one person at once: all of them or none.
create function public.order_measures(p_measures uuid[], p_owner uuid, p_deadline date, p_note text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare each_measure uuid; answer jsonb;
begin
  if coalesce(cardinality(p_measures), 0) not between 1 and 50 then return app.refusal('request.invalid', null, 'measures'); end if;
  for each_measure in select distinct x from unnest(p_measures) x order by x loop
    answer := public.order_measure(each_measure, p_owner, p_deadline, p_note);
    if not (answer->>'ok')::boolean then raise exception 'refused'; end if;
  end loop;
  return app.success(jsonb_build_object('ordered', (select count(distinct x) from unnest(p_measures) x)));
exception when raise_exception then
  return answer;
end $$;
grant execute on function public.order_measures(uuid[], uuid, date, text) to authenticated;

-- By its owner, or by who may order: with words, and photos that the same person has sent.
create function public.complete_measure(p_measure uuid, p_note text, p_photos jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare m public.measures; photos jsonb := coalesce(p_photos, '[]');
begin
  select * into m from public.measures where id = p_measure for update;
  if m.id is null or not m.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  if m.owner_id is distinct from auth.uid() and not app.may_order(m.scope) then return app.refusal('permission.role'); end if;
  if m.state <> 'ordered' then return app.refusal('measure.state'); end if;
  if length(trim(coalesce(p_note, ''))) not between 2 and 1000 then return app.refusal('request.invalid', null, 'note'); end if;
  if jsonb_typeof(photos) <> 'array' or jsonb_array_length(photos) > 9 then return app.refusal('request.invalid', null, 'photos'); end if;
  if exists (select 1 from jsonb_array_elements_text(photos) f where not app.has_photo(f, auth.uid())) then return app.refusal('evidence.not_found'); end if;
  update public.measures set state = 'done', closed_on = app.today(), closed_by = auth.uid(), closing_note = trim(p_note) where id = m.id;
  insert into public.evidence_uses (sha256, scope, enterprise_id, measure_id, purpose, taken_at, position)
  select f, m.scope, m.enterprise_id, m.id, 'measure', app.now(), n::int from jsonb_array_elements_text(photos) with ordinality as x(f, n);
  return app.note_measure(m, 'done', jsonb_build_object('note', trim(p_note), 'photos', jsonb_array_length(photos)));
end $$;
grant execute on function public.complete_measure(uuid, text, jsonb) to authenticated;

create function public.drop_measure(p_measure uuid, p_reason text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare m public.measures;
begin
  select * into m from public.measures where id = p_measure for update;
  if m.id is null or not m.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  if not app.may_order(m.scope) then return app.refusal('permission.role'); end if;
  if m.state not in ('proposed', 'ordered') then return app.refusal('measure.state'); end if;
  if length(trim(coalesce(p_reason, ''))) not between 2 and 1000 then return app.refusal('request.invalid', null, 'reason'); end if;
  update public.measures set state = 'dropped', closed_on = app.today(), closed_by = auth.uid(), closing_note = trim(p_reason) where id = m.id;
  return app.note_measure(m, 'dropped', jsonb_build_object('reason', trim(p_reason)));
end $$;
grant execute on function public.drop_measure(uuid, text) to authenticated;

create function app.measure_row(m public.measures) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', m.id, 'enterpriseId', m.enterprise_id, 'enterpriseName', e.name, 'community', app.community_name(m.scope),
    'code', m.code, 'name', m.name, 'state', m.state, 'proposedOn', m.proposed_on, 'ownerName', m.owner_name, 'deadline', m.deadline,
    'isMine', coalesce(m.owner_id = auth.uid(), false), 'isOverdue', m.state = 'ordered' and m.deadline < (select app.today()), 'closedOn', m.closed_on,
    'band', (select jsonb_build_object('level', b->>'level', 'name', b->>'name') from public.scheme_packs p, jsonb_array_elements(p.document->'bands') b
      where p.id = m.pack_id and b->>'key' = m.band order by p.installed_at desc limit 1))
  from public.enterprises e where e.id = m.enterprise_id
$$;

-- Who could be given measures, within the area of who orders them; nobody for who may not.
create function app.measure_owners() returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('userId', w.user_id, 'name', w.display_name, 'role', w.role)
      order by array_position(array['inspector', 'community_worker', 'leader', 'administrator'], w.role), w.display_name), '[]')
  from (select distinct on (x.user_id) x.* from public.memberships x where x.ended_at is null and x.role <> 'principal'
    and exists (select 1 from app.active_memberships() m where m.role in ('leader', 'administrator') and x.scope <@ app.below(m.scope))
    order by x.user_id, length(x.scope)) w
$$;

-- p_filter: state (open | proposed | ordered | overdue | done | dropped | all), enterprise, community (scope), mine, q. Most pressing first, 50 a page.
create function public.measure_rows(p_filter jsonb, p_page int default 1) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with visible as (
    select m.* from public.measures m
    where (m.scope <@ (select app.visible_scopes())
        or (m.state in ('ordered', 'done') and m.enterprise_id = any ((select app.own_enterprises())::uuid[])))
      and (p_filter->>'enterprise' is null or m.enterprise_id = (p_filter->>'enterprise')::uuid)
      and (p_filter->>'community' is null or app.is_below(m.scope, p_filter->>'community'))
      and (coalesce(p_filter->>'mine', '') <> 'true' or m.owner_id = auth.uid())
      and (p_filter->>'q' is null or exists (select 1 from public.enterprises e where e.id = m.enterprise_id
        and strpos(lower(concat_ws(' ', e.name, m.name, m.owner_name)), lower(p_filter->>'q')) > 0))
  ), matching as (
    select v.id, row_number() over (order by (v.state = 'ordered' and v.deadline < (select app.today())) desc, v.deadline nulls last,
      v.closed_on desc nulls last, v.proposed_on desc, v.enterprise_id, v.code) as place
    from visible v
    where case coalesce(p_filter->>'state', 'open') when 'all' then true when 'open' then v.state in ('proposed', 'ordered')
      when 'overdue' then v.state = 'ordered' and v.deadline < (select app.today()) else v.state = p_filter->>'state' end
  )
  select jsonb_build_object('today', app.today(), 'total', (select count(*) from matching),
    'owners', case when p_filter->>'state' = 'proposed' then app.measure_owners() else '[]' end,
    'counts', (select jsonb_build_object('open', count(*) filter (where state in ('proposed', 'ordered')), 'proposed', count(*) filter (where state = 'proposed'),
      'ordered', count(*) filter (where state = 'ordered'), 'overdue', count(*) filter (where state = 'ordered' and deadline < (select app.today())),
      'done', count(*) filter (where state = 'done'), 'dropped', count(*) filter (where state = 'dropped')) from visible),
    'rows', coalesce((select jsonb_agg(app.measure_row(m) order by x.place) from matching x join public.measures m on m.id = x.id
      where x.place > (greatest(p_page, 1) - 1) * 50 and x.place <= greatest(p_page, 1) * 50), '[]'))
$$;
grant execute on function public.measure_rows(jsonb, int) to authenticated;

-- One measure with its whole course; `owners` only for who may order it.
create function public.read_measure(p_measure uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select app.measure_row(m) || jsonb_build_object('today', app.today(), 'orderNote', m.order_note, 'orderedOn', m.ordered_on, 'closingNote', m.closing_note,
    'orderedBy', app.member_name(m.ordered_by, m.scope), 'closedBy', app.member_name(m.closed_by, m.scope),
    'mayOrder', app.may_order(m.scope), 'mayComplete', app.may_order(m.scope) or coalesce(m.owner_id = auth.uid(), false),
    'photos', (select coalesce(jsonb_agg(u.sha256 order by u.position), '[]') from public.evidence_uses u where u.measure_id = m.id),
    'owners', case when app.may_order(m.scope) and m.state = 'proposed' then (select coalesce(jsonb_agg(jsonb_build_object('userId', w.user_id,
        'name', w.display_name, 'role', w.role) order by array_position(array['inspector', 'community_worker', 'leader', 'administrator'], w.role), w.display_name), '[]')
      from (select distinct on (x.user_id) x.* from public.memberships x where x.ended_at is null and x.role <> 'principal'
        and m.scope::text <@ app.below(x.scope) order by x.user_id, length(x.scope) desc) w) else '[]' end)
  from public.measures m where m.id = p_measure and app.may_read_measure(m)
$$;
grant execute on function public.read_measure(uuid) to authenticated;
