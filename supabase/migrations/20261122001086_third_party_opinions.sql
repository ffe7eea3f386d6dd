-- 第三方意见: what an institution or an expert says of a site. Third parties may not conduct enforcement-type checks alone; each opinion
-- says whether it is 推荐 or 强制 and, where it is the latter, by which clause; a 强制 one binds nobody until a supervisor has confirmed
-- it (应当由监管人员复核确认并依法出具相关执法文书): confirmed, it is a reason to go there, and what binds is the paper of that inspection.

create table public.third_party_opinions (
  id uuid primary key,
  enterprise_id uuid not null references public.enterprises,
  scope text collate "C" not null,
  institution text not null check (length(institution) between 2 and 80),
  expert text not null check (length(expert) between 1 and 50),
  visited_on date not null,
  part text not null check (length(part) between 1 and 60),
  opinion text not null check (length(opinion) between 5 and 1000),
  nature text not null check (nature in ('recommended', 'mandatory')),
  basis text check (length(basis) between 4 and 300),
  state text not null check (state in ('recorded', 'proposed', 'confirmed', 'declined', 'checked')),
  recorded_by uuid not null,
  recorder_name text not null,
  recorded_at timestamptz not null default app.now(),
  decided_by uuid,
  decider_name text,
  decided_on date,
  reason text check (length(reason) between 2 and 500),
  inspection_id uuid references public.inspections,
  constraint mandatory_names_its_clause check (nature = 'recommended' or basis is not null),
  constraint recommended_binds_nobody check ((nature = 'recommended') = (state = 'recorded')),
  constraint confirmed_by_another check (decided_by is null or decided_by <> recorded_by),
  constraint decided_is_whole check ((state in ('confirmed', 'declined', 'checked')) = (decided_by is not null)
    and (decided_by is null) = (decided_on is null) and (decided_by is null) = (decider_name is null)),
  constraint declined_says_why check (state <> 'declined' or reason is not null),
  constraint checked_names_its_inspection check ((state = 'checked') = (inspection_id is not null))
);
comment on table public.third_party_opinions is '推荐: recorded, binds nobody. 强制: proposed → confirmed by a supervisor → checked by the next sealed inspection | declined.';
create index third_party_opinions_enterprise on public.third_party_opinions (enterprise_id, recorded_at desc);
create index third_party_opinions_scope on public.third_party_opinions (scope, state);

alter table public.third_party_opinions enable row level security;
grant select on public.third_party_opinions to authenticated;
create policy "staff see their scope, a principal their own" on public.third_party_opinions for select to authenticated
  using (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[]));

-- By whoever of the staff may see the place, from what the institution has handed over. The id is the form's: sent twice, it is one.
create function public.record_opinion(p_opinion jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare e public.enterprises; m public.memberships; field text; basis text := nullif(trim(p_opinion->>'basis'), '');
begin
  select * into e from public.enterprises where id = (p_opinion->>'enterpriseId')::uuid;
  if e.id is null or not e.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  m := app.membership_for(array['inspector', 'community_worker', 'leader', 'administrator'], e.scope);
  if m.id is null then return app.refusal('permission.role'); end if;
  foreach field in array array['institution', 'expert', 'part', 'opinion'] loop
    if length(trim(coalesce(p_opinion->>field, ''))) < (case field when 'institution' then 2 when 'opinion' then 5 else 1 end)
      or length(trim(p_opinion->>field)) > (case field when 'institution' then 80 when 'expert' then 50 when 'part' then 60 else 1000 end) then
      return app.refusal('request.invalid', null, field);
    end if;
  end loop;
  if coalesce(p_opinion->>'nature', '') not in ('recommended', 'mandatory') then return app.refusal('request.invalid', null, 'nature'); end if;
  if length(basis) not between 4 and 300 or (p_opinion->>'nature' = 'mandatory' and basis is null) then return app.refusal('opinion.basis', null, 'basis'); end if;
  if coalesce((p_opinion->>'visitedOn')::date between app.today() - 366 and app.today(), false) is false then
    return app.refusal('request.invalid', null, 'visitedOn');
  end if;
  insert into public.third_party_opinions (id, enterprise_id, scope, institution, expert, visited_on, part, opinion, nature, basis, state, recorded_by, recorder_name)
  values ((p_opinion->>'id')::uuid, e.id, e.scope, trim(p_opinion->>'institution'), trim(p_opinion->>'expert'), (p_opinion->>'visitedOn')::date,
    trim(p_opinion->>'part'), trim(p_opinion->>'opinion'), p_opinion->>'nature', basis,
    case p_opinion->>'nature' when 'mandatory' then 'proposed' else 'recorded' end, auth.uid(), m.display_name)
  on conflict (id) do nothing;
  if found then perform app.append_event('opinion.recorded', e.scope, e.id, jsonb_build_object('nature', p_opinion->>'nature')); end if;
  return app.success('{}');
end $$;
grant execute on function public.record_opinion(jsonb) to authenticated;

-- 复核确认, by a supervisor who has not put it down themselves: {outcome: confirmed | declined, reason}.
create function public.decide_opinion(p_id uuid, p_decision jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare o public.third_party_opinions; m public.memberships; outcome text := p_decision->>'outcome'; why text := nullif(trim(p_decision->>'reason'), '');
begin
  select * into o from public.third_party_opinions where id = p_id for update;
  if o.id is null or not o.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  m := app.membership_for(array['inspector', 'leader'], o.scope);
  if m.id is null then return app.refusal('permission.role'); end if;
  if o.recorded_by = auth.uid() then return app.refusal('opinion.own'); end if;
  if coalesce(outcome, '') not in ('confirmed', 'declined') then return app.refusal('request.invalid', null, 'outcome'); end if;
  if o.state <> 'proposed' then return app.refusal('opinion.state'); end if;
  if length(why) not between 2 and 500 or (outcome = 'declined' and why is null) then return app.refusal('request.invalid', null, 'reason'); end if;
  update public.third_party_opinions set state = outcome, reason = why, decided_by = auth.uid(), decider_name = m.display_name, decided_on = app.today()
  where id = o.id;
  perform app.append_event('opinion.' || outcome, o.scope, o.enterprise_id, '{}');
  return app.success('{}');
end $$;
grant execute on function public.decide_opinion(uuid, jsonb) to authenticated;

create function public.opinions_of(p_enterprise uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'institution', o.institution, 'expert', o.expert, 'visitedOn', o.visited_on, 'part', o.part,
    'opinion', o.opinion, 'nature', o.nature, 'basis', o.basis, 'state', o.state, 'recordedBy', o.recorder_name, 'isMine', o.recorded_by = auth.uid(),
    'decidedBy', o.decider_name, 'decidedOn', o.decided_on, 'reason', o.reason, 'inspectionId', o.inspection_id)
    order by o.state in ('proposed', 'confirmed') desc, o.recorded_at desc, o.id), '[]')
  from public.third_party_opinions o where o.enterprise_id = p_enterprise
    and (o.scope <@ (select app.visible_scopes()) or o.enterprise_id = any ((select app.own_enterprises())::uuid[]))
$$;
grant execute on function public.opinions_of(uuid) to authenticated;

-- Called by the seal: a supervisor was there; what they found wrong stands in their own record and order.
create function app.check_opinions(i public.inspections) returns void
  language sql volatile security definer set search_path = ''
as $$
  update public.third_party_opinions set state = 'checked', inspection_id = i.id
  where enterprise_id = i.enterprise_id and state = 'confirmed' and i.track <> 'C' and decided_on <= i.inspected_on
$$;
