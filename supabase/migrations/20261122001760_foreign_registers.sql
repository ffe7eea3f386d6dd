-- Registers of others, kept under their own rules (LIVES as the worked example): their sites become enterprises, what they found
-- becomes facts that name their source. No inspection, no hazard, no document, no signature of ours: nobody of ours was there
-- (docs/decisions/foreign-registers.md).

create table app.imported_facts (
  source text not null,
  ref text not null,
  fact_id uuid not null references public.facts,
  primary key (source, ref)
);
comment on table app.imported_facts is 'Which line of which list a fact was made from: the same list again makes none twice. No role has a grant.';

-- p_city: the area above the register's places, where those without a position wait. p_businesses: lines of import_enterprises. p_facts: [{ref, business, kind, on, data}]; data.inspectionId ties a violation to its visit.
-- p_as_of: the day of the list; what it dates later is refused. One transaction. → {kept, businesses: [verdict …], facts: [verdict …]}
create function public.import_foreign_register(p_source text, p_city text, p_businesses jsonb, p_facts jsonb, p_as_of date, p_mode text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare within app.scope_multirange := app.administered_scopes(); answer jsonb; line jsonb; placed jsonb[] := '{}'; verdicts jsonb; refused int; bad int := 0;
  city text; touched uuid[] := '{}';
begin
  if within = '{}'::app.scope_multirange then return app.refusal('permission.role'); end if;
  if p_mode is null or p_mode not in ('dry_run', 'all_or_nothing', 'skip_bad') then return app.refusal('request.invalid', null, 'mode'); end if;
  if length(trim(coalesce(p_source, ''))) not between 1 and 80 then return app.refusal('request.invalid', null, 'source'); end if;
  if p_as_of is null or p_as_of > (select app.today()) then return app.refusal('request.invalid', null, 'asOf'); end if;
  select a.scope into city from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
  where v.name = p_city and a.level in ('district', 'street') and a.scope <@ within order by length(a.scope) limit 1;
  if city is null then return app.refusal('request.invalid', null, 'city'); end if;
  -- Decisions, measures and what our own inspectors found are never anybody else's to bring.
  if exists (select 1 from jsonb_array_elements(p_facts) f
    where coalesce(f->>'kind', '') not in ('inspection.completed', 'inspection.unscored', 'violation.found', 'violation.noted')) then
    return app.refusal('request.invalid', null, 'kind');
  end if;
  begin
    for line in select value from jsonb_array_elements(p_businesses) loop
      answer := app.put_enterprise(line, city, p_source, within, auth.uid());
      placed := placed || (answer->'verdict');
      if answer->>'verdict' in ('loaded', 'loaded_outside', 'changed') then touched := touched || (answer->>'id')::uuid;
      elsif answer->>'verdict' <> 'unchanged' then bad := bad + 1; end if;
    end loop;
    with lines as (
      select f.n, f.x->>'ref' as ref, f.x->>'kind' as kind, (f.x->>'on')::date as day, coalesce(f.x->'data', '{}') as data, e.id as enterprise_id, e.scope,
        i.ref is not null as known
      from jsonb_array_elements(p_facts) with ordinality f(x, n)
      left join public.enterprises e on e.source = p_source and e.external_ref = f.x->>'business' and e.scope <@ within
      left join app.imported_facts i on i.source = p_source and i.ref = f.x->>'ref'
    ), judged as (
      select l.*, gen_random_uuid() as id, case when l.enterprise_id is null then 'enterprise_unknown' when l.day > p_as_of then 'day_future'
        when l.known then 'unchanged' else 'loaded' end as verdict
      from lines l
    ), made as (
      insert into public.facts (id, enterprise_id, scope, kind, occurred_on, data)
      select j.id, j.enterprise_id, j.scope, j.kind, j.day, j.data || jsonb_build_object('source', p_source, 'ref', j.ref)
      from judged j where j.verdict = 'loaded' order by j.day, j.n
    ), noted as (
      insert into app.imported_facts (source, ref, fact_id) select p_source, j.ref, j.id from judged j where j.verdict = 'loaded'
    )
    select coalesce(jsonb_agg(j.verdict order by j.n), '[]'), count(*) filter (where j.verdict in ('enterprise_unknown', 'day_future'))
    into verdicts, refused from judged j;
    refused := refused + bad;
    if p_mode = 'dry_run' or (p_mode = 'all_or_nothing' and refused > 0) then raise exception using errcode = 'MC001', message = 'undo'; end if;
    perform app.append_register_events(array(select e.scope from public.enterprises e where e.id = any (touched)));
    perform app.audit(auth.uid(), 'register.import', p_source, true, city, jsonb_build_object('businesses', jsonb_array_length(p_businesses),
      'facts', jsonb_array_length(p_facts), 'refused', refused));
  exception when sqlstate 'MC001' then null;
  end;
  return app.success(jsonb_build_object('kept', p_mode <> 'dry_run' and (p_mode = 'skip_bad' or refused = 0), 'facts', verdicts,
    'businesses', to_jsonb(placed)));
end $$;
grant execute on function public.import_foreign_register(text, text, jsonb, jsonb, date, text) to authenticated;

-- The registers whose lines lie where the asking user looks: one step of the key for each, however many lines they have.
create function app.foreign_sources() returns setof text
  language sql stable security definer set search_path = ''
as $$
  with recursive found as (
    (select i.source from app.imported_facts i order by i.source limit 1)
    union all
    select (select i.source from app.imported_facts i where i.source > f.source order by i.source limit 1) from found f where f.source is not null
  )
  select f.source from found f where f.source is not null and exists (
    select 1 from public.enterprises e where e.source = f.source and e.external_ref is not null and e.scope <@ (select app.visible_scopes()))
$$;
create function public.foreign_registers() returns jsonb
  language sql stable security definer set search_path = ''
as $$ select coalesce(jsonb_agg(s order by s), '[]') from app.foreign_sources() s $$;
grant execute on function public.foreign_registers() to authenticated;

-- Communities by what a register of others found there; most violations first. Beside our own rankings, never mixed into them.
create function public.foreign_ranking(p_source text, p_from date, p_to date) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('key', r.scope, 'label', r.name, 'violations', r.violations, 'inspections', r.inspections, 'sites', r.sites)
    order by r.violations desc, r.scope), '[]')
  from (select a.scope, v.name, count(*) filter (where f.kind like 'violation.%') as violations, count(*) filter (where f.kind like 'inspection.%') as inspections,
      count(distinct f.enterprise_id) filter (where f.kind like 'inspection.%') as sites
    from public.areas a join public.area_versions v on v.area_id = a.id and v.valid_to is null
    join public.facts f on f.scope = a.scope and f.data->>'source' = p_source and f.occurred_on between p_from and p_to
    where a.level = 'community' and a.scope <@ (select app.visible_scopes()) group by 1, 2) r
$$;
grant execute on function public.foreign_ranking(text, date, date) to authenticated;

-- What registers of others say of one enterprise: their visits day by day, newest first, with what was found. p_most: days.
create function public.foreign_visits(p_enterprise uuid, p_most int) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with said as (
    select f.kind, f.occurred_on, f.ordinal, f.data, f.data->>'source' as source
    from public.enterprises e join public.facts f on f.enterprise_id = e.id
    where e.id = p_enterprise and app.may_read_enterprise(e) and f.data ? 'source'
      and f.kind in ('inspection.completed', 'inspection.unscored', 'violation.found', 'violation.noted')
  ), days as (
    select s.source, s.occurred_on,
      coalesce(jsonb_agg(jsonb_build_object('type', s.data->>'type', 'score', s.data->'officialScore') order by s.ordinal) filter (where s.kind like 'inspection.%'), '[]') as visits,
      coalesce(jsonb_agg(jsonb_build_object('category', s.data->>'risk_category', 'text', s.data->>'text') order by s.ordinal) filter (where s.kind like 'violation.%'), '[]') as violations
    from said s group by 1, 2
  )
  select jsonb_build_object('total', (select count(*) from days), 'days', coalesce((select jsonb_agg(jsonb_build_object('source', d.source, 'on', d.occurred_on,
      'visits', d.visits, 'violations', d.violations) order by d.occurred_on desc, d.source)
    from (select * from days order by occurred_on desc, source limit least(p_most, 100)) d), '[]'))
$$;
grant execute on function public.foreign_visits(uuid, int) to authenticated;
