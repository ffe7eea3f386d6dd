-- Versions of an agency's names and wording: who changed what, and when. A document keeps the wording it was issued with;
-- this says since when a wording stood.

create table public.agency_versions (
  agency_id uuid not null references public.agencies,
  version int not null check (version > 0),
  scope text collate "C" not null,
  name text not null,
  short_name text not null,
  may_enforce boolean not null,
  template jsonb not null,
  changed_by uuid,
  changed_by_name text,
  changed_at timestamptz not null default app.now(),
  primary key (agency_id, version)
);
comment on column public.agency_versions.changed_by is 'Null: set up by the program, or by a link that made the agency.';
create trigger agency_versions_append_only before update or delete on public.agency_versions for each row execute function app.forbid_change();
alter table public.agency_versions enable row level security;
grant select on public.agency_versions to authenticated;
create policy "administrators read those of their scope" on public.agency_versions for select to authenticated
  using (scope <@ (select app.administered_scopes()));

-- A trigger, so that no way of changing an agency goes round it.
create function app.keep_agency_version() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and (new.name, new.short_name, new.may_enforce, new.template) is not distinct from (old.name, old.short_name, old.may_enforce, old.template) then
    return null;
  end if;
  insert into public.agency_versions (agency_id, version, scope, name, short_name, may_enforce, template, changed_by, changed_by_name)
  values (new.id, 1 + (select count(*) from public.agency_versions v where v.agency_id = new.id), new.scope, new.name, new.short_name, new.may_enforce,
    new.template, auth.uid(), (app.membership_for(array['administrator'], new.scope)).display_name);
  return null;
end $$;
create trigger agencies_version after insert or update on public.agencies for each row execute function app.keep_agency_version();
