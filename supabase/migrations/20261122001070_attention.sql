-- Attention (动态风险分): where to look first. Derived by `scoring/` from counts and place; it opens no measure,
-- enters no 记分 and is not shown to enterprises.

create table public.attention_scores (
  enterprise_id uuid primary key references public.enterprises,
  scope text collate "C" not null,
  score int check (score between 0 and 100),
  reasons jsonb not null,
  pack_version text not null,
  as_of date not null
);
comment on column public.attention_scores.score is '0–100; null: nobody was inspected in the whole street.';
comment on column public.attention_scores.reasons is 'What the formula read, as `Attention` of scoring/: counts and rates, no personal data.';
create index attention_scores_scope on public.attention_scores (scope, score desc);
alter table public.attention_scores enable row level security;
grant select on public.attention_scores to authenticated;
create policy "staff see their scope" on public.attention_scores for select to authenticated
  using (scope <@ (select app.visible_scopes()));

-- Streets whose scores are behind the day, or those of some enterprises: nobody else's score depends on these.
create function public.streets_for_attention(p_enterprises jsonb) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(a.scope order by a.scope), '[]') from public.areas a
  where a.level = 'street' and case when p_enterprises is null
    then exists (select 1 from public.enterprises e left join public.attention_scores s on s.enterprise_id = e.id
      where app.is_below(e.scope, a.scope) and e.status = 'operating' and (s.as_of is null or s.as_of < (select app.today())))
    else exists (select 1 from jsonb_array_elements_text(p_enterprises) x join public.enterprises e on e.id = x::uuid where app.is_below(e.scope, a.scope)) end
$$;
grant execute on function public.streets_for_attention(jsonb) to service_role;

-- Every operating site of a street with what is known of it: checks by the authorities (rechecks look for nothing new; reports
-- of track C count once adopted) and confirmed hazards of the last months.
create function public.sites_for_attention(p_street text, p_months int) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with since as (select (app.today() - make_interval(months => p_months))::date as day),
  checks as (
    select i.enterprise_id, count(*) as n from public.inspections i, since
    where app.is_below(i.scope, p_street) and i.inspected_on > since.day and i.outcome = 'checked'
      and i.kind not in ('recheck', 'self_check') and (i.track <> 'C' or i.adopted_by is not null)
    group by i.enterprise_id),
  found as (
    select h.enterprise_id, count(*) filter (where h.severity = 'general') as general, count(*) filter (where h.severity = 'major') as major
    from public.hazards h, since
    where app.is_below(h.scope, p_street) and h.found_on > since.day and h.state not in ('reported', 'withdrawn')
    group by h.enterprise_id)
  select jsonb_build_object('today', app.today(), 'sites', coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'kind', e.site_type,
    'place', case when a.level = 'grid' then (select p.scope from public.areas p where p.id = a.parent_id) else a.scope end,
    'inspections', coalesce(c.n, 0), 'generalHazards', coalesce(f.general, 0), 'majorHazards', coalesce(f.major, 0),
    'hasOpenMajor', coalesce(t.open_major, 0) > 0, 'isOverdue', coalesce(t.next_deadline < (select app.today()), false)) order by e.id), '[]'))
  from public.enterprises e left join public.areas a on a.id = e.area_id left join checks c on c.enterprise_id = e.id
  left join found f on f.enterprise_id = e.id left join public.enterprise_tallies t on t.enterprise_id = e.id
  where app.is_below(e.scope, p_street) and e.status = 'operating'
$$;
grant execute on function public.sites_for_attention(text, int) to service_role;

-- {id, score, reasons} of a street's sites; what has left the street or closed loses its score.
create function public.store_attention(p_street text, p_as_of date, p_version text, p_scores jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  delete from public.attention_scores s where app.is_below(s.scope, p_street)
    and not exists (select 1 from jsonb_array_elements(p_scores) x where (x->>'id')::uuid = s.enterprise_id);
  insert into public.attention_scores (enterprise_id, scope, score, reasons, pack_version, as_of)
  select e.id, e.scope, (x->>'score')::int, x->'reasons', p_version, p_as_of
  from jsonb_array_elements(p_scores) x join public.enterprises e on e.id = (x->>'id')::uuid
  on conflict (enterprise_id) do update set scope = excluded.scope, score = excluded.score, reasons = excluded.reasons,
    pack_version = excluded.pack_version, as_of = excluded.as_of where public.attention_scores.as_of <= excluded.as_of;
  perform app.append_event('attention.changed', p_street, null, '{}');
  return app.success('{}');
end $$;
grant execute on function public.store_attention(text, date, text, jsonb) to service_role;
