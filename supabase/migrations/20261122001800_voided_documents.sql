-- 作废: a paper that should not have been issued. It keeps its number, which is never given again, and everybody who verifies it
-- reads that it is void. What it was about (hazards, points) stays as it is: that is changed where it was decided.

create table public.document_voids (
  document_id uuid primary key references public.documents,
  scope text collate "C" not null,
  reason text not null check (length(reason) between 2 and 500),
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null default app.now()
);
create trigger document_voids_append_only before update or delete on public.document_voids for each row execute function app.forbid_change();
alter table public.document_voids enable row level security;
grant select on public.document_voids to authenticated;
create policy "staff see their scope" on public.document_voids for select to authenticated using (scope <@ (select app.visible_scopes()));

create function public.void_document(p_document uuid, p_reason text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare d public.documents; m public.memberships; reason text := btrim(coalesce(p_reason, ''));
begin
  select * into d from public.documents where id = p_document for update;
  if d.id is null or not d.scope::text <@ (select app.visible_scopes()) then return app.refusal('not_found'); end if;
  m := app.membership_for(array['leader', 'administrator'], d.scope);
  if m.id is null then
    perform app.audit(auth.uid(), 'document.void', d.id::text, false, d.scope, '{"why":"permission.role"}');
    return app.refusal('permission.role');
  end if;
  -- Said again, after an answer that was lost.
  if d.state = 'voided' and exists (select 1 from public.document_voids v where v.document_id = d.id and v.by_id = auth.uid() and v.reason = btrim(p_reason)) then
    return app.success(jsonb_build_object('id', d.id, 'state', d.state));
  end if;
  if d.state <> 'issued' then return app.refusal('document.state'); end if;
  if length(reason) not between 2 and 500 then return app.refusal('request.invalid', null, 'reason'); end if;
  update public.documents set state = 'voided' where id = d.id;
  insert into public.document_voids (document_id, scope, reason, by_id, by_name) values (d.id, d.scope, reason, auth.uid(), m.display_name);
  perform app.append_event('document.voided', d.scope, case when not app.is_internal(d.kind) then d.enterprise_id end,
    jsonb_build_object('documentId', d.id, 'kind', d.kind));
  return app.success(jsonb_build_object('id', d.id, 'state', 'voided'));
end $$;
grant execute on function public.void_document(uuid, text) to authenticated;

-- 文号台账 of a year: each series with its last number, the voided ones with reason, those replaced by a correction (更正), and numbers
-- that no document carries.
create function public.number_ledger(p_year int) returns jsonb
  language sql stable security definer set search_path = ''
as $$
  with series as (
    select c.agency_id, a.name as agency_name, c.kind, c.track, c.last_number from public.document_counters c join public.agencies a on a.id = c.agency_id
    where c.year = p_year and a.scope <@ (select app.visible_scopes())
  )
  select coalesce(jsonb_agg(jsonb_build_object('agencyId', s.agency_id, 'agencyName', s.agency_name, 'kind', s.kind, 'track', s.track, 'lastNumber', s.last_number,
    'voided', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'numberText', d.number_text, 'issuedAt', app.instant_text(d.issued_at),
        'enterpriseName', e.name, 'stopped', app.stop_kind(e.id), 'reason', v.reason, 'byName', v.by_name, 'at', app.instant_text(v.at)) order by d.number), '[]')
      from public.documents d join public.enterprises e on e.id = d.enterprise_id left join public.document_voids v on v.document_id = d.id
      where d.agency_id = s.agency_id and d.kind = s.kind and d.track = s.track and d.year = p_year and d.state = 'voided'),
    'superseded', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'numberText', d.number_text, 'issuedAt', app.instant_text(d.issued_at),
        'enterpriseName', e.name, 'stopped', app.stop_kind(e.id), 'replacedBy', x.r->>'numberText', 'at', x.r->>'at', 'reason', (select c.reason from public.corrections c where c.id = (x.r->>'correctionId')::uuid)) order by d.number), '[]')
      from public.documents d join public.enterprises e on e.id = d.enterprise_id cross join lateral (select app.replacement_of(d.record_position, d.kind)) x(r)
      where d.agency_id = s.agency_id and d.kind = s.kind and d.track = s.track and d.year = p_year and d.state = 'superseded'),
    'missing', (select coalesce(jsonb_agg(n order by n), '[]') from generate_series(1, s.last_number) n where not exists (select 1 from public.documents d
      where d.agency_id = s.agency_id and d.kind = s.kind and d.track = s.track and d.year = p_year and d.number = n)))
    order by s.agency_name, s.track, s.kind), '[]') from series s
$$;
grant execute on function public.number_ledger(int) to authenticated;
