-- 设备报警线索: what a device reported is a reason to go and look. It is no fact, no scheme may read it, and it costs
-- nobody a point; what is found on site by people is. Staff only: a lead tells who will be checked.

create table public.device_alarms (
  id uuid primary key default gen_random_uuid(),
  enterprise_id uuid not null references public.enterprises,
  scope text collate "C" not null,
  source text not null check (length(source) between 1 and 80),
  device text not null check (length(device) between 1 and 80),
  kind text not null check (length(kind) between 1 and 60),
  alarmed_at timestamptz not null,
  note text check (length(note) between 1 and 500),
  state text not null default 'new' check (state in ('new', 'checked', 'dismissed')),
  recorded_at timestamptz not null default app.now(),
  recorded_by uuid not null,
  inspection_id uuid references public.inspections,
  closed_on date,
  closed_by uuid,
  closing_reason text check (length(closing_reason) between 2 and 500),
  unique (enterprise_id, device, kind, alarmed_at),
  constraint checked_names_its_inspection check ((state = 'checked') = (inspection_id is not null)),
  constraint dismissed_says_why check ((state = 'dismissed') = (closed_by is not null and closing_reason is not null)),
  constraint closed_has_a_day check ((state = 'new') = (closed_on is null))
);
comment on table public.device_alarms is 'Leads only: new → checked on site (by the next sealed check) | dismissed by a person with a reason. Never a fact.';
create index device_alarms_open on public.device_alarms (enterprise_id, alarmed_at) where state = 'new';
create index device_alarms_scope on public.device_alarms (scope, state);

alter table public.device_alarms enable row level security;
grant select on public.device_alarms to authenticated;
create policy "staff see their scope" on public.device_alarms for select to authenticated using (scope <@ (select app.visible_scopes()));

-- An alarm as a line says it → the verdict of an import. Not in the future (five minutes for clocks that differ), and not
-- older than a year: what happened on the site since then says more.
create function app.put_alarm(line jsonb, e public.enterprises, p_source text, p_id uuid) returns text
  language plpgsql volatile security definer set search_path = ''
as $$
declare at timestamptz := (line->>'alarmedAt')::timestamptz; field text; made uuid;
begin
  foreach field in array array['device', 'kind'] loop
    if length(trim(coalesce(line->>field, ''))) = 0 then return 'alarm_' || field; end if;
  end loop;
  if length(trim(line->>'device')) > 80 or length(trim(line->>'kind')) > 60 or length(coalesce(line->>'note', '')) > 500 then return 'too_long'; end if;
  if at is null or at > app.now() + interval '5 minutes' or at < app.now() - interval '1 year' then return 'alarm_time'; end if;
  insert into public.device_alarms (id, enterprise_id, scope, source, device, kind, alarmed_at, note, recorded_by)
  values (coalesce(p_id, gen_random_uuid()), e.id, e.scope, p_source, trim(line->>'device'), trim(line->>'kind'), at, nullif(trim(line->>'note'), ''), auth.uid())
  on conflict do nothing returning id into made;
  return case when made is null then 'unchanged' else 'loaded' end;
end $$;

-- By hand, by whoever of the staff may see the place. The id is the form's: sent twice, it is one alarm.
create function public.record_device_alarm(p_alarm jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare e public.enterprises; verdict text;
begin
  select * into e from public.enterprises where id = (p_alarm->>'enterpriseId')::uuid;
  if e.id is null or not e.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  verdict := app.put_alarm(p_alarm, e, '人工登记', (p_alarm->>'id')::uuid);
  if verdict not in ('loaded', 'unchanged') then
    return case verdict when 'alarm_time' then app.refusal('alarm.time', null, 'alarmedAt')
      when 'too_long' then app.refusal('request.invalid', null, 'note') else app.refusal('request.invalid', null, replace(verdict, 'alarm_', '')) end;
  end if;
  if verdict = 'loaded' then perform app.append_event('alarm.recorded', e.scope, e.id, '{}'); end if;
  return app.success('{}');
end $$;
grant execute on function public.record_device_alarm(jsonb) to authenticated;

-- [{line, creditCode | ref (of p_refs, the list that numbered the enterprises), device, kind, alarmedAt, note}]. One transaction;
-- the same alarm again changes nothing. Verdicts: loaded, unchanged, or why a line is refused.
create function public.import_device_alarms(p_lines jsonb, p_source text, p_refs text, p_mode text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  within app.scope_multirange := app.administered_scopes(); line jsonb; e public.enterprises; verdict text; verdicts jsonb := '[]';
  refused int := 0; touched uuid[] := '{}'; names jsonb := '[]';
begin
  if within = '{}'::app.scope_multirange then return app.refusal('permission.role'); end if;
  if p_mode is null or p_mode not in ('dry_run', 'all_or_nothing', 'skip_bad') then return app.refusal('request.invalid', null, 'mode'); end if;
  if length(trim(coalesce(p_source, ''))) not between 1 and 80 then return app.refusal('request.invalid', null, 'source'); end if;
  begin
    for line in select value from jsonb_array_elements(p_lines) loop
      select * into e from public.enterprises x where x.credit_code = line->>'creditCode'
        or (line->>'creditCode' is null and x.external_ref = line->>'ref' and x.source = coalesce(p_refs, p_source));
      verdict := case when e.id is null then 'enterprise_unknown' when not e.scope::text <@ within then 'outside_your_scope'
        else app.put_alarm(line, e, trim(p_source), null) end;
      if verdict = 'loaded' then touched := touched || e.id; elsif verdict <> 'unchanged' then refused := refused + 1; end if;
      verdicts := verdicts || jsonb_build_object('verdict', verdict, 'name', case when e.scope::text <@ within then e.name end);
    end loop;
    if p_mode = 'dry_run' or (p_mode = 'all_or_nothing' and refused > 0) then raise exception using errcode = 'MC001', message = 'undo'; end if;
    for e in select * from public.enterprises where id = any (touched) order by id loop
      perform app.append_event('alarm.recorded', e.scope, e.id, '{}');
    end loop;
  exception when sqlstate 'MC001' then null;
  end;
  return app.success(jsonb_build_object('verdicts', verdicts, 'refused', refused, 'kept', p_mode <> 'dry_run' and (p_mode = 'skip_bad' or refused = 0)));
end $$;
grant execute on function public.import_device_alarms(jsonb, text, text, text) to authenticated;

-- 排除: a test, a mistake, put right by telephone … by a person, with the reason.
create function public.dismiss_device_alarm(p_alarm uuid, p_reason text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare a public.device_alarms;
begin
  select * into a from public.device_alarms where id = p_alarm for update;
  if a.id is null or not a.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  if (app.membership_for(array['inspector', 'leader', 'administrator'], a.scope)).id is null then return app.refusal('permission.role'); end if;
  if a.state <> 'new' then return app.refusal('alarm.state'); end if;
  if length(trim(coalesce(p_reason, ''))) not between 2 and 500 then return app.refusal('request.invalid', null, 'reason'); end if;
  update public.device_alarms set state = 'dismissed', closed_on = app.today(), closed_by = auth.uid(), closing_reason = trim(p_reason) where id = a.id;
  perform app.append_event('alarm.dismissed', a.scope, a.enterprise_id, '{}');
  return app.success('{}');
end $$;
grant execute on function public.dismiss_device_alarm(uuid, text) to authenticated;

-- Called by the seal: who has been on site has looked at what the devices said before.
create function app.check_alarms(i public.inspections) returns void
  language sql volatile security definer set search_path = ''
as $$
  update public.device_alarms set state = 'checked', inspection_id = i.id, closed_on = i.inspected_on
  where enterprise_id = i.enterprise_id and state = 'new' and alarmed_at <= i.ended_at
$$;

create function public.device_alarms_of(p_enterprise uuid) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'source', a.source, 'device', a.device, 'kind', a.kind, 'alarmedAt', app.instant_text(a.alarmed_at),
    'note', a.note, 'state', a.state, 'recordedBy', app.member_name(a.recorded_by, a.scope), 'inspectionId', a.inspection_id, 'closedOn', a.closed_on,
    'closedBy', app.member_name(a.closed_by, a.scope), 'closingReason', a.closing_reason) order by (a.state = 'new') desc, a.alarmed_at desc), '[]')
  from public.device_alarms a where a.enterprise_id = p_enterprise and a.scope <@ (select app.visible_scopes())
$$;
grant execute on function public.device_alarms_of(uuid) to authenticated;
