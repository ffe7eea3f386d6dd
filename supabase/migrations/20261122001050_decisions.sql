-- Decisions: a reviewer approves, and where the band would change another one approves too; then it is published to
-- the enterprise, which may state its case (陈述申辩) within a set time and is answered. Every step is a fact and an event.
-- Steps that the engine reads are `decision.*`; those on the way to one are `review.*`.

insert into public.settings (scope, key, value) values ('', 'appeal.days', '10');

-- 四理: 事理 facts, 法理 law, 道理 discretion, 情理 treatment of what the party says. null unless all four are said.
create function app.four_reasons(p_reasons jsonb) returns jsonb
  language sql immutable set search_path = ''
as $$
  select case when count(*) = 4 then jsonb_object_agg(k, trim(p_reasons->>k)) end
  from unnest(array['facts', 'law', 'discretion', 'treatment']) k
  where length(trim(coalesce(p_reasons->>k, ''))) between 2 and 1000
$$;

-- Who approved the same decision on the same entry or band since the last decision on it; only each one's latest word counts.
create function app.approvers(p_enterprises uuid[], p_subject jsonb, p_decision jsonb) returns uuid[]
  language sql stable security definer set search_path = ''
as $$
  with since as (
    select coalesce(max(f.ordinal), 0) as ordinal from public.facts f
    where f.enterprise_id = any (p_enterprises) and f.kind like 'decision.%' and f.data @> p_subject
  ), latest as (
    select distinct on (f.decided_by) f.decided_by, f.data from public.facts f, since
    where f.enterprise_id = any (p_enterprises) and f.kind = 'review.approved' and f.data @> p_subject and f.ordinal > since.ordinal
    order by f.decided_by, f.ordinal desc
  )
  select coalesce(array_agg(l.decided_by), '{}') from latest l where l.data @> p_decision
$$;

-- One reviewer's word. With it enough different people agree: the decision itself is written.
create function app.approve(e public.enterprises, p_about public.facts, p_subject jsonb, p_decision jsonb, p_reasons jsonb, p_people int)
  returns jsonb language plpgsql volatile security definer set search_path = ''
as $$
declare others uuid[]; is_enough boolean; fact uuid;
begin
  others := app.approvers(app.subject_enterprises(e.id, app.declared_subject(e.id)), p_subject, p_decision);
  if auth.uid() = any (others) then return app.refusal('decision.same_person'); end if;
  is_enough := cardinality(others) + 1 >= p_people;
  fact := app.add_fact(e.id, e.scope, case when is_enough then 'decision.' || (p_decision->>'decision') else 'review.approved' end,
    app.today(), p_about.inspection_id, p_about.hazard_id, auth.uid(), p_subject || p_decision || p_reasons);
  perform app.append_event(case when is_enough then 'account.decided' else 'account.reviewed' end, e.scope, e.id,
    p_subject || (p_decision - 'points') || app.chained(fact));
  return app.success(jsonb_build_object('state', case when is_enough then 'decided' else 'approved' end,
    'missing', greatest(0, p_people - cardinality(others) - 1)));
end $$;

-- Reviewers decide on an account as it is now: one that is behind its facts is assessed first. Asked under the lock of
-- the account's subject, so that of two at the same instant the second one sees what the first one did.
create function app.lock_account(p_enterprise uuid) returns void
  language sql volatile security definer set search_path = ''
as $$
  select pg_advisory_xact_lock(hashtextextended(coalesce(
    case when app.declared_subject(p_enterprise) = 'principal' then app.principal_of(p_enterprise) end, p_enterprise)::text, 4))
$$;

create function app.is_behind(p_enterprise uuid) returns boolean
  language sql volatile security definer set search_path = ''
as $$
  select not exists (select 1 from public.score_accounts a where a.enterprise_id = p_enterprise
    and a.facts_seen >= (select max(f.ordinal) from public.facts f
      where f.enterprise_id = any (app.subject_enterprises(p_enterprise, app.declared_subject(p_enterprise)))))
$$;

-- Whether an entry may go from where it stands into a decision.
create function app.may_become(s public.score_entries, p_decision text, p_points numeric) returns boolean
  language sql immutable set search_path = ''
as $$
  select case p_decision
    when 'confirmed' then s.state = 'proposed' and not s.is_appealed
    when 'upheld' then s.is_appealed and s.state <> 'reversed'
    when 'reduced' then s.state <> 'reversed' and p_points >= 0 and p_points * 100 < abs(s.points)
    else s.state <> 'reversed' end
$$;

-- 确认 / 维持 / 减轻 / 撤销 of one entry. p_points (points, two decimals) only with reduced.
create function public.decide_entry(p_fact uuid, p_clause text, p_decision text, p_reasons jsonb, p_points numeric default null) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare f public.facts; s public.score_entries; e public.enterprises; reasons jsonb := app.four_reasons(p_reasons); people int;
begin
  if coalesce(p_decision, '') not in ('confirmed', 'upheld', 'reduced', 'reversed') then return app.refusal('request.invalid', null, 'decision'); end if;
  select * into f from public.facts where id = p_fact;
  if f.id is null or not f.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  if (app.membership_for(array['leader', 'administrator'], f.scope)).id is null then return app.refusal('permission.role'); end if;
  if exists (select 1 from public.inspections i where i.id = f.inspection_id
    and auth.uid() in (i.inspector_id, i.companion_id, i.adopted_by)) or app.is_said_by_me(p_fact) then return app.refusal('permission.denied'); end if;
  if reasons is null then return app.refusal('request.invalid', null, 'reasons'); end if;
  if p_decision = 'reduced' and (p_points is null or p_points <> round(p_points, 2)) then return app.refusal('request.invalid', null, 'points'); end if;
  perform app.lock_account(f.enterprise_id);
  if app.is_behind(f.enterprise_id) then return app.refusal('decision.behind'); end if;
  select * into s from public.score_entries where enterprise_id = f.enterprise_id and fact_id = p_fact and clause = p_clause;
  if s.fact_id is null or not app.may_become(s, p_decision, p_points) then return app.refusal('decision.state'); end if;
  people := case when s.state = 'proposed' and p_decision <> 'reversed' then s.people_to_confirm
    when s.state = 'confirmed' and p_decision in ('reduced', 'reversed') then s.people_to_reverse else 1 end;
  select * into e from public.enterprises where id = f.enterprise_id;
  return app.approve(e, f, jsonb_build_object('entry', p_fact), jsonb_strip_nulls(jsonb_build_object('decision', p_decision, 'clause', p_clause,
    'points', case when p_decision = 'reduced' then p_points end)), reasons, people);
end $$;
grant execute on function public.decide_entry(uuid, text, text, jsonb, numeric) to authenticated;

-- The band that the points have reached and that its scheme lets nobody change alone.
create function public.confirm_band(p_enterprise uuid, p_band text, p_reasons jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare e public.enterprises; a public.score_accounts; reasons jsonb := app.four_reasons(p_reasons);
begin
  select * into e from public.enterprises where id = p_enterprise;
  if e.id is null or not e.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  if (app.membership_for(array['leader', 'administrator'], e.scope)).id is null then return app.refusal('permission.role'); end if;
  if reasons is null then return app.refusal('request.invalid', null, 'reasons'); end if;
  perform app.lock_account(e.id);
  if app.is_behind(e.id) then return app.refusal('decision.behind'); end if;
  select * into a from public.score_accounts where enterprise_id = e.id;
  if a.band_to_confirm is distinct from p_band or p_band is null then return app.refusal('decision.state'); end if;
  return app.approve(e, null, jsonb_build_object('band', p_band), '{"decision":"band_confirmed"}', reasons, a.band_people);
end $$;
grant execute on function public.confirm_band(uuid, text, jsonb) to authenticated;

-- 公布给被检查单位: from this day its time to state its case runs.
create function public.publish_decision(p_decision uuid) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare f public.facts; fact uuid;
begin
  select * into f from public.facts where id = p_decision and kind like 'decision.%' and kind <> 'decision.appealed';
  if f.id is null or not f.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  if (app.membership_for(array['leader', 'administrator'], f.scope)).id is null then return app.refusal('permission.role'); end if;
  perform app.lock_account(f.enterprise_id);
  if exists (select 1 from public.facts x where x.enterprise_id = f.enterprise_id and x.kind = 'review.published' and x.data->>'decision' = p_decision::text) then
    return app.refusal('decision.state');
  end if;
  fact := app.add_fact(f.enterprise_id, f.scope, 'review.published', app.today(), f.inspection_id, f.hazard_id, auth.uid(),
    jsonb_build_object('decision', p_decision) || jsonb_strip_nulls(jsonb_build_object('entry', f.data->'entry', 'band', f.data->'band')));
  perform app.append_event('account.published', f.scope, f.enterprise_id, jsonb_build_object('decision', p_decision) || app.chained(fact));
  return app.success('{}');
end $$;
grant execute on function public.publish_decision(uuid) to authenticated;

-- Until when (included) the enterprise may state its case on an entry. `until` null: there is no end yet, because
-- nothing is decided, or nobody has told the enterprise. The pack's own days come before the setting.
create function app.appeal_window(f public.facts) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with entry as (
    select s.state, s.is_appealed, s.expires_on from public.score_entries s where s.enterprise_id = f.enterprise_id and s.fact_id = f.id
  ), decided as (
    select d.id, d.kind, (select p.occurred_on from public.facts p where p.enterprise_id = f.enterprise_id and p.kind = 'review.published'
      and p.data->>'decision' = d.id::text) as published_on
    from public.facts d where d.enterprise_id = f.enterprise_id and d.kind like 'decision.%' and d.data->>'entry' = f.id::text
    order by d.ordinal desc limit 1
  ), days as (
    select coalesce((select (p.document->'decides'->>'appeal_days')::int from public.score_accounts a join public.scheme_packs p
      on p.id = a.pack_id and p.sha256 = a.pack_sha256 where a.enterprise_id = f.enterprise_id), (app.setting(f.scope, 'appeal.days') #>> '{}')::int) as n
  ), times as (
    select case when exists (select 1 from decided) then (select published_on from decided)
      when e.state = 'proposed' then null else app.shanghai_date(f.recorded_at) end + d.n as until
    from entry e, days d
  )
  select jsonb_build_object('until', t.until, 'isOpen', e.state <> 'reversed' and not e.is_appealed
      and (e.expires_on is null or e.expires_on >= (select app.today()))
      and not exists (select 1 from decided d where d.kind in ('decision.upheld', 'decision.reduced')) and coalesce(t.until >= (select app.today()), true),
    'isOver', coalesce(t.until < (select app.today()), false))
  from entry e, times t
$$;

-- 陈述申辩 by the enterprise's own principal, once an entry, with what they hand in to prove it: hashes of files they have sent.
-- Its effect is not suspended by it.
create function public.appeal_entry(p_fact uuid, p_statement text, p_evidence jsonb default '[]') returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare f public.facts; term jsonb; fact uuid;
begin
  select * into f from public.facts where id = p_fact;
  if f.id is null or not (f.scope::text <@ (select app.visible_scopes()) or f.enterprise_id = any (app.own_enterprises())) then return app.refusal('not_found'); end if;
  if not f.enterprise_id = any (app.own_enterprises()) then return app.refusal('permission.role'); end if;
  if length(trim(coalesce(p_statement, ''))) not between 2 and 2000 then return app.refusal('request.invalid', null, 'statement'); end if;
  if jsonb_typeof(p_evidence) is distinct from 'array' or jsonb_array_length(p_evidence) > 9 then return app.refusal('request.invalid', null, 'evidence'); end if;
  if exists (select 1 from jsonb_array_elements_text(p_evidence) x where not exists (
    select 1 from public.evidence_uploads u where u.sha256 = x and u.uploader = auth.uid())) then return app.refusal('evidence.not_found', null, 'evidence'); end if;
  perform app.lock_account(f.enterprise_id);
  if app.is_behind(f.enterprise_id) then return app.refusal('decision.behind'); end if;
  term := app.appeal_window(f);
  if coalesce((term->>'isOver')::boolean, false) then return app.refusal('appeal.over', jsonb_build_object('day', term->'until')); end if;
  if not coalesce((term->>'isOpen')::boolean, false) then return app.refusal('decision.state'); end if;
  fact := app.add_fact(f.enterprise_id, f.scope, 'decision.appealed', app.today(), f.inspection_id, f.hazard_id, auth.uid(),
    jsonb_build_object('entry', p_fact, 'statement', trim(p_statement)));
  insert into public.evidence_uses (sha256, scope, enterprise_id, fact_id, purpose, position)
  select x, f.scope, f.enterprise_id, fact, 'statement', n::int from jsonb_array_elements_text(p_evidence) with ordinality as y(x, n);
  perform app.append_event('account.appealed', f.scope, f.enterprise_id, jsonb_build_object('entry', p_fact) || app.chained(fact));
  return app.success('{}');
end $$;
grant execute on function public.appeal_entry(uuid, text, jsonb) to authenticated;

-- The name somebody had where they acted; also of who has left since.
create function app.member_name(p_user uuid, p_scope text) returns text
  language sql stable security definer set search_path = ''
as $$
  select m.display_name from public.memberships m where m.user_id = p_user
  order by (p_scope <@ app.below(m.scope)) desc, m.ended_at desc nulls first limit 1
$$;

-- What people decided on an account and how they came to it, in order, with their names. Of another enterprise of the same
-- person only to who may read that one; what is about the band is about the account itself.
create function app.steps_of(p_enterprise uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'kind', f.kind, 'on', f.occurred_on, 'data', f.data, 'userId', f.decided_by, 'isMine', coalesce(f.decided_by = auth.uid(), false),
    'by', app.member_name(f.decided_by, f.scope), 'evidence', (select coalesce(jsonb_agg(jsonb_build_object('sha256', u.sha256, 'mediaType', v.media_type)
      order by u.position), '[]') from public.evidence_uses u join public.evidence v on v.sha256 = u.sha256 where u.fact_id = f.id)) order by f.ordinal), '[]')
  from app.subject_facts(p_enterprise, app.declared_subject(p_enterprise)) f
  where (f.kind like 'decision.%' or f.kind like 'review.%')
    and (f.scope::text <@ app.visible_scopes() or f.enterprise_id = any (app.own_enterprises()) or f.data ? 'band')
$$;
