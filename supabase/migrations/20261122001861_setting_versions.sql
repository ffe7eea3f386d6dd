-- Versions of settings: who changed which days and limits, when, and what they were before. What was done under a setting keeps what
-- it was done by: a deadline stands in its paper, a reminder in its row.

create table public.setting_versions (
  id bigint generated always as identity primary key,
  scope text collate "C" not null,
  key text not null,
  value jsonb not null,
  previous jsonb,
  changed_by uuid,
  changed_by_name text,
  changed_at timestamptz not null default app.now()
);
comment on column public.setting_versions.previous is 'What held at this scope before; null: it had none of its own, what was set above held.';
comment on column public.setting_versions.changed_by is 'Null: set up by the program.';
create index setting_versions_scope on public.setting_versions (scope, id desc);
create trigger setting_versions_append_only before update or delete on public.setting_versions for each row execute function app.forbid_change();
alter table public.setting_versions enable row level security;
grant select on public.setting_versions to authenticated;
create policy "administrators read those of their scope" on public.setting_versions for select to authenticated
  using (scope <@ (select app.administered_scopes()));

-- A trigger, so that no way of changing a setting goes round it.
create function app.keep_setting_version() returns trigger
  language plpgsql security definer set search_path = ''
as $$
declare before jsonb := case when tg_op = 'UPDATE' then old.value end;
begin
  if before = new.value then return null; end if;
  insert into public.setting_versions (scope, key, value, previous, changed_by, changed_by_name)
  values (new.scope, new.key, new.value, before, auth.uid(), (app.membership_for(array['administrator'], new.scope)).display_name);
  return null;
end $$;
create trigger settings_version after insert or update on public.settings for each row execute function app.keep_setting_version();

-- {key: value}: all of them or none.
create function public.save_settings(p_scope text, p_values jsonb) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare k text; v jsonb; saved jsonb;
begin
  if (app.membership_for(array['administrator'], p_scope)).id is null then return app.refusal('permission.role'); end if;
  for k, v in select * from jsonb_each(p_values) loop
    if not exists (select 1 from public.settings where scope = '' and key = k) then return app.refusal('not_found'); end if;
    if not app.setting_is_valid(k, v) then return app.refusal('request.invalid', null, k); end if;
  end loop;
  for k, v in select * from jsonb_each(p_values) loop
    saved := public.save_setting(p_scope, k, v);
    if not (saved->>'ok')::boolean then raise exception 'save_settings: got % for %, expected it saved', saved, k; end if;
  end loop;
  return app.success('{}');
end $$;
grant execute on function public.save_settings(text, jsonb) to authenticated;
