-- Events: the ordered, hash-chained feed of what changed. A sequence alone is skipped when transactions commit
-- out of order, so the position is taken under the head's lock, last thing in every transaction.

create table public.events (
  position bigint primary key,
  at timestamptz not null,
  kind text not null check (kind ~ '^[a-z_]+\.[a-z_]+$'),
  scope text collate "C" not null,
  enterprise_id uuid,
  data jsonb not null default '{}',
  previous_hash text not null,
  hash text not null
);
comment on table public.events is 'No personal data in `data`: ids, counts, states only.';
create index events_scope on public.events (scope, position);
create table app.event_head (
  singleton boolean primary key default true check (singleton),
  position bigint not null default 0,
  hash text not null default repeat('0', 64)
);
insert into app.event_head default values;

-- What a transaction changes in the counters goes along in its event, so that whoever keeps sums of them follows the feed and
-- never counts again: app.tally and app.tally_visit leave their changes here, and the event, last in the transaction, takes them.
-- Counts by place, kind of site and day only. {"flows":[[scope, site_type, severity, day, found, closed]],
-- "deadlines":[[scope, site_type, deadline, open]], "visits":[[scope, site_type, day, previous_day, inspections]]}.
create function app.leave_tally_changes(p_kind text, p_rows jsonb) returns void
  language plpgsql volatile set search_path = ''
as $$
declare left_so_far jsonb := coalesce(nullif(current_setting('mingcha.tally_changes', true), '')::jsonb, '{}');
begin
  if jsonb_array_length(p_rows) = 0 then return; end if;
  perform set_config('mingcha.tally_changes', (left_so_far || jsonb_build_object(p_kind, coalesce(left_so_far->p_kind, '[]') || p_rows))::text, true);
end $$;

create function app.take_tally_changes() returns jsonb
  language plpgsql volatile set search_path = ''
as $$
declare taken jsonb := nullif(current_setting('mingcha.tally_changes', true), '')::jsonb;
begin
  if taken is null then return '{}'; end if;
  perform set_config('mingcha.tally_changes', '', true);
  return jsonb_build_object('tally', taken);
end $$;

create function app.append_event(p_kind text, p_scope text, p_enterprise uuid, p_data jsonb) returns bigint
  language plpgsql volatile security definer set search_path = ''
as $$
declare head app.event_head; at timestamptz; here bigint; link text; told jsonb := coalesce(p_data, '{}') || app.take_tally_changes();
begin
  select * into head from app.event_head for update;
  at := app.clock_now();
  here := head.position + 1;
  link := app.sha256_hex(concat_ws(E'\n', head.hash, here, p_kind, p_scope, coalesce(p_enterprise::text, ''), told::text, app.instant_text(at)));
  insert into public.events (position, at, kind, scope, enterprise_id, data, previous_hash, hash)
  values (here, at, p_kind, p_scope, p_enterprise, told, head.hash, link);
  update app.event_head set position = here, hash = link;
  return here;
end $$;

alter table public.events enable row level security;
grant select on public.events to authenticated;
create policy "staff follow their scope, a principal their own" on public.events for select to authenticated
  using (scope <@ (select app.visible_scopes()) or enterprise_id = any ((select app.own_enterprises())::uuid[]));
create trigger events_append_only before update or delete on public.events for each row execute function app.forbid_change();
