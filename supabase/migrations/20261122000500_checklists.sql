-- Checklists: modules by site type and risk tag, in versions that freeze once they are used.

create table public.checklists (
  id uuid primary key,
  code text not null unique,
  kind text not null check (kind in ('common', 'site_type', 'risk_tag')),
  site_type text references public.site_types,
  risk_tag text references public.risk_tags,
  name_zh text not null,
  name_en text not null,
  constraint kind_names_its_key check ((kind = 'site_type') = (site_type is not null) and (kind = 'risk_tag') = (risk_tag is not null))
);
create table public.checklist_versions (
  id uuid primary key,
  checklist_id uuid not null references public.checklists,
  version int not null check (version > 0),
  valid_from date not null,
  first_used_at timestamptz,
  source text not null default '示例',
  is_sample boolean not null default true,
  unique (checklist_id, version)
);
comment on column public.checklist_versions.first_used_at is 'Set by the first seal that answers it; from then on its items cannot change.';
create table public.checklist_items (
  id uuid primary key,
  version_id uuid not null references public.checklist_versions,
  position int not null,
  code text not null,
  part text not null,
  question text not null,
  hazard text not null,
  acceptance text not null,
  cause text not null check (cause in ('object', 'behaviour', 'management')),
  severity text not null default 'general' check (severity in ('general', 'major')),
  major_hint text,
  days_to_rectify int not null check (days_to_rectify between 0 and 90),
  legal_basis text,
  source text not null default '示例',
  is_sample boolean not null default true,
  unique (version_id, code)
);
comment on column public.checklist_items.question is 'What to look at, phrased so that 符合 is good.';
create index checklist_items_version on public.checklist_items (version_id, position);

create function app.keep_used_version() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  if exists (select 1 from public.checklist_versions v where v.id = coalesce(old.version_id, new.version_id) and v.first_used_at is not null) then
    raise exception 'checklist_items: got a change of a used version, expected a new version';
  end if;
  return coalesce(new, old);
end $$;
create trigger checklist_items_frozen before insert or update or delete on public.checklist_items
  for each row execute function app.keep_used_version();

alter table public.checklists enable row level security;
alter table public.checklist_versions enable row level security;
alter table public.checklist_items enable row level security;
grant select on public.checklists, public.checklist_versions, public.checklist_items to authenticated;
create policy "members read checklists" on public.checklists for select to authenticated using ((select app.is_member()));
create policy "members read versions" on public.checklist_versions for select to authenticated using ((select app.is_member()));
create policy "members read items" on public.checklist_items for select to authenticated using ((select app.is_member()));

-- Start-up: load the shipped samples. A version that stands is left alone.
create function public.install_dictionary(p_dictionary jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare loaded int;
begin
  insert into public.site_types (code, name_zh, name_en, position, source, is_sample)
  select t->>'code', t->>'nameZh', t->>'nameEn', (n)::int, t->>'source', (t->>'isSample')::boolean
  from jsonb_array_elements(p_dictionary->'siteTypes') with ordinality as x(t, n) on conflict (code) do nothing;
  insert into public.risk_tags (code, name_zh, name_en, source, is_sample)
  select t->>'code', t->>'nameZh', t->>'nameEn', t->>'source', (t->>'isSample')::boolean
  from jsonb_array_elements(p_dictionary->'riskTags') t on conflict (code) do nothing;
  insert into public.checklists (id, code, kind, site_type, risk_tag, name_zh, name_en)
  select (c->>'id')::uuid, c->>'code', c->>'kind', c->>'siteType', c->>'riskTag', c->>'nameZh', c->>'nameEn'
  from jsonb_array_elements(p_dictionary->'checklists') c on conflict (id) do nothing;
  with versions as (
    insert into public.checklist_versions (id, checklist_id, version, valid_from, source, is_sample)
    select (c->>'versionId')::uuid, (c->>'id')::uuid, (c->>'version')::int, (c->>'validFrom')::date, c->>'source', (c->>'isSample')::boolean
    from jsonb_array_elements(p_dictionary->'checklists') c on conflict do nothing returning id)
  insert into public.checklist_items (id, version_id, position, code, part, question, hazard, acceptance, cause, severity, major_hint,
    days_to_rectify, legal_basis, source, is_sample)
  select (i->>'id')::uuid, v.id, n::int, i->>'code', i->>'part', i->>'content', i->>'hazard', i->>'acceptance', i->>'cause',
    coalesce(i->>'severity', 'general'), i->>'majorHint', (i->>'daysToRectify')::int, i->>'legalBasis', c->>'source', (c->>'isSample')::boolean
  from jsonb_array_elements(p_dictionary->'checklists') c
  join versions v on v.id = (c->>'versionId')::uuid
  cross join jsonb_array_elements(c->'items') with ordinality as x(i, n);
  get diagnostics loaded = row_count;
  return app.success(jsonb_build_object('items', loaded));
end $$;
grant execute on function public.install_dictionary(jsonb) to service_role;
